"""Pages of points: what waits and what is on the board, the rules, a claim; the sheet that is put up."""

from django.http import Http404

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.orgs.models import Area
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.figures.queries import drilled

from ..booking.queries import with_heads
from ..bylaws import citing
from ..duties import Duty
from ..point_states import AppealState, ClaimState, LapseState, SchemeState
from . import queries, rules
from .appeals import queries as appeals
from .appeals.rules import begun, last_day, visible_appeals
from .appeals.subjects import APPEALS
from .lapses import queries as lapsing
from .lapses.subjects import LAPSES
from .subjects import CLAIMS, SCHEMES

ON_PAPER = 200  # claims of one sheet


@page("village/points/", Duty.SEE_VILLAGE, template="list")
def points(request):
    """What waits for a look, what is on the board and until when, what was decided; the rules in force. ?figure=…"""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_claims(request.user), figure)
    rows = queries.listed(seen["rows"])
    open_ones = rows.filter(state__in=(ClaimState.PROPOSED, ClaimState.POSTED)).order_by("state", "until_on", "pk")
    n_waits = queries.to_review(request.user).count() if request.user.has_duty(Duty.REVIEW_POINTS) else 0
    waits, done = page_of(request, open_ones, word="waits"), page_of(request, rows.exclude(pk__in=open_ones.values("pk")).order_by("-day", "pk"))
    with_heads([*waits.object_list, *done.object_list])
    schemes = rules.visible_schemes(request.user).filter(state__in=(SchemeState.IN_FORCE, SchemeState.DRAFT)).select_related("village").order_by("village_id", "serial")
    return {
        "waits": waits, "page": done, "figures": seen["figures"], "figure": figure, "day": request.day, "schemes": page_of(request, schemes, word="schemes"),
        "keeps": request.user.has_duty(Duty.KEEP_POINTS), "n_waits": n_waits, "boards": {one.village_id for one in waits if one.state == ClaimState.POSTED},
    }  # fmt: skip


@page("village/points/schemes/<uuid:point_scheme_id>/", Duty.SEE_VILLAGE, of=SCHEMES, moves=True)
def point_scheme(request, one):
    """A version of the rules: its clauses, the meeting that adopted it, what a point is worth."""
    return {"items": one.items.all(), "cited": citing.shown(one.cites, request.day), "lapses": one.lapses.order_by("-year", "pk"), "drawn_here": one.state == SchemeState.DRAFT and one.drawn_by_id == request.user.id}


@page("village/points/claims/<uuid:point_claim_id>/", Duty.SEE_VILLAGE, of=CLAIMS, moves=True)
def point_claim(request, one):
    """A claim: what was done, by which clause, how long it is on the board, what was said against it and answered."""
    with_heads([one])
    settled = one.state in (ClaimState.BOOKED, ClaimState.REFUSED) and begun(one)
    return {
        "cited": citing.shown(one.item.scheme.cites, one.day), "appeal_until": last_day(begun(one)) if settled else None, "appeal": getattr(one, "appeal", None),
        "objections": page_of(request, one.objections.order_by("told_on", "pk")), "mine": one.state == ClaimState.PROPOSED and one.proposed_by_id == request.user.id,
    }  # fmt: skip


@page("village/points/appeals/", Duty.SEE_VILLAGE)
def point_appeals(request):
    """The appeals of homes: what waits for an answer, the first due first; what was answered."""
    rows = visible_appeals(request.user).select_related("home", "village", "claim__item", "item", "owner")
    waits, done = page_of(request, rows.filter(state=AppealState.OPEN), word="waits"), page_of(request, rows.exclude(state=AppealState.OPEN).order_by("-answered_on", "pk"))
    with_heads([*waits.object_list, *done.object_list])
    n_waits = appeals.waiting(request.user, request.day).count() if request.user.has_duty(Duty.REVIEW_POINTS) else 0
    return {"waits": waits, "page": done, "n_waits": n_waits, "keeps": request.user.has_duty(Duty.KEEP_POINTS), "day": request.day}


@page("village/points/appeals/<uuid:point_appeal_id>/", Duty.SEE_VILLAGE, of=APPEALS, moves=True)
def point_appeal(request, one):
    """An appeal: against which line, what the home says, who answers until when, what followed."""
    with_heads([one])
    return {"late": one.state == AppealState.OPEN and one.due_on < request.day}


@page("village/points/board/<str:area_id>/", Duty.SEE_VILLAGE, name="points_board")
def points_board(request, area_id):
    """The sheet of claims that is put up in the village (积分公示): group and household number, clause, points, until when, whom to tell. No names."""
    rows = rules.visible_claims(request.user).filter(village_id=area_id, state=ClaimState.POSTED).select_related("home", "item", "village").order_by("home__group_name", "home__number", "day")
    if not rows:
        raise Http404
    village = Area.objects.get(pk=area_id)
    name = f"{village.name}积分公示"
    context = {"rows": rows[:ON_PAPER], "cut": max(0, rows.count() - ON_PAPER), "village": village, "name": name, "author": village.name, "made": request.at, "day": request.day,
               "appeal_until": last_day(request.day)}  # fmt: skip
    return beside(pdf("village/papers/points.html", context, name=f"points-{area_id}"), f"{name}.pdf")


@page("village/points/lapses/<uuid:point_lapse_id>/", Duty.SEE_VILLAGE, of=LAPSES, moves=True)
def point_lapse(request, one):
    """Points that lapse: by which rule, until when they may be spent, of which homes how many."""
    homes = lapsing.homes_of(one)
    found = page_of(request, homes)
    with_heads(found.object_list)
    return {"page": found, "sum": sum(home.points for home in homes), "told_here": one.state == LapseState.TOLD and one.told_by_id == request.user.id}


@page("village/points/lapses/<uuid:point_lapse_id>/sheet/", Duty.SEE_VILLAGE, of=LAPSES)
def point_lapse_sheet(request, one):
    """The sheet that is put up before points lapse (积分过期公告): group and household number, how many, until when. No names."""
    homes, name = lapsing.homes_of(one), f"{one.village.name}{one.year} 年积分过期公告"
    context = {"rows": homes, "sum": sum(home.points for home in homes), "lapse": one, "name": name, "author": one.village.name, "made": request.at, "day": request.day}
    return beside(pdf("village/papers/point_lapse.html", context, name=f"lapse-{one.pk}"), f"{name}.pdf")
