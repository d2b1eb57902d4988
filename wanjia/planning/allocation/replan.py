"""Plan again after a small change, from the last prices and the last choices.

Those whose rows changed, and those whom the changed prices of emptied lots tempt away, bid again among everybody's standing
bids; the rest keep what they hold. The bound is exact: a short list proves its row's best value while no price is below the
one it was written at, by more than the margin added to its theta; rows it cannot prove are read.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numba import njit
from numpy.typing import ArrayLike

from wanjia.planning.allocation import core as engine
from wanjia.planning.allocation import kernels, levels, sweeps
from wanjia.planning.allocation.core import Core, Hands
from wanjia.planning.allocation.kernels import CLOSED, _best_two, _span, push
from wanjia.planning.allocation.plain import Plan, core_of, plan_in_yuan, solve_plain
from wanjia.planning.allocation.problem import Problem
from wanjia.planning.allocation.standing import Kept, no_bids, standing
from wanjia.planning.arrays import Array, int64
from wanjia.planning.contract import Control

ROUNDS = 4


@njit(cache=True, nogil=True)
def let_go(changed: Array, choice: Array, base: Array, size: Array, heap: Array) -> None:
    """Take the changed out of the heaps; the order of each heap is mended."""
    for i in changed:
        j = choice[i]
        if j < 0:
            continue
        h = base[j]
        s = size[j] - 1
        for k in range(s + 1):
            if heap[h + k] & 0xFFFFFFFF == i:
                size[j] = s
                if k < s:
                    key = heap[h + s]
                    p = k
                    while True:
                        c = 2 * p + 1
                        if c >= s:
                            break
                        if c + 1 < s and heap[h + c + 1] < heap[h + c]:
                            c += 1
                        if heap[h + c] >= key:
                            break
                        heap[h + p] = heap[h + c]
                        p = c
                    heap[h + p] = key
                    push(heap, h, p, key)
                break
        choice[i] = -1


@njit(cache=True, nogil=True)
def short_dual(
    ids: Array,
    start: Array,
    width: int,
    lot: Array,
    score: Array,
    mul: int,
    shift: int,
    mask: int,
    price: Array,
    short: Array,
    fallen: int,
) -> int:
    """Return the claimants' part of the dual; `fallen`: how far any price is below the one the short lists were written at."""
    total = int64(0)
    for i in ids:
        v1, _, _, _ = _best_two(short[i], price, mul, shift, mask)
        if v1 < short[i, 0] + fallen and short[i, 0] + fallen > 0:
            a, b = _span(start, width, i)
            for e in range(a, b):
                v1 = max(v1, int64(score[e]) * mul - price[lot[e]])
        total += max(v1, 0)
    return total


@njit(cache=True, nogil=True)
def short_value(
    ids: Array, start: Array, width: int, lot: Array, score: Array, shift: int, mask: int, short: Array, choice: Array
) -> int:
    """Return the value of the choice in score steps, from the short lists where they hold it."""
    total = int64(0)
    for i in ids:
        c = int64(choice[i])
        if c < 0:
            continue
        found = False
        for k in range(1, 5):
            edge = int64(short[i, k])
            if edge >= 0 and edge >> shift == c:
                total += edge & mask
                found = True
                break
        if not found:
            a, b = _span(start, width, i)
            for e in range(a, b):
                if lot[e] == c:
                    total += score[e]
                    break
    return total


def replan(
    problem: Problem,
    last: Plan,
    changed: ArrayLike,
    *,
    gap: float = 1e-3,
    time_limit: float | None = None,
    seed: int = 0,
    threads: int = 1,
    cancel: Callable[[], bool] | None = None,
) -> Plan:
    """Plan `problem` from `last` (solved with keep=True), whose rows `changed` (claimant ids) or places differ.

    The number of claimants and lots must be the same (who left keeps a row, with scores of nought). `last.kept` is used up: for
    the next change solve with keep=True again, in the night. Falls back on a solve from the last prices when the short way does not reach the gap.
    """
    control = Control(time_limit, cancel or (lambda: False))
    if last.kept is None or not problem.plain or len(last.choice) != problem.n_claimants:
        return solve_plain(problem, gap, control, seed, threads, False, last.price, True)
    core = core_of(problem, mul=last.kept.mul)
    hands = Hands(threads)
    run = _Again(core, last, last.kept, np.asarray(changed, np.int32), gap, hands)
    out = run.go(control)
    hands.close()
    if out.gap > gap and not control.should_stop():
        return solve_plain(problem, gap, control, seed, threads, False, run.price / core.mul * problem.unit, True)
    return replace(plan_in_yuan(problem, core, out, control), words="re-planned from the last prices")


