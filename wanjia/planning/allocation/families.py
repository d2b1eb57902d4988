"""Families choose a site at given prices: all members at one site, or nobody."""

from collections.abc import Iterator

import numpy as np

from wanjia.planning.allocation.problem import FREE, Problem
from wanjia.planning.arrays import Array


def settle_families(problem: Problem, score: Array, price: Array, bonus: Array, locked: Array) -> Array:
    """Return fixed (n,): `locked`, and each family's members at the site they choose (or -1), FREE for all others.

    score (n_edges,) steps; price (n_lots,) and bonus (n,) in steps. Families with most to lose choose first.
    """
    fixed = locked.copy()
    left = problem.places - np.bincount(locked[locked >= 0], minlength=problem.n_lots)
    site = np.arange(problem.n_lots) if problem.site is None else problem.site
    wishes = []
    for family in problem.together:
        options = sorted(_options(problem, family, score, price, bonus, site, locked, left), reverse=True)
        regret = options[0][0] - (options[1][0] if len(options) > 1 else 0.0) if options else 0.0
        wishes.append((regret, family))
    wishes.sort(key=lambda wish: (-wish[0], wish[1]))
    for _, family in wishes:
        options = sorted(_options(problem, family, score, price, bonus, site, locked, left), reverse=True)
        lots = options[0][1] if options and (options[0][0] > 0 or _held(family, locked)) else (-1,) * len(family)
        for i, j in zip(family, lots, strict=True):
            if locked[i] == FREE:
                fixed[i] = j
                if j >= 0:
                    left[j] -= 1
    return fixed


def _held(family: tuple[int, ...], locked: Array) -> bool:
    return any(locked[i] >= 0 for i in family)


def _options(
    problem: Problem, family: tuple[int, ...], score: Array, price: Array, bonus: Array, site: Array, locked: Array, left: Array
) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Yield (surplus, lots of the members) for every site that can take the whole family."""
    if any(locked[i] == -1 for i in family):
        return
    edges = [_by_site(problem, i, score, price, bonus[i], site, locked[i]) for i in family]
    common = set(edges[0]).intersection(*edges[1:]) if edges else set()
    for where in common:
        used: dict[int, int] = {}
        surplus, lots = 0.0, []
        for i, by_site in zip(family, edges, strict=True):
            for worth, j in by_site[where]:
                free = locked[i] == j or left[j] - used.get(j, 0) > 0
                if free:
                    surplus += worth
                    lots.append(j)
                    if locked[i] == FREE:
                        used[j] = used.get(j, 0) + 1
                    break
        if len(lots) == len(family):
            yield surplus, tuple(lots)


def _by_site(
    problem: Problem, i: int, score: Array, price: Array, bonus: float, site: Array, lock: int
) -> dict[int, list[tuple[float, int]]]:
    """Return, per site, the claimant's (worth at these prices, lot), best first."""
    a, b = problem.span(i)
    found: dict[int, list[tuple[float, int]]] = {}
    for e in range(a, b):
        j = int(problem.lot[e])
        if lock in (FREE, j):
            found.setdefault(int(site[j]), []).append((float(score[e]) - float(price[j]) + float(bonus), j))
    for options in found.values():
        options.sort(reverse=True)
    return found
