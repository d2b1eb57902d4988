"""Explanations: what they promise comes true when the problem is solved again."""

import numpy as np
import pytest

from wanjia.planning.allocation.explain import explain_claimant, explain_lot, nearest_outside, what_it_takes
from wanjia.planning.allocation.market import solve_market
from wanjia.planning.allocation.problem import STAYS_OUT, Floor, from_rows
from wanjia.planning.allocation.shut_out import explain_pair
from wanjia.planning.allocation.solve import solve
from wanjia.planning.allocation.tests.worlds import few
from wanjia.planning.allocation.worlds import invented_market, invented_rows


def test_why_this_one_and_why_not_that_one():
    problem = few({(0, 0): 9, (0, 1): 5, (1, 0): 8, (1, 1): 1}, 2, 2, [1, 1])
    plan = solve(problem)
    assert plan.choice.tolist() == [1, 0]
    held, other = explain_claimant(problem, plan, 0)
    assert held.held and held.lot == 1 and other.lot == 0
    # with so much more at lot 0, claimant 0 wins it: 9 + x + 1 >= 8 + 5, so 3 are enough
    assert 0 <= other.short_by <= 3
    moved = solve(few({(0, 0): 9 + 4, (0, 1): 5, (1, 0): 8, (1, 1): 1}, 2, 2, [1, 1]))
    assert moved.choice.tolist() == [0, 1]
    assert [h.claimant for h in explain_lot(problem, plan, 0)] == [1]
    assert nearest_outside(problem, plan, 0)[0].claimant == 0


def test_nobody_prefers_another_lot_at_the_published_prices():
    problem = from_rows(*invented_rows(2000, 40, 0.8, k=12))
    plan = solve(problem, exact=True)
    for i in range(0, 2000, 97):
        options = explain_claimant(problem, plan, i, 12)
        best = max([0.0] + [o.surplus for o in options])
        held = [o.surplus for o in options if o.held] or [0.0]
        assert held[0] == pytest.approx(best)


def test_what_would_have_changed_it_does_change_it():
    lot, score, places = invented_rows(300, 12, 0.7, k=6, seed=2)
    problem, asked = from_rows(lot, score, places), 0
    plan = solve(problem)
    for i in range(0, 300, 23):
        for option in explain_claimant(problem, plan, i, 6):
            takes = int(what_it_takes(problem, plan, i, option.lot))
            assert takes >= option.short_by - 1e-9
            if option.held:
                assert takes == 0
                continue
            for more, comes in ((takes + 1, True), (takes - 1, False)):
                better = score.astype(np.int32)
                better[i, lot[i] == option.lot] += max(0, more)
                assert (solve(from_rows(lot, better, places)).choice[i] == option.lot) == comes
            asked += 1
    assert asked > 50


def test_markets_are_explained_alike():
    market = invented_market(400, 30, 0.7, seed=3, regions=5, skills=4)
    plan = solve_market(market)
    for i in range(0, 400, 13):
        options = explain_claimant(market, plan, i, 30)
        assert [o.lot for o in options if o.held] == [j for j in [plan.choice[i]] if j >= 0]
        best = max([0.0] + [o.surplus for o in options])
        assert best == pytest.approx(next((o.surplus for o in options if o.held), 0.0))
        for lot in range(30):
            words = explain_pair(market, plan, i, lot)
            assert (words == []) == (plan.choice[i] == lot)
    full = int(np.argmax(plan.price))
    last, first = explain_lot(market, plan, full)[0], nearest_outside(market, plan, full, 1)[0]
    assert plan.choice[last.claimant] == full != plan.choice[first.claimant]
    assert last.surplus >= -1e-9 >= first.surplus - 2e-9


def test_a_locked_claimant_cannot_be_had_for_money():
    problem = few({(0, 0): 9, (0, 1): 8, (1, 0): 9}, 2, 2, [1, 1]).with_rules(locked={0: 0})
    plan = solve(problem)
    assert what_it_takes(problem, plan, 0, 1) == float("inf")
    assert what_it_takes(problem, plan, 1, 0) == float("inf")
    free = few({(0, 0): 9, (0, 1): 8, (1, 0): 9}, 2, 2, [1, 1])
    assert what_it_takes(free, solve(free), 1, 1) == float("inf")


def test_promises_floors_locks_and_families_are_named():
    problem = few({(0, 0): 9, (0, 1): 8, (1, 0): 9, (1, 1): 2, (2, 1): 5, (3, 2): 4, (4, 2): 9}, 5, 3, [1, 1, 1])
    promised = problem.with_rules(promised=np.array([1, -1, -1, -1, -1]), change_cost=3.0)
    plan = solve(promised)
    held = explain_claimant(promised, plan, 0)[0]
    assert held.held and held.lot == 1 and "答应" in held.zh and "promised" in held.en
    locked = problem.with_rules(locked={0: 0, 2: STAYS_OUT})
    plan = solve(locked)
    first, other = explain_claimant(locked, plan, 0)
    assert "锁定" in first.zh and first.held and other.short_by == float("inf") and "锁定" in other.zh
    assert all(h.claimant != 2 for h in nearest_outside(locked, plan, 1))
    floor = problem.with_rules(floors=[Floor(np.array([3]), 1)])
    plan = solve(floor)
    assert plan.choice[3] == 2 and explain_claimant(floor, plan, 3)[0].held
    family = problem.with_rules(together=[(0, 1)], site=[0, 0, 1])
    assert "同去同留" in explain_claimant(family, solve(family), 0)[0].zh
