"""Ask the household: one need after the other on one page, its phone by one tap, which is journalled with the call it is for."""

from functools import cache

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wanjia.casework.duties import Duty
from wanjia.doors import pages
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.policy.triage import rules as limits

from ..rules import this_round
from ..subjects import NEEDS
from . import commands, queries, rules
from .both import CHECK
from .pages import beside_phone, phone_of

SKIPPED = "casework.skipped_calls"  # of this session's day


@page("callbacks/", Duty.CALL_BACK)
def callbacks(request):
    """Needs that wait for a callback by another unit, and requests to withdraw that wait to be checked."""
    page = page_of(request, queries.to_call_back(request.user))
    return {"page": page, "withdrawals": queries.withdrawals(request.user)[:50]}


@page("callbacks/sitting/", Duty.CALL_BACK, template="sat", fresh=True)
@page("callbacks/sitting/<uuid:need_id>/", Duty.CALL_BACK, name="sitting_need", template="sat", fresh=True)
def sitting(request, need_id=None):
    """Call one household after the other: what is saved or skipped brings the next."""
    if request.method == "POST" and not {"skip", "again"}.isdisjoint(request.POST):
        _skip(request, need_id)
        return redirect("casework:sitting")
    upcoming, day = queries.sitting(request.user, timezone.now(), _skipped(request))
    need = upcoming if need_id is None else pages.row_or_404(NEEDS, request.user, need_id, duty=Duty.CALL_BACK)
    if need is None:
        return {"day": day, "withdrawals": queries.withdrawals(request.user).count()}
    return _calling(request, need, day=day, next=reverse("casework:sitting"), back="", sent_to=reverse("casework:sitting_need", args=[need.pk]))


@page("needs/<uuid:need_id>/callback/", Duty.CALL_BACK, of=NEEDS, fresh=True)
def call_back(request, need):
    """Enter one try to hear the household."""
    return _calling(request, need)


@page("needs/<uuid:need_id>/check-withdrawal/", Duty.CALL_BACK, of=NEEDS, fresh=True)
def check_withdrawal(request, need):
    """Enter whether the household really takes its need back."""
    asked = need.steps.filter(act="ask_withdrawal").last()
    return _asking(request, CHECK, need, asked=asked, asked_sealed=rules.has_words(need))


def _calling(request, need, **more):
    tries = this_round(need.callbacks, need).filter(reached=False)
    return _asking(request, commands.call_back.act, need, tries=tries, limit=limits()["callback"], **more)


def _asking(request, act, need, **more):
    """The page of an act for which the household is called.

    The number is asked for when the page is drawn, and each time that it is: a refusal brings it back beside what was typed.
    """

    @cache
    def phone():
        return phone_of(request, need)

    more |= {"phone": phone, **beside_phone(request, need)}
    if "phone" in request.POST:
        return pages.show(request, act, need, typed=request.POST.dict(), **more)
    return pages.answer(request, act, need, **more)


def _skipped(request):
    """List the keys of the needs that were skipped today."""
    kept = request.session.get(SKIPPED, {})
    return kept["needs"] if kept.get("day") == request.day.isoformat() else []


def _skip(request, need_id):
    """Keep that a need was skipped; without one, take up again what was."""
    needs = [*_skipped(request), str(need_id)] if need_id else []
    request.session[SKIPPED] = {"day": request.day.isoformat(), "needs": needs}
