"""Pages of clean-up days: those to come and those held; one with its sections."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.reporting.figures.queries import drilled

from ..booking.queries import with_heads
from ..branch_states import CleanUpState
from ..duties import Duty
from . import queries, rules
from .subjects import CLEANUPS

OPEN = (CleanUpState.PLANNED, CleanUpState.HELD)


@page("village/cleanups/", Duty.SEE_VILLAGE, template="list")
def cleanups(request):
    """The clean-up days of villages in reach: planned or to be looked at, then those held. ?figure=…"""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_cleanups(request.user), figure)
    rows = queries.listed(seen["rows"])
    keeps = request.user.has_duty(Duty.KEEP_CLEANUPS)
    return {
        "waits": page_of(request, rows.filter(state__in=OPEN).order_by("day", "pk"), word="waits"), "page": page_of(request, rows.exclude(state__in=OPEN).order_by("-day", "pk")),
        "figures": seen["figures"], "figure": figure, "keeps": keeps, "n_waits": queries.waiting(request.user, request.day).count() if keeps else 0,
    }  # fmt: skip


@page("village/cleanups/<uuid:clean_up_id>/", Duty.SEE_VILLAGE, of=CLEANUPS, moves=True)
def clean_up(request, one):
    """A clean-up day: its sections, whose they are, who came, what is clean."""
    sections = list(one.sections.select_related("home"))
    with_heads([section for section in sections if section.home_id])
    counts = bool(rules.can_count(request.user, one, request.at))
    return {"sections": sections, "counts": counts, "came": sum(section.turnout or 0 for section in sections), "clean": sum(bool(section.cleaned) for section in sections)}
