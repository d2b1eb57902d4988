"""Pages of recruitment: numbers and stages without a name; one file, whose opening is written down before it is sent."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.policy import recruiting as policy

from ..branch_states import CandidateState
from ..duties import Duty
from . import commands, queries, rules
from .subjects import CANDIDATES

STAGES = range(1, 6)


@page("village/recruiting/", Duty.KEEP_RECRUITS, template="list", fresh=True)
def recruiting(request):
    """Where each file stands and what comes next, by number; how many in each stage; the balance by sex and age. ?figure=stage-2"""
    figure = request.GET.get("figure", "")
    every = queries.listed(rules.visible_candidates(request.user)).select_related("person")
    chosen = next((stage for stage in STAGES if figure == f"stage-{stage}"), None)
    rows = queries.in_stage(every, chosen) if chosen else every
    open_ones = page_of(request, rows.filter(state=CandidateState.OPEN).prefetch_related("steps").order_by("body_id", "serial"), word="waits")
    for one in open_ones:
        one.next = queries.next_of(one, [step for step in one.steps.all() if step.struck_on is None], request.day)
    edition = policy.in_force(request.day)
    return {
        "waits": open_ones, "page": page_of(request, rows.exclude(state=CandidateState.OPEN).order_by("-closed_on", "pk")), "stage": chosen, "day": request.day, "edition": edition,
        "stages": [(stage, edition.stages[stage - 1], n) for stage, n in queries.by_stage(every).items()], "balance": queries.balance(rules.visible_candidates(request.user), request.day),
        "n_waits": queries.waiting(request.user).count(),
    }  # fmt: skip


@page("village/recruiting/<uuid:candidate_id>/", Duty.KEEP_RECRUITS, of=CANDIDATES, moves=True, fresh=True)
def candidate(request, one):
    """A file: its steps, each with what the rules say to its day, its mentors, what comes next. Opening it is journalled first."""
    commands.read_candidate(candidate_id=one.pk, by=request.user, at=request.at)
    steps = queries.told(list(one.steps.order_by("number", "day", "pk")))
    return {
        "steps": steps, "next": queries.next_of(one, [step for step in steps if step.struck_on is None], request.day), "mentors": one.mentors.select_related("member__person"),
        "day": request.day, "edition": policy.in_force(request.day), "unseen": rules.unseen(one).first(),
    }  # fmt: skip
