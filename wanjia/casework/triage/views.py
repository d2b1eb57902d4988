"""The county's grid; the queue of what is to be graded."""

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wanjia.doors.asking import form_of
from wanjia.doors.guard import act, say
from wanjia.doors.listing import block_of
from wanjia.doors.pages import queue_of
from wanjia.doors.reading import page, put
from wanjia.orgs.agreeing.rules import AGREES, who_may_agree
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.orgs.models import ChangeState, Tier
from wanjia.verdict import Refused

from ..models import CellChange
from ..states import Difficulty
from . import commands, queries, rules

put("triage/", queue_of(commands.triage_need.act, queries.waiting, _("逐件研判"), _("没有待研判的诉求")), name="triage", label="casework")

ASKED_FEW = 5  # names shown of those who may agree
DECLINED_SHOWN = 5


@page("triage/grid/", OrgsDuty.SET_RULES, *AGREES)
def grid(request):
    """The county's grid, today and to come, and what waits for another unit; whoever keeps it changes one cell from a day on."""
    county, day = queries.county_shown(request.user), request.day
    if county is None:
        raise Refused(_("您的岗位不在任何一个县,没有研判表可以维护。"))
    may_keep = bool(rules.can_set_grid(request.user, county))
    form = form_of(commands.set_grid_cell.act)(request.POST if may_keep and request.method == "POST" else None, actor=request.user, day=request.day)
    if form.is_valid() and act(request, form, commands.set_grid_cell, county=county):
        return _set(request, form.answer)
    more = {"grid": queries.grid_rows(county.code, day), "own": queries.cells_to_come(county), "difficulties": list(Difficulty)}
    more |= {"may_keep": may_keep, "waiting": _waiting(request.user, county, day)}
    more |= {"declined": block_of(request, queries.changes_of(county, ChangeState.DECLINED), DECLINED_SHOWN, word="declined")}
    return {"county": county, "form": form, **more}


def _set(request, made):
    if isinstance(made, CellChange):
        say(request, _("期限比现在和系统默认值都长,已提交,等另一个单位同意。在那以前研判表不变。"))
    else:
        say(request, _("研判表已修改,从所填日期起执行;已研判的诉求不受影响。"))
    return redirect("casework:grid")


def _waiting(user, county, day):
    """List what waits: the change, the cell in force today, whether the user may agree, and a few who may."""
    now = queries.grid(county.code, day)
    listed = []
    for change in queries.changes_of(county, ChangeState.WAITING):
        others = who_may_agree(change, rules.can_agree)
        listed.append({
            "change": change, "now": now[change.urgency, change.difficulty], "may_agree": rules.can_agree(user, change),
            "tiers": [Tier(tier).label for tier in change.tiers.split(",")], "others": others[:ASKED_FEW], "more": max(len(others) - ASKED_FEW, 0),
        })  # fmt: skip
    return listed
