"""Solve without rules beyond places: by the peer when the problem is small, else by the auction, proven where it can be."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from wanjia.planning.allocation import core as engine
from wanjia.planning.allocation import exact as proofs
from wanjia.planning.allocation import levels, merge
from wanjia.planning.allocation.core import NO_OUTSIDE, Core, Hands, money_per_step
from wanjia.planning.allocation.kernels import CLOSED
from wanjia.planning.allocation.problem import Problem
from wanjia.planning.allocation.standing import Kept, standing_bids
from wanjia.planning.arrays import Array
from wanjia.planning.contract import Control

SMALL = 20_000  # claimants: below this every plain problem is solved to proven optimality


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
    plan = plan_in_yuan(problem, core, out, control)
    if prove:
        plan = _prove(problem, core, out, plan, control)
    if group is not None:
        plan = replace(plan, choice=merge.split(plan.choice, group, whole.places), price=plan.price[group])
    elif keep:
        plan = replace(plan, kept=standing_bids(core, out.price, plan.choice, out.short, threads))
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


def plan_in_yuan(problem: Problem, core: Core, out: levels.Outcome, control: Control) -> Plan:
    scale = problem.unit / core.mul
    reached = "" if not control.should_stop() else "stopped: the best plan so far, with its true gap"
    return Plan(
        choice=out.choice, price=np.where(core.places > 0, out.price * scale, core.top * problem.unit),
        value=out.money * scale, bound=out.bound * scale, gap=out.gap, rounds=len(out.rounds), bids=out.bids,
        seconds=control.elapsed(), history=tuple(out.rounds), stopped=control.should_stop(), words=reached,
    )  # fmt: skip


def _prove(problem: Problem, core: Core, out: levels.Outcome, plan: Plan, control: Control) -> Plan:
    if control.should_stop():
        return replace(plan, words="not proven: stopped before the proof; the gap stands")
    control.progress(0.95, "proof")
    choice = out.choice.copy()
    proven, price, cycles = proofs.prove_from(core, choice, out.price, control.remaining())
    value = engine.value_steps(core, Hands(1), choice) * problem.unit
    if not proven:
        if value > plan.value:
            plan = replace(plan, choice=choice, value=value)
        gap = (plan.bound - plan.value) / plan.bound if plan.bound else 0.0
        return replace(plan, gap=gap, words="not proven in the time: the gap stands", seconds=control.elapsed())
    return replace(
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
