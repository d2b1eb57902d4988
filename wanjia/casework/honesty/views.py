"""The list of rechecks, and one need after the other with claim and word side by side; phone and sealed words by one tap, each journalled."""

from wanjia.doors import pages
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.policy.honesty import in_force
from wanjia.verdict import Refused

from ..callback.commands import open_words
from ..callback.pages import beside_phone, phone_of
from ..callback.rules import can_open_words
from ..closing.commands import recheck_need
from ..sittings import Sitting
from ..states import WordsReason
from ..subjects import NEEDS
from . import queries


@page("rechecks/", OrgsDuty.RECHECK_NEEDS)
def rechecks(request):
    """What waits for the tier above, what looks like sham closing, and what homes said after a closing."""
    actor = request.user
    found = page_of(request, queries.findings(actor), per_page=queries.SHOWN, word="findings")
    found.object_list = queries.told(found.object_list)
    again = page_of(request, queries.said_again(actor, request.at), per_page=queries.SHOWN, word="again")
    return {"page": page_of(request, queries.to_recheck(actor)), "findings": found, "again": again, "rules": in_force(request.day)}


@page("rechecks/sitting/", OrgsDuty.RECHECK_NEEDS, name="recheck_sitting", template="sat", fresh=True)
@page("rechecks/sitting/<uuid:need_id>/", OrgsDuty.RECHECK_NEEDS, name="recheck_sitting_need", template="sat", fresh=True)
def sitting(request, need_id=None):
    """Look at one need after the other: what is saved or skipped brings the next."""
    return RECHECKS.sit(request, need_id)


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
        return open_words(need_id=need.pk, reason=WordsReason.RECHECK, by=request.user, at=request.at)
    except Refused:
        return None


RECHECKS = Sitting(
    "recheck_sitting", "casework.skipped_rechecks", OrgsDuty.RECHECK_NEEDS,
    queries.to_recheck, queries.to_recheck_now, queries.looked_today, _looking,
)  # fmt: skip
