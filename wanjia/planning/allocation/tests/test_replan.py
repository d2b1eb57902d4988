"""Re-planning from the last prices."""

import numpy as np
import pytest

from wanjia.planning.allocation.check import check
from wanjia.planning.allocation.problem import from_rows
from wanjia.planning.allocation.replan import replan
from wanjia.planning.allocation.solve import solve
from wanjia.planning.allocation.tests.worlds import judged
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
