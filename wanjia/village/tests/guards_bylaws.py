"""Each CHECK and each unique constraint of by-laws, steps, proposals and problems, met by name: the row that it refuses."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY
from wanjia.village.bylaw_states import ProblemState, ProposalState, StepState, VersionState
from wanjia.village.models import (
    Bylaw,
    BylawClause,
    BylawSpell,
    BylawVersion,
    Problem,
    Proposal,
    StepMatter,
    StepRecord,
    StepResult,
)

from .bylaw_factories import DAY, NUMBERS, matter, problem, proposal, second, version
from .factories import item

V, S, P, Q = VersionState, StepState, ProposalState, ProblemState


def _version(world, state, **facts):
    return BylawVersion.objects.filter(pk=version(world, state).pk).update(**facts)


def _result(world, **facts):
    return StepResult.objects.filter(matter=matter(world, S.TOLD)).update(**facts)


def _spell(world):
    return BylawSpell.objects.get(of=version(world, V.IN_FORCE))


def _of_bylaw(world, state, **facts):
    one = version(world, state)
    return BylawVersion(**{"bylaw": one.bylaw, "serial": 9, "drawn_at": MONDAY} | facts)


def _in_force_again(world):
    one = version(world, V.IN_FORCE)
    return BylawVersion(bylaw=one.bylaw, serial=9, drawn_at=MONDAY, state=V.IN_FORCE, checked_on=DAY, adopted_at=MONDAY, item=_other_item(world))


def _other_item(world):
    return item(world, title="另一个表决")


CHECKS = {
    "bylaw_checked_by_another": lambda w: _version(w, V.CHECKED, checked_by=second(w)),
    "bylaw_adopted_by_another": lambda w: _version(w, V.IN_FORCE, adopted_by=second(w)),
    "bylaw_in_force_was_decided": lambda w: _version(w, V.IN_FORCE, adopted_at=None),
    "bylaw_stopped_with_words": lambda w: _version(w, V.SUSPENDED, stopped_words=""),
    "bylaw_spell_ends_after_start": lambda w: BylawSpell.objects.filter(pk=_spell(w).pk).update(to_on=DAY - timedelta(days=30)),
    "step_matter_decided_by_an_item": lambda w: StepMatter.objects.filter(pk=matter(w, S.DECIDED).pk).update(item=None),
    "step_matter_stopped_with_words": lambda w: StepMatter.objects.filter(pk=matter(w).pk).update(stopped_words="不办了"),
    "step_counted_whole": lambda w: StepRecord.objects.filter(matter=matter(w, S.BRANCH)).update(present=10),
    "result_accepted_by_another": lambda w: StepResult.objects.filter(matter=matter(w, S.ENDED)).update(accepted_by=second(w)),
    "result_accepted_whole": lambda w: _result(w, accepted=True),
    "proposal_answered_by_a_day": lambda w: Proposal.objects.filter(pk=proposal(w).pk).update(due_on=DAY),
    "proposal_taken_up_by_an_item": lambda w: Proposal.objects.filter(pk=proposal(w, P.TAKEN_UP).pk).update(item=None),
    "proposal_answered_whole": lambda w: Proposal.objects.filter(pk=proposal(w, P.DECLINED).pk).update(answer=""),
    "problem_put_by_an_item": lambda w: Problem.objects.filter(pk=problem(w, Q.PUT).pk).update(item=None),
    "problem_closed_by_another": lambda w: Problem.objects.filter(pk=problem(w, Q.CLOSED).pk).update(closed_by=second(w)),
    "problem_effect_counted": lambda w: Problem.objects.filter(pk=problem(w, Q.FELT).pk).update(better=21),
    "problem_dropped_with_a_reason": lambda w: Problem.objects.filter(pk=problem(w, Q.FELT).pk).update(reason="不办了"),
    "problem_dropped_by_another": lambda w: Problem.objects.filter(pk=problem(w, Q.PUT).pk).update(state=Q.DROPPED, reason="不办了", closed_on=DAY, put_by=w.clerk, closed_by=w.clerk),
    "problem_closed_on_a_day": lambda w: Problem.objects.filter(pk=problem(w, Q.FELT).pk).update(closed_on=DAY),
}
ONCE = {
    "one_bylaw_of_a_kind": lambda w: Bylaw(village=w.datong, kind=version(w).bylaw.kind, name="门前卫生"),
    "bylaw_named_once": lambda w: Bylaw(village=w.datong, kind="other_rules", name=version(w).bylaw.name),
    "bylaw_version_numbered_once": lambda w: _of_bylaw(w, V.IN_FORCE, serial=1),
    "one_bylaw_version_in_force": _in_force_again,
    "one_bylaw_version_drafted": lambda w: _of_bylaw(w, V.DRAFT),
    "bylaw_clause_once": lambda w: BylawClause(of=version(w), number=1, words="重复的条文"),
    "one_bylaw_spell_open": lambda w: BylawSpell(bylaw=_spell(w).bylaw, of=_spell(w).of, from_on=DAY),
    "a_step_once": lambda w: StepRecord(matter=matter(w, S.BRANCH), step="branch_committee", day=DAY, opinion="同意", told_at=MONDAY, **NUMBERS),
    "one_result_of_a_matter": lambda w: StepResult(matter=matter(w, S.TOLD), fen=1, contractor="本村村民", words="又一次", done_on=DAY, told_at=MONDAY),
    "proposal_numbered_once": lambda w: Proposal(village=w.datong, year=2026, serial=proposal(w).serial, words="重复", way="page", secret="ABCD2399", told_on=DAY, due_on=DAY + timedelta(days=30), told_at=MONDAY),
}  # fmt: skip
