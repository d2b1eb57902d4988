"""Solve an allocation: the best plan in the time, with a bound that says how far it may be from the best."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from wanjia.planning.allocation import core as engine
from wanjia.planning.allocation import exact as proofs
from wanjia.planning.allocation import levels, merge
from wanjia.planning.allocation.core import NO_OUTSIDE, Core, Hands, money_per_step
from wanjia.planning.allocation.kernels import CLOSED
from wanjia.planning.allocation.problem import FREE, Problem
from wanjia.planning.arrays import Array
from wanjia.planning.contract import Control

SMALL = 20_000  # claimants: below this every plain problem is solved to proven optimality
SILENT: Callable[[float, str], None] = lambda share, words: None  # noqa: E731


@dataclass(frozen=True)
class Kept:
    """What a later re-planning starts from: prices in money, the short lists written at them, everybody's standing bid."""

    price: Array
    short: Array
    mul: int
    size: Array
    heap: Array


@dataclass(frozen=True)
class Plan:
    """Who gets what. choice int32 (n_claimants,), -1 for none; price float64 (n_lots,) yuan; value and bound in yuan.

    gap = (bound - value) / bound: no plan is better by more. relaxed: the bound leaves out families and rounding of floors,
    so the true gap may be smaller. multiplier: yuan added for each floor's members in the bound. proven: nothing is better.
    """

    choice: Array
    price: Array
    value: float
    bound: float
    gap: float
    proven: bool = False
    relaxed: bool = False
    stopped: bool = False
    words: str = ""
    rounds: int = 1
    bids: int = 0
    seconds: float = 0.0
    multiplier: tuple[float, ...] = ()
    history: tuple[dict[str, Any], ...] = ()
    kept: Kept | None = field(default=None, compare=False, repr=False)

    def summary(self) -> dict[str, Any]:
        """Return the figures of the plan, ready for JSON."""
        return {
            "claimants": len(self.choice), "placed": int((self.choice >= 0).sum()), "value": self.value, "bound": self.bound,
            "gap": self.gap, "proven": self.proven, "relaxed": self.relaxed, "stopped": self.stopped, "rounds": self.rounds,
            "bids": self.bids, "words": self.words,
        }  # fmt: skip


def solve(
    problem: Problem,
    *,
    gap: float = 1e-3,
    time_limit: float | None = None,
    seed: int = 0,
    threads: int = 1,
    progress: Callable[[float, str], None] = SILENT,
    cancel: Callable[[], bool] | None = None,
    exact: bool = False,
    prices: ArrayLike | None = None,
    keep: bool = False,
) -> Plan:
    """Return a plan within `gap` of the bound, or the best when time_limit (seconds) is up or `cancel()` says stop.

    The same seed and number of threads give the same plan unless time ran out. exact: prove optimality where it can be;
    `plan.words` says where not. prices: yuan per lot from an earlier plan, to start from. keep: hold what `replan` needs.
    """
    control = Control(time_limit, cancel or (lambda: False), progress)
    if problem.plain:
        return solve_plain(problem, gap, control, seed, threads, exact, prices, keep)
    from wanjia.planning.allocation.rules import solve_with_rules

    return solve_with_rules(problem, gap, control, seed, threads, exact, prices)


def core_of(
    problem: Problem,
    ids: ArrayLike | None = None,
    places: Array | None = None,
    score: Array | None = None,
    outside: Array | None = None,
    mul: int | None = None,
) -> Core:
    """Return the integer core of a problem, or of some of its claimants with what is left of the places."""
    score = problem.score if score is None else score
    lot = problem.lot if score.dtype == np.int16 else problem.lot.astype(np.int32, copy=False)
    n = problem.n_claimants
    left = np.minimum(problem.places if places is None else places, n).astype(np.int64)
    return Core(
        problem.start, problem.width, lot, score, left,
        np.arange(n, dtype=np.int32) if ids is None else np.asarray(ids, np.int32),
        NO_OUTSIDE if outside is None else outside, mul or money_per_step(int(score.max())), n,
    )  # fmt: skip


