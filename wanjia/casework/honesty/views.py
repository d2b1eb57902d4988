"""The list of rechecks, and one need after the other with claim and word side by side; phone and sealed words by one tap, each journalled."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wanjia.doors import pages
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.kernel.calendar import today
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.policy.honesty import in_force
from wanjia.verdict import Refused

from ..callback.commands import open_words
from ..callback.pages import beside_phone, phone_of
from ..callback.rules import can_open_words
from ..closing.commands import recheck_need
from ..states import WordsReason
from ..subjects import NEEDS
from . import queries

SKIPPED = "casework.skipped_rechecks"  # of this session's day


@page("rechecks/", OrgsDuty.RECHECK_NEEDS)
def rechecks(request):
    """What waits for the tier above, what looks like sham closing, and what homes said after a closing."""
    actor, at = request.user, timezone.now()
    shown = {"page": page_of(request, queries.to_recheck(actor)), "findings": queries.findings(actor), "again": queries.said_again(actor, at)[: queries.SHOWN]}
    return shown | {"rules": in_force(today(at))}


@page("rechecks/sitting/", OrgsDuty.RECHECK_NEEDS, name="recheck_sitting", template="sat", fresh=True)
@page("rechecks/sitting/<uuid:need_id>/", OrgsDuty.RECHECK_NEEDS, name="recheck_sitting_need", template="sat", fresh=True)
def sitting(request, need_id=None):
    """Look at one need after the other: what is saved or skipped brings the next."""
    if request.method == "POST" and not {"skip", "afresh"}.isdisjoint(request.POST):
        _skip(request, need_id)
        return redirect("casework:recheck_sitting")
    upcoming, day = queries.sitting(request.user, timezone.now(), _skipped(request))
    need = upcoming if need_id is None else pages.row_or_404(NEEDS, request.user, need_id, duty=OrgsDuty.RECHECK_NEEDS)
    if need is None:
        return {"day": day}
    sat = reverse("casework:recheck_sitting")
    return _looking(request, need, day=day, next=sat, back="", sent_to=reverse("casework:recheck_sitting_need", args=[need.pk]))


@page("needs/<uuid:need_id>/recheck/", OrgsDuty.RECHECK_NEEDS, of=NEEDS, fresh=True)
def recheck(request, need):
    """Enter what was found of one need."""
    return _looking(request, need)


def _looking(request, need, **more):
    more |= {"phone": phone_of(request, need), "said": _words(request, need), "may_read_words": bool(can_open_words(request.user, need))}
    more |= beside_phone(request, need)
    if not {"phone", "open"}.isdisjoint(request.POST):
        return pages.show(request, recheck_need.act, need, typed=request.POST.dict(), **more)
    return pages.answer(request, recheck_need.act, need, **more)


def _words(request, need):
    """Return the sealed words once they are asked for, their look journalled; None before, and where they may not be opened."""
    if {"open", "opened"}.isdisjoint(request.POST):
        return None
    try:
        return open_words(need_id=need.pk, reason=WordsReason.RECHECK, by=request.user, at=timezone.now())
    except Refused:
        return None


def _skipped(request):
    """List the keys of the needs that were skipped today."""
    kept = request.session.get(SKIPPED, {})
    return kept["needs"] if kept.get("day") == request.day.isoformat() else []


def _skip(request, need_id):
    """Keep that a need was skipped; without one, take up again what was."""
    needs = [*_skipped(request), str(need_id)] if need_id else []
    request.session[SKIPPED] = {"day": request.day.isoformat(), "needs": needs}
