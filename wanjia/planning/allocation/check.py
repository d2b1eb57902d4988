"""The referee: recompute value, bound and every rule from the problem and the plan alone.

Plain numpy in whole numbers, no code shared with the solver. Weak duality is the bound: for any prices >= 0 and any
multipliers >= 0 no plan keeping the places and floors is worth more than
    sum_i max(0, max_j s_ij + w_i - p_j) + sum_j places_j p_j - sum_g multiplier_g least_g,
with w_i the multipliers of i's groups. Families are left out of it, which can only raise it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from wanjia.planning.allocation.problem import Problem
from wanjia.planning.arrays import Array

FINE = 4096  # the referee's money: score steps / 4096
CHUNK = 1 << 22  # edges at a time


class Judged(Protocol):
    """What the referee reads of a plan; `multiplier`, where it has one, beside it."""

    @property
    def choice(self) -> ArrayLike: ...
    @property
    def price(self) -> ArrayLike: ...
    @property
    def value(self) -> float: ...
    @property
    def bound(self) -> float: ...


@dataclass(frozen=True)
class Finding:
    """What the referee found. value, bound in yuan; gap between them; breaches: one sentence each, empty when valid."""

    value: float
    bound: float
    gap: float
    breaches: tuple[str, ...]

    @property
    def valid(self) -> bool:
        """Tell whether no rule is broken and the plan's own figures are right."""
        return not self.breaches


def check(problem: Problem, plan: Judged) -> Finding:
    """Judge a plan. problem: Problem; plan: anything with choice, price, value, bound and multiplier."""
    choice = np.asarray(plan.choice)
    price = np.asarray(plan.price, dtype=np.float64)
    found = _shape_breaches(problem, choice, price)
    if found:
        return Finding(0.0, 0.0, 1.0, tuple(found))
    value, missing = _value(problem, choice)
    found += [f"claimant {i} holds lot {choice[i]}, for which there is no edge" for i in missing[:20]]
    found += _places(problem, choice) + _rules(problem, choice)
    bound = _bound(problem, price, tuple(getattr(plan, "multiplier", ())))
    if abs(value - plan.value) > 1e-6 * max(1.0, abs(value)):
        found.append(f"the plan says it is worth {plan.value}, it is worth {value}")
    if bound > plan.bound + 1e-6 * max(1.0, abs(bound)):
        found.append(f"the plan claims the bound {plan.bound}, its prices only prove {bound}")
    if value > bound + 1e-6 * max(1.0, abs(bound)):
        found.append(f"the value {value} is above the bound {bound}: one of them is wrong")
    gap = (bound - value) / bound if bound > 0 else 0.0
    return Finding(value, bound, gap, tuple(found))


def _shape_breaches(problem: Problem, choice: Array, price: Array) -> list[str]:
    n, m = problem.n_claimants, problem.n_lots
    if choice.shape != (n,) or not np.issubdtype(choice.dtype, np.integer):
        return [f"choice must be {n} whole numbers"]
    if price.shape != (m,) or not np.isfinite(price).all() or (price < 0).any():
        return [f"price must be {m} finite numbers, none negative"]
    wrong = np.flatnonzero((choice < -1) | (choice >= m))
    return [f"claimant {i} holds lot {choice[i]}, which does not exist" for i in wrong[:20]]


def _rows(problem: Problem) -> Iterator[tuple[int, int, Array, Array, Array]]:
    """Yield (first claimant, one past the last, row of each edge, lots, scores) in chunks."""
    n = problem.n_claimants
    starts = problem.starts()
    lo = 0
    while lo < n:
        hi = int(np.searchsorted(starts, starts[lo] + CHUNK, side="right")) - 1
        hi = min(n, max(hi, lo + 1))
        a, b = int(starts[lo]), int(starts[hi])
        row = np.repeat(np.arange(hi - lo), np.diff(starts[lo : hi + 1]))
        yield lo, hi, row, problem.lot[a:b].astype(np.int64), problem.score[a:b].astype(np.int64)
        lo = hi


def _value(problem: Problem, choice: Array) -> tuple[float, Array]:
    steps, missing = 0, []
    for lo, hi, row, lot, score in _rows(problem):
        mine = choice[lo:hi][row] == lot
        steps += int(score[mine].sum())
        has = np.zeros(hi - lo, bool)
        has[row[mine]] = True
        missing.append(lo + np.flatnonzero((choice[lo:hi] >= 0) & ~has))
    if problem.promised is not None and problem.change_cost is not None:
        broken = (problem.promised >= 0) & (choice != problem.promised)
        steps -= int(problem.change_cost[broken].sum())
    return steps * problem.unit, np.concatenate(missing)


def _places(problem: Problem, choice: Array) -> list[str]:
    held = np.bincount(choice[choice >= 0], minlength=problem.n_lots)
    over = np.flatnonzero(held > problem.places)
    return [f"lot {j} has {problem.places[j]} places and holds {held[j]} claimants" for j in over[:20]]


def _rules(problem: Problem, choice: Array) -> list[str]:
    found = []
    for g, floor in enumerate(problem.floors):
        placed = int((choice[np.asarray(floor.members)] >= 0).sum())
        if placed < floor.least:
            found.append(f"floor {g} {floor.name}: {placed} placed, at least {floor.least} asked")
    for f, family in enumerate(problem.together):
        sites = {-1 if choice[i] < 0 else int(choice[i] if problem.site is None else problem.site[choice[i]]) for i in family}
        if len(sites) > 1:
            found.append(f"family {f} {list(family)} is spread over sites {sorted(sites)}")
    if problem.locked is not None:
        moved = np.flatnonzero((problem.locked != -2) & (choice != problem.locked))
        found += [f"claimant {i} is locked to {problem.locked[i]} and holds {choice[i]}" for i in moved[:20]]
    return found


def _bound(problem: Problem, price: Array, multiplier: tuple[float, ...]) -> float:
    n = problem.n_claimants
    # prices may be rounded to the referee's money at will: weak duality holds at any price
    money = np.rint(price / problem.unit * FINE).astype(np.int64)
    bonus = np.zeros(n, np.int64)
    total = 0
    for floor, weight in zip(problem.floors, multiplier, strict=True) if multiplier else ():
        w = round(weight / problem.unit * FINE)
        assert w >= 0, "a negative multiplier proves nothing"
        bonus[np.asarray(floor.members)] += w
        total -= w * floor.least
    promised = problem.promised
    for lo, hi, row, lot, score in _rows(problem):
        worth = score * FINE - money[lot]
        stay = np.zeros(hi - lo, np.int64)
        if promised is not None and problem.change_cost is not None:
            cost = np.where(promised[lo:hi] >= 0, problem.change_cost[lo:hi], 0) * FINE
            worth = worth - np.where(lot == promised[lo:hi][row], 0, cost[row])
            stay = -cost
        worth = worth + bonus[lo:hi][row]
        if problem.locked is not None:
            lock = problem.locked[lo:hi]
            worth = np.where((lock[row] == -2) | (lock[row] == lot), worth, np.iinfo(np.int64).min // 2)
            stay = np.where(lock >= 0, np.iinfo(np.int64).min // 2, stay)
        best = stay
        np.maximum.at(best, row, worth) if problem.width == 0 else _row_max(best, worth, problem.width)
        total += int(best.sum())
    total += int((money * problem.places.astype(np.int64)).sum())
    return total / FINE * problem.unit


def _row_max(best: Array, worth: Array, width: int) -> None:
    np.maximum(best, worth.reshape(-1, width).max(1), out=best)
