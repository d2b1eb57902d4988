"""The journal page."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wanjia.kernel import journal as kernel_journal
from wanjia.kernel.guard import guarded, say
from wanjia.kernel.listing import page_of

from ..duties import Duty
from . import queries

ASKED = ("q", "person", "act", "subject", "since", "until")


@guarded(Duty.READ_JOURNAL)
def journal(request):
    """List the lines, newest first."""
    asked = {name: request.GET.get(name, "").strip() for name in ASKED} | {"readings": "readings" in request.GET}
    page = page_of(request, queries.entries(request.user, **asked), sorts={"seq": ("-seq",)}, default="seq")
    return render(
        request, "orgs/trail/journal.html", {"page": page, "lines": queries.lines(page), "acts": queries.acts(), **asked}
    )


@require_POST
@guarded(Duty.READ_JOURNAL)
def verify(request):
    """Walk the chain and say whether it is whole."""
    _read, fault = kernel_journal.verify()  # how many there are in all is not for everybody: some lines are sealed
    if fault is None:
        say(request, _("日志完整:从头到尾一条不少,一字未改。"))
    else:
        messages.error(request, _("日志有问题:%(fault)s请立即报告县台账办和审计员。") % {"fault": fault})
    return redirect("journal")
