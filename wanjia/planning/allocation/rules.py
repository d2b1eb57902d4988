"""Floors, families, locks and kept promises on top of plain matching.

Locks leave the problem with their places. A promise's cost is a bonus on the promised edge. A floor is priced (Lagrange): its
members bid `multiplier` yuan more until enough are placed; the multiplier is found by bracketing, each step from the last
prices. Families choose a site at the relaxed prices and hold it while the rest is solved again; three rounds, the best kept.
The bound is the dual with multipliers and without families (Fisher, "The Lagrangian relaxation method for solving integer
programming problems", Management Science 27, 1981): the gap is against this relaxed bound.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from wanjia.planning.allocation import core as engine
from wanjia.planning.allocation import kernels, levels
from wanjia.planning.allocation.core import Core, Hands, money_per_step
from wanjia.planning.allocation.families import settle_families
from wanjia.planning.allocation.plain import Plan, core_of
from wanjia.planning.allocation.problem import FREE, Problem
from wanjia.planning.arrays import Array
from wanjia.planning.contract import BadInput, Control

MIP_EDGES = 6_000  # below this branch and bound is asked without being told to
MIP_EXACT = 200_000
BRACKETS = 24
FAMILY_ROUNDS = 3


@dataclass
class Best:
    """The best plan that keeps every rule, and the best bound with the prices and multipliers that prove it."""

    choice: Array | None = None
    value: int = -(1 << 62)
    bound: float = float("inf")
    price: Array = field(default_factory=lambda: np.zeros(0))
    weight: Array = field(default_factory=lambda: np.zeros(0))
    rounds: int = 0
    bids: int = 0


class Ruled:
    """One problem with rules, on its way to a plan."""

    def __init__(self, problem: Problem, gap: float, control: Control, seed: int, threads: int, prices: ArrayLike | None) -> None:
        self.problem, self.gap, self.control, self.seed, self.threads = problem, gap, control, seed, threads
        self.score = _with_promises(problem)
        top = int(self.score.max())
        self.mul = money_per_step(4 * top)
        self.top = top * self.mul
        self.hands = Hands(threads)
        self.best = Best()
        self.price = None if prices is None else np.rint(np.asarray(prices) / problem.unit * self.mul).astype(np.int32)
        self.weight = np.zeros(len(problem.floors), np.int64)  # money

    def value(self, choice: Array) -> int:
        """Return what a whole choice is worth, in score steps."""
        p = self.problem
        steps = engine.value_steps(core_of(p), self.hands, choice)
        if p.promised is not None and p.change_cost is not None:
            steps -= int(p.change_cost[(p.promised >= 0) & (choice != p.promised)].sum())
        return steps

    def bonus(self) -> Array:
        """Return each claimant's share of the multipliers, in money."""
        bonus = np.zeros(self.problem.n_claimants, np.int64)
        for floor, w in zip(self.problem.floors, self.weight, strict=True):
            bonus[np.asarray(floor.members)] += w
        return bonus

    def core(self, fixed: Array) -> Core:
        """Return what is left to solve when `fixed` (n,), FREE or a lot or -1, is set."""
        taken = np.bincount(fixed[fixed >= 0], minlength=self.problem.n_lots)
        outside = np.maximum(-self.bonus(), -(1 << 29)).astype(np.int32) if self.weight.any() else None
        return core_of(
            self.problem, np.flatnonzero(fixed == FREE), self.problem.places - taken, self.score, outside, self.mul
        )

    def bound_of(self, money: int, fixed: Array) -> float:
        """Return the bound in money of the whole problem from that of a core with only locks fixed."""
        p, bonus = self.problem, self.bonus()
        total = float(money) + float(bonus[(fixed == FREE)].sum()) + float(bonus[fixed >= 0].sum())
        total -= float((self.weight * [f.least for f in p.floors]).sum()) if p.floors else 0.0
        held = np.where(fixed >= 0, fixed, -1).astype(np.int32)
        total += engine.value_steps(core_of(p, score=self.score), self.hands, held) * self.mul
        if p.promised is not None and p.change_cost is not None:
            total -= float(p.change_cost[p.promised >= 0].sum()) * self.mul
        return total

    def missing(self, choice: Array) -> Array:
        """Return how many more each floor needs (negative: more than enough)."""
        return np.array([f.least - int((choice[np.asarray(f.members)] >= 0).sum()) for f in self.problem.floors], np.int64)

    def run(self, fixed: Array, bounding: bool) -> Array:
        """Solve what `fixed` leaves, from the last prices; note bound and plan; return the whole choice."""
        core = self.core(fixed)
        out = levels.run(core, self.gap / 2, self.control, self.seed, self.threads, self.price)
        self.price = out.price
        self.best.rounds += len(out.rounds)
        self.best.bids += out.bids
        if bounding:
            bound = self.bound_of(out.bound, fixed)
            if bound < self.best.bound:
                self.best.bound, self.best.price, self.best.weight = bound, out.price.copy(), self.weight.copy()
        return np.where(fixed == FREE, out.choice, np.where(fixed >= 0, fixed, -1)).astype(np.int32)

    def offer(self, choice: Array) -> None:
        """Keep a choice if it keeps every rule and is better."""
        if len(self.problem.floors) and (self.missing(choice) > 0).any():
            return
        value = self.value(choice)
        if value > self.best.value:
            self.best.choice, self.best.value = choice.copy(), value

    def close(self, choice_value: int) -> bool:
        """Tell whether the wished gap is reached."""
        return self.best.bound > 0 and (self.best.bound - choice_value * self.mul) / self.best.bound <= self.gap

    def search(self, fixed: Array, bounding: bool) -> None:
        """Find multipliers under which every floor holds, by bracketing all of them at once."""
        floors = self.problem.floors
        low, high = np.zeros(len(floors), np.int64), np.full(len(floors), -1, np.int64)
        for _ in range((BRACKETS if bounding else 8) if floors else 1):
            choice = self.run(fixed, bounding)
            if floors:
                self.offer(lift(self, choice, fixed))
            self.offer(choice)
            if not floors or self.control.should_stop() or (bounding and self.close(self.best.value)):
                return
            short = self.missing(choice) > 0
            if not short.any() and not self.weight.any():
                return
            low[short], high[~short] = self.weight[short], self.weight[~short]
            guess = np.where(high >= 0, (low + high) // 2, np.maximum(2 * self.weight, self.top // 16))
            if (guess == self.weight).all() or self.weight.max() > 3 * self.top:
                return
            self.weight = np.minimum(guess, 4 * self.top)


def _with_promises(problem: Problem) -> Array:
    """Return the scores with each promise's cost as a bonus on the promised edge."""
    if problem.promised is None or problem.change_cost is None:
        return problem.score
    score = problem.score.astype(np.int32)
    counts = np.full(problem.n_claimants, problem.width) if problem.width else np.diff(problem.start)
    owner = np.repeat(np.arange(problem.n_claimants), counts)
    kept = problem.lot.astype(np.int32) == problem.promised[owner]
    score[kept] += problem.change_cost[owner[kept]].astype(np.int32)
    return score


def lift(ruled: Ruled, choice: Array, fixed: Array) -> Array:
    """Return the choice with unplaced members of short floors put in at the least loss, one after another."""
    problem, out = ruled.problem, choice.copy()
    missing = ruled.missing(out)
    if missing.max() <= 0 or missing.max() > 500:
        return out
    needed = np.zeros(problem.n_claimants, bool)
    for floor in problem.floors:
        needed[np.asarray(floor.members)] = True
    left = problem.places - np.bincount(out[out >= 0], minlength=problem.n_lots)
    cheapest = _cheapest_holders(ruled, out, (fixed == FREE) & ~needed)
    for g, floor in enumerate(problem.floors):
        waiting = [i for i in np.asarray(floor.members) if out[i] < 0 and fixed[i] == FREE]
        for _ in range(max(0, int(ruled.missing(out)[g]))):
            move = _least_loss(ruled, waiting, left, cheapest)
            if move is None:
                break
            i, j = move
            if left[j] > 0:
                left[j] -= 1
            else:
                _, k = cheapest[j].pop()
                out[k] = -1
            out[i] = j
            waiting.remove(i)
    return out


def _cheapest_holders(ruled: Ruled, choice: Array, may_go: Array) -> dict[int, list[tuple[int, int]]]:
    """Return per lot its displaceable holders as (score, claimant), dearest first, so that pop() takes the cheapest."""
    problem, by_lot = ruled.problem, dict[int, list[tuple[int, int]]]()
    for k in np.flatnonzero(may_go & (choice >= 0)).tolist():
        a, b = problem.span(k)
        at = a + int(np.flatnonzero(problem.lot[a:b] == choice[k])[0])
        by_lot.setdefault(int(choice[k]), []).append((int(ruled.score[at]), int(k)))
    for holders in by_lot.values():
        holders.sort(reverse=True)
    return by_lot


def _least_loss(ruled: Ruled, waiting: list[int], left: Array, cheapest: dict[int, list[tuple[int, int]]]) -> tuple[int, int] | None:
    best, move = None, None
    for i in waiting:
        a, b = ruled.problem.span(i)
        for e in range(a, b):
            j = int(ruled.problem.lot[e])
            if left[j] <= 0 and not cheapest.get(j):
                continue
            loss = (0 if left[j] > 0 else cheapest[j][-1][0]) - int(ruled.score[e])
            if best is None or loss < best:
                best, move = loss, (i, j)
    return move


def solve_with_rules(problem: Problem, gap: float, control: Control, seed: int, threads: int, exact: bool, prices: ArrayLike | None = None) -> Plan:
    """Solve with floors, families, locks and promises; see `solve`."""
    ruled = Ruled(problem, gap, control, seed, threads, prices)
    locked = np.full(problem.n_claimants, FREE, np.int32) if problem.locked is None else problem.locked.copy()
    ruled.search(locked, bounding=True)
    relaxed = ruled.best
    if problem.together:
        ruled.best = Best(None, -(1 << 62), relaxed.bound, relaxed.price, relaxed.weight, relaxed.rounds, relaxed.bids)
        for k in range(FAMILY_ROUNDS):
            control.progress(0.6 + 0.1 * k, "families")
            assert ruled.price is not None, "the first search left prices"
            fixed = settle_families(problem, ruled.score, np.asarray(ruled.price / ruled.mul), ruled.bonus() / ruled.mul, locked)
            before = ruled.best.value
            ruled.search(fixed, bounding=False)
            if control.should_stop() or ruled.best.value <= before:
                break
    words, proven = "the gap is against the relaxed bound (floors priced, families apart)", False
    if (exact and problem.n_edges <= MIP_EXACT) or problem.n_edges <= MIP_EDGES:
        words, proven = _branch_and_bound(ruled, control, words)
    elif exact:
        words = "not proven: too many edges for branch and bound with rules; " + words
    ruled.hands.close()
    if ruled.best.choice is None:
        raise _cannot(ruled, locked)
    return _plan(ruled, ruled.best.choice, proven, words, control)


def _branch_and_bound(ruled: Ruled, control: Control, words: str) -> tuple[str, bool]:
    from wanjia.planning.allocation.mip import solve_mip

    choice, proven = solve_mip(ruled.problem, control.remaining())
    if choice is None:
        return "not proven: no time for branch and bound; " + words, False
    ruled.offer(choice)
    if proven:
        return "proven optimal by branch and bound (HiGHS); " + words, True
    return "not proven in the time; " + words, False


def _cannot(ruled: Ruled, locked: Array) -> BadInput:
    for g, floor in enumerate(ruled.problem.floors):
        return BadInput(
            f"floor {g}, field least",
            f"按现有名额、家庭和锁定，无法让这一组至少安排 {floor.least} 人；请降低下限或增加名额。",
            f"with these places, families and locks no plan was found that places {floor.least} of the group: lower it or add places",
        )
    return BadInput("problem", "没有找到满足全部规则的方案。", "no plan keeps every rule")


def _plan(ruled: Ruled, choice: Array, proven: bool, words: str, control: Control) -> Plan:
    best, unit = ruled.best, ruled.problem.unit
    value, bound = best.value * unit, best.bound / ruled.mul * unit
    price = np.where(best.price >= kernels.CLOSED, ruled.top * 2, best.price) / ruled.mul * unit
    control.progress(1.0, "done")
    return Plan(
        choice=choice, price=price, value=value, bound=bound, gap=(bound - value) / bound if bound > 0 else 0.0,
        proven=proven, relaxed=True, stopped=control.should_stop(), words=words, rounds=best.rounds, bids=best.bids,
        seconds=control.elapsed(), multiplier=tuple(float(w) / ruled.mul * unit for w in best.weight),
    )  # fmt: skip
