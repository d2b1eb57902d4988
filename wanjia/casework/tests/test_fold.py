"""A need is the fold of its timeline, in order of numbers, whatever the clocks say."""

from datetime import timedelta

import pytest

from wanjia.kernel import triggers
from wanjia.kernel.models import Entry

from ..assignment.commands import assign_need
from ..checking.queries import needs as check_needs
from ..commands import MUTABLE, facts_of, line_digest
from ..handling.commands import add_note
from ..models import Need, Step
from ..states import NeedState as S
from ..triage.commands import triage_need
from . import walk
from .factories import later


def folded(need):
    """What the lines say the need holds."""
    held = {}
    for step in need.steps.order_by("n"):
        held |= {name: value for name, value in step.changed.items() if name in MUTABLE}
    return held


@pytest.mark.parametrize("state", [S.REGISTERED, S.DECLINED, S.RETURNED, S.REOPENED, S.DONE_REPORTED, S.CLOSED])
def test_folding_the_lines_gives_the_need(world, state):
    need = Need.objects.get(pk=walk.bring(world, state).pk)

    assert folded(need) == {name: value for name, value in facts_of(need).items() if name in MUTABLE}
    assert [step.n for step in need.steps.order_by("n")] == list(range(1, need.version + 1))


def test_each_line_has_its_line_in_the_journal(world):
    need = walk.bring(world, S.CLOSED)
    kept = {entry.detail["n"]: entry.detail["line"] for entry in Entry.objects.filter(subject="casework.need", subject_id=str(need.pk))}

    assert kept == {step.n: line_digest(step) for step in need.steps.all()}


def test_a_clock_that_runs_behind_moves_nothing_back(world):
    need = walk.bring(world, S.IN_PROGRESS)
    before = need.steps.order_by("n").last()

    add_note(need_id=need.pk, words="补记一笔", by=world.handler, at=later(days=-30))

    last = need.steps.order_by("n").last()
    assert (last.n, last.recorded_at) == (before.n + 1, before.recorded_at)


def test_grading_anew_neither_moves_the_first_date_nor_hides_that_it_was_missed(world):
    need = walk.bring(world, S.TRIAGED)
    first = need.due_on
    late = later(days=(first - later().date()).days + 3)

    triage_need(need_id=need.pk, urgency="ordinary", difficulty="hard", words="比想的难", by=world.clerk, at=late)
    assign_need(need_id=need.pk, holder=world.civil, by=world.clerk, at=late + timedelta(hours=1))

    need.refresh_from_db()
    assert (need.first_due_on, need.late_since) == (first, first)


@pytest.mark.parametrize("who", [{"requester_name": "别的人"}, {"requester_last4": "9999"}, {"requester_relation": "邻居"}, {"school_name": "别的学校"}])
def test_who_asked_is_held_though_no_line_says_it(world, who):
    """By raw SQL a need was given to somebody else, and nothing named it: the name stands in no line, its keyed digest in the first."""
    need = walk.bring(world, "assigned")
    assert list(check_needs(None)) == []
    Need.objects.filter(pk=need.pk).update(**who)
    assert [(number, column) for number, column, _is, _should in check_needs(None)] == [(need.number, "requester")]


def test_a_need_of_before_says_nothing_of_who_asked_and_a_digest_taken_out_is_named(world):
    need = walk.bring(world, "assigned")
    first = need.steps.order_by("n").first()
    triggers.lift(models=[Step])
    Step.objects.filter(pk=first.pk).update(changed={name: value for name, value in first.changed.items() if name != "asks"})
    Need.objects.filter(pk=need.pk).update(requester_name="别的人")
    assert {column for _number, column, _is, _should in check_needs(None)} == {"step 1.journal"}
