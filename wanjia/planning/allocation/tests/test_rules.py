"""Floors, families, locks, promises: against exhaustive search, and in size against the referee."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wanjia.planning.allocation import rules
from wanjia.planning.allocation.mip import solve_mip
from wanjia.planning.allocation.problem import STAYS_OUT, Floor
from wanjia.planning.allocation.solve import solve
from wanjia.planning.allocation.tests.worlds import best_by_search, few, judged
from wanjia.planning.allocation.tests.worlds import rows as made
from wanjia.planning.contract import BadInput

small = st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 3)), st.integers(0, 9), min_size=3, max_size=12)
places = st.lists(st.integers(0, 2), min_size=4, max_size=4)


def agrees(problem):
    """Solve and compare with exhaustive search; refusals must be right too."""
    best = best_by_search(problem)
    try:
        plan = solve(problem)
    except BadInput:
        assert best is None
        return
    assert plan.relaxed and judged(problem, plan).value == best


@settings(max_examples=25, deadline=None)
@given(small, places, st.sets(st.integers(0, 4), min_size=1), st.integers(0, 2))
def test_floors_equal_exhaustive_search(edges, seats, members, least):
    members = np.array(sorted(members))
    agrees(few(edges, 5, 4, seats).with_rules(floors=[Floor(members, min(least, len(members)))]))


@settings(max_examples=25, deadline=None)
@given(small, places, st.booleans())
def test_families_equal_exhaustive_search(edges, seats, wide):
    agrees(few(edges, 5, 4, seats).with_rules(together=[(0, 1), (2, 3)], site=[0, 0, 1, 1] if wide else None))


@settings(max_examples=25, deadline=None)
@given(small, places, st.lists(st.integers(-1, 3), min_size=5, max_size=5), st.integers(0, 6))
def test_promises_equal_exhaustive_search(edges, seats, before, cost):
    agrees(few(edges, 5, 4, seats).with_rules(promised=np.array(before), change_cost=float(cost)))


@settings(max_examples=25, deadline=None)
@given(small, st.lists(st.integers(1, 2), min_size=4, max_size=4), st.data())
def test_locks_equal_exhaustive_search(edges, seats, data):
    pair = data.draw(st.sampled_from(sorted(edges)))
    other = data.draw(st.sampled_from([i for i in range(5) if i != pair[0]]))
    agrees(few(edges, 5, 4, seats).with_rules(locked={pair[0]: pair[1], other: STAYS_OUT}))


@pytest.fixture
def no_branch_and_bound(monkeypatch):
    """Leave the engine to itself."""
    monkeypatch.setattr(rules, "MIP_EDGES", 0)


def test_floor_holds_in_size_and_costs_little(no_branch_and_bound):
    problem = made(3000, 60, 10)
    group = np.arange(800)
    placed = int((solve(problem).choice[group] >= 0).sum())
    ruled = problem.with_rules(floors=[Floor(group, placed + 40, "monitored")])
    found = judged(ruled, solve(ruled, gap=1e-3))
    assert found.gap <= 1e-3 and found.value < solve(problem).value


def test_families_stay_together_in_size(no_branch_and_bound):
    problem = made(800, 30, 10)
    ruled = problem.with_rules(together=[(2 * i, 2 * i + 1) for i in range(40)], site=np.arange(30) // 3)
    plan = solve(ruled)
    best, proven = solve_mip(ruled, 30)
    by_search = sum(int(ruled.score[a:b][ruled.lot[a:b] == best[i]].sum()) for i in range(800) for a, b in [ruled.span(i)])
    assert proven and judged(ruled, plan).value >= 0.998 * by_search
    assert "relaxed" in plan.words


def test_a_promise_worth_more_than_any_gain_is_kept(no_branch_and_bound):
    problem = made(2000, 40, 10)
    before = solve(problem).choice
    changed = problem.with_rules(promised=before, change_cost=100_000.0)
    plan = solve(changed)
    judged(changed, plan)
    assert (plan.choice[before >= 0] == before[before >= 0]).all()


def test_a_floor_that_cannot_hold_is_refused_with_its_number():
    problem = few({(0, 0): 5, (1, 0): 4}, 2, 1, [1]).with_rules(floors=[Floor(np.array([0, 1]), 2)])
    with pytest.raises(BadInput) as refusal:
        solve(problem)
    assert refusal.value.place == "floor 0, field least"


def test_exact_says_where_it_cannot_prove(monkeypatch):
    monkeypatch.setattr(rules, "MIP_EDGES", 0)
    monkeypatch.setattr(rules, "MIP_EXACT", 0)
    plan = solve(made(400, 20, 6).with_rules(together=[(0, 1)]), exact=True)
    assert not plan.proven and "not proven" in plan.words