def solve_plain(
    problem: Problem,
    gap: float,
    control: Control,
    seed: int,
    threads: int,
    exact: bool,
    prices: ArrayLike | None = None,
    keep: bool = False,
) -> Plan:
    """Solve without rules."""
    core = core_of(problem)
    if problem.n_edges <= proofs.PEER_EDGES and not keep:
        return _by_peer(problem, core, control)
    group = merge.equal_lots(*core.edges, core.n, len(core.places))
    whole = core
    if group is not None:
        core = merge.merged(whole, group)
    prove = exact or core.n <= SMALL
    wish = min(gap, proofs.FINE) if prove else gap
    out = levels.run(core, wish, control, seed, threads, _start_prices(prices, core, problem.unit, group))
    plan = _plan(problem, core, out, control)
    if prove:
        plan = _prove(problem, core, out, plan, control)
    if group is not None:
        plan = _replaced(plan, choice=merge.split(plan.choice, group, whole.places), price=plan.price[group])
    elif keep:
        from wanjia.planning.allocation.replan import keep as kept

        plan = _replaced(plan, kept=kept(core, out.price, plan.choice, out.short, threads))
    return plan


def _start_prices(prices: ArrayLike | None, core: Core, unit: float, group: Array | None) -> Array | None:
    if prices is None:
        return None
    money = np.rint(np.asarray(prices, float) / unit * core.mul).clip(0, CLOSED).astype(np.int32)
    if group is not None:
        first = np.zeros(len(core.places), np.int32)
        first[group] = money
        money = first
    return money


def _plan(problem: Problem, core: Core, out: levels.Outcome, control: Control) -> Plan:
    scale = problem.unit / core.mul
    reached = "" if not control.should_stop() else "stopped: the best plan so far, with its true gap"
    return Plan(
        choice=out.choice, price=np.where(core.places > 0, out.price * scale, core.top * problem.unit),
        value=out.money * scale, bound=out.bound * scale, gap=out.gap, rounds=len(out.rounds), bids=out.bids,
        seconds=control.elapsed(), history=tuple(out.rounds), stopped=control.should_stop(), words=reached,
    )  # fmt: skip


def _prove(problem: Problem, core: Core, out: levels.Outcome, plan: Plan, control: Control) -> Plan:
    if control.should_stop():
        return _replaced(plan, words="not proven: stopped before the proof; the gap stands")
    control.progress(0.95, "proof")
    choice = out.choice.copy()
    proven, price, cycles = proofs.prove_from(core, choice, out.price, control.remaining())
    value = engine.value_steps(core, Hands(1), choice) * problem.unit
    if not proven:
        better = {"choice": choice, "value": value} if value > plan.value else {}
        best = max(value, plan.value)
        return _replaced(plan, **better, gap=(plan.bound - best) / plan.bound if plan.bound else 0.0,
                         words="not proven in the time: the gap stands", seconds=control.elapsed())  # fmt: skip
    return _replaced(
        plan, choice=choice, price=price * problem.unit, value=value, bound=value, gap=0.0, proven=True,
        words=f"proven optimal: prices under which everybody holds his best lot; {cycles} improving cycles",
        seconds=control.elapsed(),
    )  # fmt: skip


def _by_peer(problem: Problem, core: Core, control: Control) -> Plan:
    choice = proofs.peer_choice(core)
    proven, price, _ = proofs.prove_from(core, choice, np.zeros(len(core.places), np.int64), 1e6)
    value = engine.value_steps(core, Hands(1), choice) * problem.unit
    bound = engine.bound_money(core, Hands(1), price * core.mul) / core.mul * problem.unit
    control.progress(1.0, "done")
    return Plan(
        choice=choice, price=price * problem.unit, value=value, bound=bound, gap=(bound - value) / bound if bound else 0.0,
        proven=proven, words="proven optimal: flow peer, and prices under which everybody holds his best lot",
        seconds=control.elapsed(),
    )  # fmt: skip


def _replaced(plan: Plan, **changes: Any) -> Plan:
    from dataclasses import replace

    return replace(plan, **changes)


def warm_up(narrow: bool = True, threads: int = 1) -> None:
    """Compile, or load from the cache, every kernel a solve of this kind of edges uses, on a few rows."""
    from wanjia.planning.allocation.problem import from_rows

    random = np.random.default_rng(0)
    lots = np.argsort(random.random((12_000, 40)), axis=1)[:, :6]
    score = random.integers(1, 9_000 if narrow else 90_000, lots.shape)
    places = np.where(np.arange(40) < 20, 1, 400)  # too few for a sample, and some left over: every corner is turned
    tiny = from_rows(lots.astype(np.uint16), score, places)
    solve(tiny, gap=1e-2, threads=threads, exact=True)
    levels.warm_up(core_of(tiny), 4, threads)


__all__ = ["FREE", "Plan", "solve", "warm_up"]
