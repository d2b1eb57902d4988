"""One page: say which homes and why; the sheet is then taken like every export."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wanjia.doors.guard import act, guarded, say
from wanjia.orgs.duties import Duty
from wanjia.reporting.states import ExportKind

from ..exporting import homes, rules
from ..exporting.commands import ask_export
from .forms import AskHomes


@guarded(Duty.EXPORT)
def export_homes(request):
    """Ask for a sheet of homes."""
    form = AskHomes(request.POST or None, actor=request.user)
    if form.is_valid() and _asked(request, form):
        waits = form.answer.state == "waiting"
        say(request, _("已经提交,等负责人批准。") if waits else _("可以下载了,24 小时内有效,只能下载一次。"))
        return redirect("reporting:exports")
    page = {"form": form, "alone": rules.ALONE}
    return render(request, "casework/exporting_homes/export.html", page, status=422 if form.is_bound else 200)


def _asked(request, form):
    village, numbers = form.cleaned_data.pop("village"), form.cleaned_data.pop("numbers", False)
    rows = homes.members_of(homes.exported_homes(request.user, village)).count()
    return act(
        request, form, ask_export, kind=ExportKind.HOMES, query={"village": village}, rows=rows, columns=sorted(homes.SEALED) if numbers else []
    )
