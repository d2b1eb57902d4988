"""Pages of pairing: the pairs, one pair, who has nobody, what a version proposes and why, the roster on paper."""

from django.utils.translation import gettext as _

from wanjia.doors.listing import page_of
from wanjia.doors.pages import row_or_404
from wanjia.doors.reading import page
from wanjia.policy import pairing as policy
from wanjia.solving.subjects import PLANS

from ..asking import sought
from ..children.commands import read_names
from ..children.rules import sees_child
from ..duties import Duty
from . import pages, queries, rules
from .subjects import ENTITLED, PAIRS, PROPOSED

SHEET = 100  # pairs of one page of the roster: what was not opened is not read
SHOWN = ("new", "kept", "parted", "none")


@page("care/pairs/", *rules.SEES, template="list")
def pairs(request):
    """Who accompanies whom, by helper; children by initials. ?q=细沙 王; ?shown=unfit: whose helper may not be near children today"""
    unfit = queries.unfit(request.user, request.day)
    rows = sought(unfit if request.GET.get("shown") == "unfit" else queries.listed(request.user, request.day), request.GET.get("q", ""), *queries.SOUGHT)
    return {
        "page": page_of(request, rows), "draws": request.user.has_duty(Duty.DRAW_PAIRS), "waiting": queries.unpaired(request.user).order_by().count(),
        "unfit": unfit.order_by().count() if request.user.has_duty(*rules.DRAWS) else 0,
    }  # fmt: skip


@page("care/pairs/<uuid:pair_id>/", *rules.SEES, of=PAIRS, moves=True)
def pair(request, one):
    """One pair: since when, why, what came before and after."""
    before = getattr(one, "taken_from", None)
    return {"before": before, "after": one.handed_to, "sees_child": sees_child(request.user, one.child_id, request.day)}


@page("care/unpaired/", *rules.DRAWS, template="unpaired")
def unpaired(request):
    """The children who are to have somebody and have nobody, the latest first."""
    return {"page": page_of(request, queries.unpaired(request.user)), "day": request.day, "draws": request.user.has_duty(Duty.DRAW_PAIRS), "rule": policy.in_force(request.day)}


@page("care/entitled/<uuid:entitled_id>/", *rules.DRAWS, of=ENTITLED, moves=True)
def entitled_child(request, one):
    """One child who is to have somebody: by when, who could."""
    pair = one.child.pairs.filter(to_on=None).select_related("helper__organisation").first()
    return {"pair": pair} | ({} if pair else pages.for_child(request, one) | ({} if rules.can_pair(request.user, one) else {"pick": ""}))


@page("care/plans/<uuid:plan_id>/pairs/", *rules.DRAWS, template="plan")
def pair_plan(request, plan_id):
    """What a version proposes beside the pairs that stand: new, kept, parted, none. ?shown=parted"""
    plan = row_or_404(PLANS, request.user, plan_id, duty=rules.DRAWS)
    shown = request.GET.get("shown", "")
    counts = queries.counts_of(plan)
    return {"plan": plan, "page": page_of(request, queries.of_plan(request.user, plan, shown=shown)), "shown": shown, "tabs": [(word, counts[word]) for word in SHOWN]}


@page("care/pair-proposals/<uuid:pair_proposal_id>/", *rules.DRAWS, of=PROPOSED, moves=True)
def pair_proposal(request, one):
    """One proposal: why her, why not the next, what it would take, what is against the others."""
    shown = pages.of_proposal(request, one)
    return shown | {"why": one.why.split(), "pick": shown["pick"] if rules.can_move(request.user, one) else ""}


@page("care/pairs/roster/", *rules.SEES, name="pair_roster", fresh=True)
def pair_roster(request):
    """结对花名册 on paper: names of children are journalled, each a line, before the page is sent."""
    found = page_of(request, queries.listed(request.user, request.day), per_page=SHEET)
    read_names([one.child for one in found], where=_("结对花名册"), by=request.user, at=request.at)
    return {"page": found}