class _Again:
    """One re-planning."""

    def __init__(self, core: Core, last: Plan, kept: Kept, changed: Array, gap: float, hands: Hands) -> None:
        self.core, self.changed, self.gap, self.hands = core, changed, gap, hands
        self.kept = kept
        self.price = np.where(core.places > 0, np.minimum(kept.price, CLOSED - 1), CLOSED).astype(np.int32)
        self.choice = last.choice.astype(np.int32)
        self.top = last.value / max(1, int((last.choice >= 0).sum())) * core.mul

    def go(self, control: Control) -> levels.Outcome:
        """Let the changed bid, then lower the prices of emptied lots a little, until the gap is reached."""
        core = self.core
        engine.fill(core, self.hands, self.changed, self.price, self.kept.short)
        eps = max(1, int(self.gap * self.top))
        out = levels.Outcome(self.choice, self.price.copy(), short=self.kept.short)
        base, size, heap = no_bids(core)
        queue = np.empty(len(core.ids), np.int32)
        for k in range(ROUNDS):
            if k == 0 and len(self.kept.heap) == len(heap) and (np.diff(base) >= self.kept.size).all():
                size, heap = self.kept.size.copy(), self.kept.heap.copy()
                let_go(self.changed, self.choice, base, size, heap)
                queue[: len(self.changed)] = self.changed
                waiting = len(self.changed)
            else:
                if k == 0:
                    self.choice[self.changed] = -1
                waiting = self.stand(eps, base, size, heap, queue)
            self.round(eps, base, size, heap, queue, waiting, out)
            out.rounds.append({"round": "again", "gap": out.gap, "bids": out.bids, "seconds": control.elapsed()})
            if out.gap <= self.gap or control.should_stop():
                break
            empty = np.maximum(core.places - size, 0)
            cut = 0.01 * 2**k * self.top * np.sqrt(empty / np.maximum(core.places, 1))
            self.price = np.where(core.places > 0, np.maximum(self.price - cut, 0), CLOSED).astype(np.int32)
            size[:] = 0
        return out

    def stand(self, eps: int, base: Array, size: Array, heap: Array, queue: Array) -> int:
        """Enter the standing bids; return how many let go."""
        c = self.core
        return standing(
            c.ids, *c.edges, c.mul, c.shift, c.mask, self.price, self.kept.short, self.choice, base, size, heap, eps, eps, queue,
        )  # fmt: skip

    def round(self, eps: int, base: Array, size: Array, heap: Array, queue: Array, waiting: int, out: levels.Outcome) -> None:
        """Bid, certify; fill up what is empty only if the gap asks for it."""
        c, tally, short = self.core, np.zeros(2, np.int64), self.kept.short
        kernels.auction(
            queue, waiting, c.source, c.mul, c.shift, c.mask, self.price, base, size, heap, short, c.outside, eps,
            20 * len(c.ids), tally,
        )  # fmt: skip
        out.bids += int(tally[0])
        self.choice = np.full(c.n, -1, np.int32)
        sweeps.read_choices(base, size, heap, self.choice)
        fallen = int(np.maximum(self.kept.price.astype(np.int64) - self.price, 0)[c.places > 0].max(initial=0))
        bound = short_dual(c.ids, *c.edges, c.mul, c.shift, c.mask, self.price, short, fallen)
        bound += int((c.places * self.price.astype(np.int64))[c.places > 0].sum())
        if bound < out.bound:
            out.price, out.bound = self.price.copy(), bound
        self.take(self.choice, out)
        if out.gap > self.gap:
            choice, free = self.choice.copy(), c.places - size
            c.place_rest(choice, free, self.price, self.hands)
            self.take(choice, out)

    def take(self, choice: Array, out: levels.Outcome) -> None:
        """Keep the choice if it is the best so far."""
        c = self.core
        money = short_value(c.ids, *c.edges, c.shift, c.mask, self.kept.short, choice) * c.mul
        if money > out.money:
            out.choice, out.money = choice, money
