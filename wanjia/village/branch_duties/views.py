"""Pages of duties: the catalogue, a duty with its claims; and for anybody: who is in charge of this lane."""

from django.shortcuts import get_object_or_404

from wanjia.doors.guard import PUBLIC
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.orgs.models import Area, Level
from wanjia.reporting.figures.queries import drilled

from ..duties import Duty
from . import queries, rules
from .subjects import DUTIES

LONGEST = 30  # of what is searched


@page("village/branch/duties/", Duty.SEE_BRANCH, template="list")
def branch_duties(request):
    """The duties of branches in reach, those without a holder first; claims that wait. ?figure=…"""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_duties(request.user), figure)
    claims = queries.to_decide(request.user) if request.user.has_duty(Duty.KEEP_BRANCH) else rules.visible_holdings(request.user).none()
    return {
        "page": page_of(request, queries.listed(seen["rows"]).order_by("held", "name", "area_words", "pk")), "figures": seen["figures"], "figure": figure,
        "waits": page_of(request, claims.select_related("duty__body", "member__person").order_by("claimed_on", "pk"), word="waits"), "n_waits": claims.count(),
        "keeps": request.user.has_duty(Duty.KEEP_BRANCH), "villages": {one.body.area for one in rules.visible_duties(request.user).select_related("body__area")[:50]},
    }  # fmt: skip


@page("village/branch/duties/<uuid:branch_duty_id>/", Duty.SEE_BRANCH, of=DUTIES, moves=True)
def branch_duty(request, one):
    """A duty: what it is for and where, who holds it until when, who claimed it."""
    return {"holdings": page_of(request, one.holdings.select_related("member__person").order_by("-claimed_on", "pk")), "keeps": request.user.has_duty(Duty.KEEP_BRANCH)}


@page("g/<str:area_id>/lanes/", PUBLIC, name="lanes")
def lanes(request, area_id):
    """Who is in charge of this lane? The duties of a village's branch for anybody: a name by consent alone, nothing else of the branch. ?q=…"""
    village = get_object_or_404(Area, pk=area_id, level=Level.VILLAGE, to_on=None)
    words = request.GET.get("q", "").strip()[:LONGEST]
    found = queries.in_charge(village.pk, words, request.day)
    return {"village": village, "words": words, "found": found[: queries.MOST], "more": len(found) > queries.MOST}
