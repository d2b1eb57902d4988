"""One need fills the screen; Enter saves and brings the next. And the county's grid."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.kernel.guard import act, guarded, say
from wanjia.kernel.verdict import Refused
from wanjia.orgs.duties import Duty

from ..acting import act_page, queue
from ..states import Difficulty
from . import commands, forms, queries, rules


@guarded(Duty.TRIAGE_NEEDS)
def triage(request):
    """The first need that waits for triage."""
    return queue(request, queries.waiting(request.user), "triage_one") or render(
        request, "casework/empty_queue.html", {"words": _("会商研判"), "sentence": _("没有待研判的诉求")}
    )


@guarded(Duty.TRIAGE_NEEDS)
def triage_one(request, need_id):
    """Grade one need; then the next, unless this one was being graded anew."""
    day = today(timezone.now())
    done, whole = queries.progress(request.user, day)
    return act_page(
        request, need_id, forms.TriageNeed, commands.triage_need, rules.can_triage, words=_("研判"), done=_("研判已保存。"),
        template="casework/triage/triage.html", then=_onward, progress=done, whole=whole, difficulties=list(Difficulty),
        grid=lambda need: queries.grid_rows(need.village_id, day),
    )  # fmt: skip


def _onward(request, need):
    return redirect("casework:triage") if need.state == "admitted" else redirect("casework:need", need.pk)


@guarded(Duty.SET_RULES)
def grid(request):
    """The county's grid, today and to come; one cell is changed from a day on."""
    county, day = queries.own_county(request.user), today(timezone.now())
    if county is None:
        raise Refused(_("您的岗位不在任何一个县,没有研判表可以维护。"))
    form = forms.SetGridCell(request.POST or None, initial={"from_on": day})
    if form.is_valid() and act(request, form, commands.set_grid_cell, county=county):
        say(request, _("研判表已修改,从所填日期起执行;已研判的诉求不受影响。"))
        return redirect("casework:grid")
    more = {"grid": queries.grid_rows(county.code, day), "own": queries.cells_to_come(county), "difficulties": list(Difficulty)}
    return render(request, "casework/triage/grid.html", {"county": county, "form": form, **more})
