"""Re-planning from the last prices, and explanations a person can check."""

import numpy as np
import pytest

from wanjia.planning.allocation.check import check
from wanjia.planning.allocation.explain import explain_claimant, explain_lot, nearest_outside
from wanjia.planning.allocation.problem import from_rows
from wanjia.planning.allocation.replan import replan
from wanjia.planning.allocation.solve import solve
from wanjia.planning.allocation.tests.worlds import few, judged
from wanjia.planning.allocation.worlds import invented_rows


@pytest.mark.parametrize("ratio", [0.8, 1.2])
def test_replan_after_one_percent_changed_reaches_the_gap_and_leaves_most_alone(ratio):
    lot, score, places = invented_rows(60_000, 400, ratio, seed=4, k=12)
    last = solve(from_rows(lot, score, places), keep=True)
    changed = np.random.default_rng(1).choice(60_000, 600, replace=False)
    lot[changed], score[changed] = lot[changed[::-1]], score[changed[::-1]]
    problem = from_rows(lot, score, places)
    plan = replan(problem, last, changed)
    judged(problem, plan, 1e-3)
    assert plan.words == "re-planned from the last prices"
    assert (plan.choice != last.choice).mean() < 0.05
    assert plan.bids < 12_000


def test_replan_after_places_are_withdrawn():
    lot, score, places = invented_rows(30_000, 300, 0.8, seed=4, k=12)
    last = solve(from_rows(lot, score, places), keep=True)
    places[:3] = 0
    problem = from_rows(lot, score, places)
    plan = replan(problem, last, np.zeros(0, int))
    judged(problem, plan, 1e-3)


def test_the_old_plan_is_refused_once_the_places_are_gone():
    lot, score, places = invented_rows(2000, 40, 0.8, seed=4, k=12)
    last = solve(from_rows(lot, score, places))
    places[:3] = 0
    assert not check(from_rows(lot, score, places), last).valid


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
    lot, score, places = invented_rows(2000, 40, 0.8, k=12)
    problem = from_rows(lot, score, places)
    plan = solve(problem, exact=True)
    for i in range(0, 2000, 97):
        assert all(option.short_by >= 0 for option in explain_claimant(problem, plan, i))
        best = max([0.0] + [o.surplus for o in explain_claimant(problem, plan, i, 12)])
        held = [o.surplus for o in explain_claimant(problem, plan, i) if o.held] or [0.0]
        assert held[0] == pytest.approx(best)
