"""Pages of problems: what is open and what was solved; one with its whole way."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.reporting.figures.queries import drilled

from ..bylaw_states import ProblemState
from ..duties import Duty
from . import queries, rules
from .subjects import PROBLEMS

ENDED = (ProblemState.CLOSED, ProblemState.DROPPED)


@page("village/problems/", Duty.SEE_VILLAGE, template="list")
def problems(request):
    """What is open, then what was solved. ?figure=… the rows that a figure counts."""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_problems(request.user), figure)
    known = figure in {one["id"] for one in seen["figures"]}
    rows = queries.listed(rules.visible_problems(request.user))
    done = queries.listed(seen["rows"]) if known else rows.filter(state__in=ENDED)
    return {
        "waits": page_of(request, rows.exclude(state__in=ENDED).order_by("raised_on", "pk"), word="waits"), "page": page_of(request, done.order_by("-raised_on", "pk")),
        "figures": seen["figures"], "figure": figure if known else "", "day": request.day, "keeps": request.user.has_duty(Duty.KEEP_MEETINGS), "n_waits": queries.to_close(request.user).count(),
    }  # fmt: skip


@page("village/problems/<uuid:village_problem_id>/", Duty.SEE_VILLAGE, of=PROBLEMS, moves=True)
def village_problem(request, one):
    """One problem: where it was met, its items and what they decided, the rule that came of it, what was felt, who looked."""
    return {**queries.way_of(one), "felt": one.effect_on is not None, "day": request.day}
