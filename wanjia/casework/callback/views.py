"""Ask the household: one need after the other on one page, its phone by one tap, which is journalled with the call it is for."""

from functools import cache

from wanjia.casework.duties import Duty
from wanjia.doors import pages
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.policy.triage import callback_tries
from wanjia.policy.triage import rules as limits

from ..rules import this_round
from ..sittings import Sitting
from ..subjects import NEEDS
from . import commands, queries, rules
from .both import CHECK
from .pages import beside_phone, phone_of


@page("callbacks/", Duty.CALL_BACK)
def callbacks(request):
    """Needs that wait for a callback by another unit, and requests to withdraw that wait to be checked."""
    shown, ringing = page_of(request, queries.to_call_back(request.user)), queries.in_others_hands(request.user, request.at)
    for need in shown:
        need.rung_by = ringing.get(str(need.pk))
    return {"page": shown, "withdrawals": page_of(request, queries.withdrawals(request.user), word="withdrawals")}


@page("callbacks/sitting/", Duty.CALL_BACK, template="sat", fresh=True)
@page("callbacks/sitting/<uuid:need_id>/", Duty.CALL_BACK, name="sitting_need", template="sat", fresh=True)
def sitting(request, need_id=None):
    """Call one household after the other: what is saved or skipped brings the next."""
    return CALLS.sit(request, need_id)


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
    more |= {"tries": tries, "limit": limits()["callback"], "rung_by": queries.in_others_hands(request.user, request.at).get(str(need.pk))}
    return _asking(request, commands.call_back.act, need, **more)


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


def _left(request):
    return {
        "withdrawals": queries.withdrawals(request.user).count(), "rung": queries.rung_by_others(request.user, request.at),
        "hours": callback_tries().apart,
    }  # fmt: skip


CALLS = Sitting(
    "sitting", "casework.skipped_calls", Duty.CALL_BACK, queries.to_call_back, queries.to_call_now, queries.called_today, _calling,
    beside=_left,
)  # fmt: skip
