"""What stands beside aid and beside a need: the buttons that print, and whether a declined need for aid has its written refusal."""

from wanjia.policy.benefits import benefits
from wanjia.registry.aid.rules import SEES, visible_refusals
from wanjia.registry.owed.queries import words_to_go
from wanjia.reporting.kinds import PaperKind

from ..rules import visible_needs
from ..states import OPEN, NeedState, Outcome
from .papers import DECIDED, NOTICE, REFUSED


def _to_print(row, kinds: tuple[PaperKind, ...]):
    found = [(one.key, one.words) for one in kinds if one.fits(row, None)[0]]
    return {"row": row, "kinds": found} if found else None


def beside_cut(_request, cut):
    """The papers of a proposal that can be printed now."""
    return _to_print(cut, (NOTICE, DECIDED))


def beside_refusal(_request, refusal):
    """The paper of a refusal."""
    return _to_print(refusal, (REFUSED,))


def categories():
    """Return the categories of needs that ask for a benefit."""
    return {rule["category"] for rule in benefits().values()}


def asks_for_aid(need):
    """Tell whether a need that was declined, or answered with 不予支持, may have asked for a benefit: it then needs its written refusal."""
    ended = need.state == NeedState.DECLINED or need.outcome == Outcome.UNSUPPORTED
    return bool(ended and need.household_id and need.category in categories())


def beside_need(request, need):
    """Return {"refusal", "need"} where a need for aid was not granted: the written refusal, or that none was written; else None."""
    if not asks_for_aid(need) or not request.user.has_duty(*SEES):
        return None
    return {"need": need, "refusal": visible_refusals(request.user).filter(need_number=need.number, household=need.household_id).first()}


def asked_already(actor, offer):
    """Return the open need that asks for this benefit of this home, so that nobody is asked twice; else None. One question a home."""
    found = getattr(offer.home, "needs_said", None)
    if found is None:
        found = offer.home.needs_said = {need.summary: need for need in visible_needs(actor).filter(household=offer.home, state__in=OPEN).only("number", "summary")}
    return found.get(words_to_go(offer.word)[1][:200])
