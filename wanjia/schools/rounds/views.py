"""Pages of rounds: those that run and wait, one round with its teams and its list, what one's own units are to look at today."""

from datetime import timedelta

from django.db.models import prefetch_related_objects

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.policy import inspecting as policy
from wanjia.reporting.figures.queries import drilled

from ..duties import Duty
from ..inspection_states import UNDER_WAY, RoundState
from ..models import Hazard
from ..venues.queries import late
from ..venues.rules import visible_rounds
from . import queries, rules
from .subjects import ROUNDS

SHOWN = 40  # places of one page on a telephone


@page("schools/rounds/", Duty.SEE_VENUES, template="list")
def rounds(request):
    """The rounds in reach: those under way first. ?figure=…"""
    seen = drilled(visible_rounds(request.user), request.GET.get("figure", ""))
    rows = queries.with_counts(seen["rows"])
    waits, done = rows.filter(state__in=UNDER_WAY).order_by("state", "from_on", "pk"), rows.exclude(state__in=UNDER_WAY).order_by("-until_on", "pk")
    soon = request.day + timedelta(days=policy.in_force(request.day).alarm_days)
    return {
        "waits": page_of(request, waits, word="waits"), "page": page_of(request, done), "figures": seen["figures"], "plans": request.user.has_duty(Duty.LEAD_ROUNDS),
        "day": request.day, "soon": soon, "n_waits": queries.waiting(request.user, request.day).count(),
    }  # fmt: skip


@page("schools/rounds/<uuid:inspection_round_id>/", Duty.SEE_VENUES, of=ROUNDS, moves=True)
def round(request, one):
    """One round: how far it is, its teams, its list; what is left and whom that concerns."""
    stops = one.stops.select_related("venue__area", "team", "inspection").order_by("team__number", "planned_on", "venue__area_id", "venue__name", "pk")
    found = page_of(request, stops, per_page=SHOWN)
    prefetch_related_objects([one], "teams__units__unit")
    for stop in found:
        stop.round = one
        stop.looks = one.state == RoundState.RUNNING and not hasattr(stop, "inspection") and not stop.left_out and rules.takes_part(request.user, stop)
    hazards = Hazard.objects.filter(inspection__stop__round=one)
    counts = queries.with_counts(visible_rounds(request.user).filter(pk=one.pk)).get()
    rest = counts.n - counts.looked - counts.out
    return {
        "page": found, "teams": one.teams.all(), "leads": bool(rules.leads(request.user, one)) and request.user.has_duty(Duty.LEAD_ROUNDS), "counts": counts, "left": rest,
        "covers": one.covers(), "hazards": hazards.count(), "closed": hazards.filter(closed_on__isnull=False).count(), "overdue": hazards.filter(late(request.day)).count(),
        "late": rest and one.state == RoundState.RUNNING and one.until_on < request.day, "kinds": queries.kinds_of(one), "draft": one.state == RoundState.DRAFT,
    }  # fmt: skip


@page("schools/stops/", Duty.INSPECT, template="mine")
def stops(request):
    """What the own units are to look at, the day that was planned first: opens without a line."""
    return {"page": page_of(request, queries.mine(request.user), per_page=SHOWN), "day": request.day}
