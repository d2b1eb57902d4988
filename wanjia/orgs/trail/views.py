"""The journal page."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wanjia.doors.guard import press, say
from wanjia.doors.listing import PER_PAGE
from wanjia.doors.reading import page
from wanjia.kernel import journal as kernel_journal
from wanjia.orgs.duties import Duty
from wanjia.orgs.trail import anchor

from . import commands, queries, telling

DIGITS = 18  # of a line's number, as the database keeps it
ASKED = ("q", "person", "unit", "act", "subject", "since", "until")


@page("journal", Duty.READ_JOURNAL, under="")
def journal(request):
    """List the lines, newest first: as many as one page has, and on from there. Nothing counts them, there are millions."""
    asked = {name: request.GET.get(name, "").strip() for name in ASKED} | {"readings": "readings" in request.GET}
    found, below = queries.entries(request.user, **asked).order_by("-seq"), _number(request.GET.get("below", ""))
    rows = list((found.filter(seq__lt=below) if below else found)[: PER_PAGE + 1])
    earlier = rows[PER_PAGE - 1].seq if len(rows) > PER_PAGE else None
    return {
        "lines": telling.told(request.user, rows[:PER_PAGE]), "earlier": earlier, "below": below, "acts": queries.acts(), "narrowed": any(asked.values()), **asked,
    }  # fmt: skip


def _number(text):
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None


@page("journal/verify", Duty.READ_JOURNAL, name="verify_journal", sends=True, under="")
def verify(request):
    """Walk the chain, hold it against the codes that came with the form, and say whether it is whole."""
    _read, fault = kernel_journal.verify()  # how many there are in all is not for everybody: some lines are sealed
    fault = fault or next(iter(anchor.faults(request.POST.get("anchor", "").split())), None)
    if fault is None:
        say(request, _("日志完整:从头到尾一条不少,一字未改。"))
    else:
        messages.error(request, _("日志有问题:%(fault)s请立即报告县台账办和审计员。") % {"fault": fault})
    return redirect("journal")


@page("journal/anchor", Duty.READ_JOURNAL, sends=True, under="")
def anchor_journal(request):
    """Anchor the journal now and show the code."""
    made = press(request, commands.anchor_journal)
    say(request, _("这是现在的锚码,请抄下或打印,交审计单位保存:%(code)s") % {"code": made.code})
    return redirect("journal")
