"""Pages of patrols: what is planned and what was walked, what one's own units walk today (on a telephone, with a line or without one), one patrol, one plan."""

from wanjia.doors.guard import taken_along
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.reporting.figures.queries import drilled

from ..duties import Duty
from ..models import Patrol
from ..road_states import PatrolState
from . import queries, rules
from .subjects import PATROLS, PLANS

SHOWN = 40  # places of one page on a telephone


@page("schools/patrols/", Duty.SEE_VENUES, template="list")
def patrols(request):
    """The patrols in reach: what nobody told, what comes, what was walked or excused; the plans. ?figure=…"""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_patrols(request.user), figure)
    known = figure in {one["id"] for one in seen["figures"]}
    rows = queries.with_counts(seen["rows"])
    silent, coming = rows.filter(state=PatrolState.PLANNED, day__lt=request.day), rows.filter(state=PatrolState.PLANNED, day__gte=request.day)
    plans = queries.plans_with_counts(rules.visible_plans(request.user)).order_by("-until_on", "pk")
    return {
        "silent": page_of(request, silent, word="silent"), "coming": page_of(request, coming, per_page=SHOWN, word="coming"), "figures": seen["figures"], "figure": figure if known else "",
        "page": page_of(request, rows.exclude(state=PatrolState.PLANNED).order_by("-day", "-from_at", "pk")), "plans": page_of(request, plans, word="plans"),
        "leads": request.user.has_duty(Duty.LEAD_ROUNDS), "works": request.user.has_duty(Duty.INSPECT), "day": request.day,
    }  # fmt: skip


@page("schools/patrols/mine/", Duty.INSPECT, template="mine")
def my_patrols(request):
    """What the own units walk today, what they did not tell yet, what comes next: opens without a line."""
    ahead = Patrol.objects.filter(queries.ours(request.user), state=PatrolState.PLANNED, day__gt=request.day).select_related("area", "notice", "unit").order_by("day", "from_at", "pk")
    found = page_of(request, queries.mine(request.user, request.day).prefetch_related("forces__unit"), per_page=SHOWN)
    for one in found:
        one.walks = bool(rules.can_walk(request.user, one, request.at)) and (taken_along(request) or bool(rules.has_set_out(one, request.at)))
    return {"page": found, "ahead": ahead[:5], "day": request.day, "n_waits": found.paginator.count}


@page("schools/patrols/<uuid:patrol_id>/", Duty.SEE_VENUES, of=PATROLS, moves=True)
def patrol(request, one):
    """One patrol: who walks where, the places of its notice with what was done there, what was seen."""
    works = request.user.has_duty(Duty.INSPECT) and rules.walks(request.user, one)
    found = one.findings.select_related("step__receipt__venue", "step__unit", "step__handed_to").order_by("step__taken_at")
    places = page_of(request, queries.receipts(one, request.user, duty=Duty.SEE_VENUES).prefetch_related("steps"), per_page=SHOWN) if one.notice_id else None
    return {
        "forces": one.forces.select_related("unit"), "found": found, "places": places, "works": works, "finds": works and bool(rules.can_find(request.user, one, request.at)), "day": request.day,
        "silent": one.state == PatrolState.PLANNED and one.day < request.day, "carried": taken_along(request),
    }  # fmt: skip


@page("schools/patrol-plans/<uuid:patrol_plan_id>/", Duty.SEE_VENUES, of=PLANS, moves=True)
def patrol_plan(request, plan):
    """One plan: its days, each walked, excused or still to be told."""
    counts = queries.plans_with_counts(rules.visible_plans(request.user).filter(pk=plan.pk)).get()
    return {"page": page_of(request, queries.with_counts(plan.patrols.all()), per_page=SHOWN), "counts": counts, "silent": plan.patrols.filter(state=PatrolState.PLANNED, day__lt=request.day).count(), "day": request.day}
