"""Small worlds and exhaustive search for the allocation tests."""

from itertools import product

import numpy as np

from wanjia.planning.allocation.check import check
from wanjia.planning.allocation.problem import from_edges, from_rows
from wanjia.planning.allocation.worlds import invented_rows


def judged(problem, plan, gap=None):
    """Return the referee's finding; fail on any breach."""
    found = check(problem, plan)
    assert found.valid, found.breaches
    if gap is not None:
        assert found.gap <= gap + 1e-9
    return found


def rows(n=600, m=30, k=8, ratio=0.8, seed=0, kind="plain"):
    """Return a problem of equal rows."""
    return from_rows(*invented_rows(n, m, ratio, seed, k, kind))


def few(draw_edges, n, m, places):
    """Return a problem from {(claimant, lot): score}."""
    pairs = sorted(draw_edges)
    owner, lot = (np.array(x) for x in zip(*pairs, strict=True))
    return from_edges(owner, lot, np.array([draw_edges[p] for p in pairs]), places, n)


def best_by_search(problem):
    """Return the best value of all plans that keep every rule, None when there is none. For a handful of claimants."""
    options = []
    for i in range(problem.n_claimants):
        a, b = problem.span(i)
        lock = -2 if problem.locked is None else problem.locked[i]
        mine = [(-1, 0)] + [(int(problem.lot[e]), int(problem.score[e])) for e in range(a, b)]
        options.append([(j, s) for j, s in mine if lock in (-2, j)])
    best = None
    for picks in product(*options):
        choice = [j for j, _ in picks]
        if not _keeps(problem, choice):
            continue
        value = sum(s for _, s in picks)
        if problem.promised is not None:
            value -= sum(
                int(problem.change_cost[i]) for i, j in enumerate(choice) if problem.promised[i] >= 0 and j != problem.promised[i]
            )
        best = value if best is None else max(best, value)
    return best


def _keeps(problem, choice):
    if any(choice.count(j) > problem.places[j] for j in set(choice) - {-1}):
        return False
    if any(sum(choice[i] >= 0 for i in f.members) < f.least for f in problem.floors):
        return False
    site = range(problem.n_lots) if problem.site is None else problem.site
    return all(len({-1 if choice[i] < 0 else site[choice[i]] for i in family}) <= 1 for family in problem.together)
