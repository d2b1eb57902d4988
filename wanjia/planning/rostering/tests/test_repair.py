"""Mending after absences: both options valid, the one with few changes, the other better."""

import random

import pytest

from wanjia.planning.contract import BadInput
from wanjia.planning.rostering.check import breaches, score
from wanjia.planning.rostering.example import county
from wanjia.planning.rostering.reading import problem_from_json
from wanjia.planning.rostering.repair import repair
from wanjia.planning.rostering.solve import solve


@pytest.fixture(scope="module")
def published():
    problem = problem_from_json(county(3, schools=20, guards=160, days=15))
    return problem, solve(problem).plan


@pytest.mark.parametrize("seed", range(4))
def test_repair_offers_few_changes_and_a_best_plan(published, seed):
    problem, plan = published
    rng = random.Random(seed)
    ill = rng.sample(sorted({who for who in plan.values() if who}), 6)
    absences = [(who, day, slot) for who in ill for day in problem.days[4:7] for slot in ("07:30", "12:00", "17:40")]
    mended = repair(problem, plan, absences)
    few, best = mended.fewest, mended.best
    assert mended.lost
    assert breaches(mended.problem, plan), "negative control: the old plan no longer holds"
    for option in (few, best):
        assert breaches(mended.problem, option.roster.plan) == []
        assert option.roster.objective == score(mended.problem, option.roster.plan).total
        assert option.roster.bound <= option.roster.objective
        assert set(option.changed) == {cell for cell, who in option.roster.plan.items() if plan[cell] != who}
    assert len(few.changed) <= 1.25 * len(mended.lost)
    assert best.roster.objective <= few.roster.objective
    assert all(day >= problem.days[4] for _, day in best.changed)
    assert {day for _, day in few.changed} <= set(problem.days[4:7])


def test_nothing_lost_changes_nothing(published):
    problem, plan = published
    mended = repair(problem, plan, [])
    assert mended.fewest.changed == mended.best.changed == mended.lost == ()
    assert mended.best.roster.plan == plan


def test_a_locked_person_who_falls_ill_is_released(published):
    problem, plan = published
    cell, who = next((cell, who) for cell, who in plan.items() if who)
    slot = problem.seat_named()[cell[0]].slot
    mended = repair(problem.changed(locks={cell: who}), plan, [(who, cell[1], slot)])
    assert mended.lost == (cell,)
    assert breaches(mended.problem, mended.fewest.roster.plan) == []


@pytest.mark.parametrize("absence", [("nobody", "2026-09-01", "07:30"), ("G0", "2031-01-01", "07:30")])
def test_unknown_absences_are_refused(published, absence):
    with pytest.raises(BadInput, match=r"absences\[0\]"):
        repair(*published, [absence])


def test_a_published_stranger_is_refused_by_name(published):
    problem, plan = published
    seat = problem.seats[0]
    stranger = next(guard.id for guard in problem.guards if guard.id not in seat.allowed)
    spoilt = plan | {(seat.id, problem.days[0]): stranger}
    with pytest.raises(BadInput, match=f"roster, {seat.id}"):
        repair(problem, spoilt, [])
