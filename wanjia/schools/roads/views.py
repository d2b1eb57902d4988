"""Pages of operations on the road: those in reach with their sums by kind and place, one operation with what was told and corrected."""

from datetime import date

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.reporting.figures.queries import drilled

from ..duties import Duty
from ..road_states import OFFENCES, RoadState
from . import queries, rules
from .subjects import OPERATIONS


def month_of(request):
    """Return the first day of the month that is asked for (?month=2026-11), this month where none is; None for all of them."""
    asked = request.GET.get("month", "")
    if asked == "all":
        return None
    try:
        return date.fromisoformat(f"{asked}-01")
    except ValueError:
        return request.day.replace(day=1)


@page("schools/roads/", Duty.SEE_VENUES, template="list")
def roads(request):
    """The operations of a month: what waits for its counts, sums by kind, offences by place. ?month=2026-11, or all; ?q= words of a place; ?figure=…"""
    figure, month, words = request.GET.get("figure", ""), month_of(request), request.GET.get("q", "").replace("\0", "").strip()[:40]
    seen = drilled(rules.visible_operations(request.user), figure)
    known = figure in {one["id"] for one in seen["figures"]}
    rows = queries.searched(seen["rows"] if known else queries.month_of(seen["rows"], month), words).select_related("area", "unit", "near__unit")
    counts, waits = request.user.has_duty(Duty.COUNT_ROADS), rows.filter(state=RoadState.PLANNED).order_by("day", "from_at", "pk")
    held = rows.filter(state=RoadState.HELD)
    return {
        "waits": page_of(request, waits, word="waits"), "page": page_of(request, rows.exclude(state=RoadState.PLANNED).prefetch_related("forces")), "figures": seen["figures"],
        "figure": figure if known else "", "sums": queries.sums(held), "places": queries.by_place(held), "kinds": [kind.label for kind in OFFENCES], "n": held.count(), "month": month,
        "counts": counts, "n_waits": queries.waiting(request.user, request.day).count() if counts else 0, "q": words, "day": request.day,
    }  # fmt: skip


@page("schools/roads/<uuid:road_operation_id>/", Duty.SEE_VENUES, of=OPERATIONS, moves=True)
def road_operation(request, one):
    """One operation: who took part, what stands, each earlier telling with what was changed and why."""
    tellings = queries.tellings(one)
    return {"counted": queries.counts_of(one), "forces": queries.forces_of(one), "tellings": tellings, "corrected": len(tellings) > 1, "day": request.day}
