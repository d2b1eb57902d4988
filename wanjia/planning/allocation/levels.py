"""From prices of a small sample to the plan of everybody.

The order of work (sampling after Bertsekas & Castañón's scaling idea; Newton on the dual of a transportation problem as in
Bertsekas, Hosein & Tseng, "Relaxation methods for network flow problems", SIAM J. Control Optim. 25, 1987, taken jointly):

1. an auction among 1/64 of the claimants for 1/64 of the places gives rough prices in some hundredths of the time;
2. at 1/16, 1/4 and at last for all: write short lists at the prices so far, take Newton steps on the prices until demand
   meets places nearly everywhere, go a little below (`margin`), and let everybody bid: about 1.2 bids a claimant remain;
3. the certificate; while the gap is above the wish and time remains, mend the prices of lots that found too few takers, and
   repeat 2 with fresh lists and more margin, or, where Newton steps say nothing, from lower prices.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from wanjia.planning.allocation import core as engine
from wanjia.planning.allocation import kernels, sweeps
from wanjia.planning.allocation.blocks import BLOCK, Blocks
from wanjia.planning.allocation.core import Hands, Workable
from wanjia.planning.allocation.kernels import CLOSED
from wanjia.planning.arrays import Array
from wanjia.planning.contract import Control

SMALLEST_SAMPLE = 2_500
NEWTON_STEPS = 6
SLICE = 1 << 20  # bids between two questions whether to stop
WAR, WAR_ALIKE = 4, 30  # bids a claimant after which eps is doubled; among equal lots a bid costs little
DROP = 6  # by how many eps prices fall at least before a further round among equal lots


@dataclass
class Outcome:
    """The best plan and the best prices so far (they need not be of the same round)."""

    choice: Array
    price: Array
    short: Array
    money: int = -(1 << 62)
    bound: int = 1 << 62
    bids: int = 0
    rows: int = 0
    rounds: list[dict[str, Any]] = field(default_factory=list)

    @property
    def gap(self) -> float:
        """Return (bound - money) / bound, 0 for an empty bound."""
        return (self.bound - self.money) / self.bound if self.bound > 0 else 0.0


class Levels:
    """The state shared by the rounds of one run."""

    def __init__(self, core: Workable, gap: float, control: Control, seed: int, hands: Hands) -> None:
        self.core, self.wish, self.control, self.hands = core, gap, control, hands
        self.random = np.random.default_rng(seed)
        self.alike = core.alike
        self.price = engine.closed_prices(core)
        self.short = core.new_short()
        self.top = self.slack = 1.0
        self.out = Outcome(np.full(core.n, -1, np.int32), self.price.copy(), short=self.short)

    # What asks the claimants: where they are elsewhere (`shard_market`), these go there.

    def fill(self, ids: Array) -> None:
        """Write the short lists of ids at the prices of now."""
        engine.fill(self.core, self.hands, ids, self.price, self.short)

    def demand(self, ids: Array, bandwidth: int) -> tuple[Array, Array, float]:
        """Return (wanted, near, mean slack) at the prices of now: see sweeps.demand."""
        return engine.demand(self.core, self.hands, ids, self.price, self.short, bandwidth)

    def best_scores(self, ids: Array) -> tuple[int, int]:
        """Return the sum of the best scores on the short lists of ids, and how many have one."""
        best = self.short[ids, 1].astype(np.int64)
        best = best[best >= 0] & self.core.mask
        return int(best.sum()), len(best)

    def dual(self) -> int:
        """Return the bound that the prices of now prove, in money."""
        return engine.bound_money(self.core, self.hands, self.price)

    def value(self, choice: Array) -> int:
        """Return the sum of the chosen pairs' scores."""
        return engine.value_steps(self.core, self.hands, choice)

    def scores(self, ids: Array, choice: Array) -> Array:
        """Return the score of each of ids at the lot he holds, int64."""
        worth = np.empty(len(ids), np.int64)
        sweeps.scores(ids, self.core.source, choice, worth)
        return worth

    # The order of the work.

    def sample(self, stride: int) -> Array:
        """Return one claimant of every `stride` neighbours: files are ordered by village."""
        ids = self.core.ids
        if stride == 1:
            return ids
        block = np.arange(len(ids) // stride, dtype=np.int64)
        picked: Array = ids[block * stride + self.random.integers(0, stride, len(block))]
        return picked

    def places_for(self, stride: int) -> Array:
        """Return the sample's share of the places, rounded up or down by chance."""
        if stride == 1:
            return self.core.places
        return np.floor(self.core.places / stride + self.random.random(len(self.core.places))).astype(np.int64)

    def start(self, stride: int) -> None:
        """Find first prices by a plain auction in the smallest sample."""
        ids = self.sample(stride)
        self.fill(ids)
        _, _, self.slack = self.demand(ids, 1)
        self.scale(ids)
        self.level(stride, ids, self.eps, newton=0, margin=0.0, war=8)

    def warm(self, price: ArrayLike) -> None:
        """Begin from known prices instead of a sample."""
        open_lots = self.core.places > 0
        self.price[open_lots] = np.minimum(np.asarray(price)[open_lots], engine.TOP_MONEY * 2)
        ids = self.sample(max(1, len(self.core.ids) // SMALLEST_SAMPLE))
        self.fill(ids)
        _, _, self.slack = self.demand(ids, 1)
        self.scale(ids)

    def scale(self, ids: Array) -> None:
        """Learn what money means here: the mean best score, and a first eps."""
        total, count = self.best_scores(ids)
        self.top = total / count * self.core.mul if count else 1.0
        self.eps = max(1, int(self.slack / 12), int(self.top / 256))

    def level(self, stride: int, ids: Array, eps: int, newton: int, margin: float, war: int = 0, listed: bool = True, relist: bool = False) -> tuple[Array, Array, Array]:
        """Take Newton steps and hold one auction among ids; leave prices behind. Returns (base, size, heap)."""
        if not listed:
            self.fill(ids)
        places = self.places_for(stride)
        if newton:
            self.newton(stride, ids, newton, margin, relist)
        base = np.concatenate([[0], np.cumsum(places)]).astype(np.int64)
        size = np.zeros(len(places), np.int32)
        heap = np.empty(base[-1], np.int64)
        self.bid(ids, eps, base, size, heap, war or (WAR_ALIKE if self.alike else WAR), stride)
        untried = (places == 0) & (self.core.places > 0)
        if stride > 1:
            if untried.any():
                self.guess(ids, untried)
            self.price = self.core.smooth(self.price)
        return base, size, heap

    def guess(self, ids: Array, untried: Array) -> None:
        """Price the lots that got no place in the sample."""
        self.price[untried] = CLOSED
        guess = self.core.guess(ids, self.price, self.short, untried, self.hands)
        self.price[untried] = guess[untried]

    def newton(self, stride: int, ids: Array, steps: int, margin: float, relist: bool) -> None:
        """Move prices until demand meets places, by diagonal Newton steps with momentum, then lower them by `margin`."""
        target = self.core.places / stride
        open_lots = self.core.places > 0
        slack, last = max(self.slack, self.eps), 0.0
        reach = slack / 4
        for k in range(steps):
            if self.control.should_stop():
                return
            if relist and k == steps - 3:
                self.fill(ids)
                last = 0.0
            h = max(1, int(reach))
            wanted, near, slack = self.demand(ids, h)
            slack = max(slack, self.eps)
            mean = near.sum() / max(1.0, target.sum()) / (2 * h)
            slope = np.maximum(near / (2 * h), np.maximum(0.3 * mean * target, 0.1 * mean)) + 1e-12
            if k == steps - 1:
                break
            step = np.clip((wanted - target) / slope + 0.5 * last, -slack, slack)
            last = np.maximum(step, -self.price)
            self.price[open_lots] += last[open_lots].astype(np.int32)
            reach = max(reach / 2, slack / 20)
        lower = np.minimum((1 + 0.3 * np.sqrt(target)) / slope * margin, 2 * slack)
        self.price[open_lots] = np.maximum(self.price - lower, 0)[open_lots].astype(np.int32)

    def bid(self, ids: Array, eps: int, base: Array, size: Array, heap: Array, war: int, stride: int) -> None:
        """Hold the auction to its end, or until told to stop. Long price wars are shortened by a larger eps."""
        c, tally = self.core, np.zeros(2, np.int64)
        queue, waiting, since = ids[::-1].copy(), len(ids), 0
        state = (self.price, base, size, heap, self.short, c.outside)
        two = Blocks(self.hands) if self.hands.threads > 1 and len(ids) > 4 * BLOCK else None
        c.renew(self.price)
        while waiting and not self.control.should_stop():
            before = tally[0]
            if two and waiting > BLOCK // 4:
                waiting = two.round(c, self.price, self.short, queue, waiting, eps, base, size, heap, tally)
            else:
                waiting = kernels.auction(
                    queue, waiting, c.source, c.mul, c.shift, c.mask, *state, int(eps), min(SLICE, war * len(ids)), tally
                )
            since += tally[0] - before
            if waiting and since >= war * len(ids):
                eps, since = eps * 2, 0
                if stride == 1 and self.take_stock(base, size, heap) <= self.wish:
                    break
        self.out.bids += int(tally[0])
        self.out.rows += int(tally[1])

    def take_stock(self, base: Array, size: Array, heap: Array) -> float:
        """Read the plan, give away what is left, certify; keep the best of each. Returns the gap."""
        c, out = self.core, self.out
        choice = np.full(c.n, -1, np.int32)
        sweeps.read_choices(base, size, heap, choice)
        held, free = choice >= 0, c.places - size
        empty = free > 0
        c.place_rest(choice, free, self.price, self.hands)
        self.late = _Late(choice, np.flatnonzero((choice >= 0) & ~held), empty, free > 0)
        money = self.value(choice) * c.mul
        if c.outside.size > 1:
            stays = c.ids[choice[c.ids] < 0]
            money += int(c.outside[stays].astype(np.int64).sum())
        self.note(self.dual())
        if money > out.money:
            out.choice, out.money = choice, money
        return out.gap

    def note(self, bound: int) -> None:
        """Keep these prices if they prove more."""
        if bound < self.out.bound:
            self.out.price, self.out.bound = self.price.copy(), bound

    def mend(self) -> None:
        """Lower the price of each lot that found too few takers to what its late comers gave, to nought if places are left."""
        c, late = self.core, self.late
        worth = self.scores(late.ids, late.choice)
        lowest = np.full(len(c.places), engine.TOP_MONEY * 2, np.int64)
        np.minimum.at(lowest, late.choice[late.ids], worth * c.mul)
        lowest[late.left] = 0
        self.price = np.where(late.empty, np.minimum(self.price, lowest), self.price).astype(np.int32)
        self.note(self.dual())

    def all(self, eps: int, margin: float, relist: bool) -> float:
        """Hold a round of everybody, take stock of it, and mend the prices if it was not good enough. Returns the gap."""
        c, again = self.core, len(self.out.rounds)
        if self.alike and again:  # Newton steps say nothing where everybody is indifferent: a low start lets every lot fill
            drop = max(DROP * 2.0 ** (again - 1) * eps, 4 * self.out.gap * self.top)
            self.price = np.where(c.places > 0, np.maximum(self.price - drop, 0), self.price).astype(np.int32)
            held = self.level(1, c.ids, eps, newton=0, margin=0.0, listed=c.alike)
        else:
            held = self.level(1, c.ids, eps, NEWTON_STEPS, margin, listed=False, relist=relist)
        self.take_stock(*held)
        if self.out.gap > self.wish and (self.late.empty & (self.price > 0)).any():
            self.mend()
        self.out.rounds.append({"round": again + 1, "gap": self.out.gap, "bids": self.out.bids, "seconds": self.control.elapsed()})
        return self.out.gap


@dataclass
class _Late:
    """Who took a place only after the auction, at which lots places had been left, and where they still are."""

    choice: Array
    ids: Array
    empty: Array
    left: Array


def run(core: Workable, gap: float, control: Control, seed: int, threads: int, price: ArrayLike | None = None) -> Outcome:
    """Find a plan within `gap` of the bound, or the best in the time. `price`: last known prices (money), to start from."""
    hands = Hands(threads)
    try:
        return hold(Levels(core, gap, control, seed, hands), gap, control, price)
    finally:
        hands.close()


def hold(levels: Levels, gap: float, control: Control, price: ArrayLike | None = None) -> Outcome:
    """Do the work of `run` on levels that stand ready."""
    n = len(levels.core.ids)
    strides = [s for s in (256, 64, 16, 4) if n // s >= SMALLEST_SAMPLE] if price is None else []
    if price is None:
        levels.start(strides[0] if strides else 1)
    else:
        levels.warm(price)
    for k, stride in enumerate(strides[1:]):
        if not control.should_stop():
            control.progress(0.05 + 0.1 * k, f"sample 1/{stride}")
            levels.level(stride, levels.sample(stride), levels.eps, newton=4, margin=2.0, listed=False)
    eps = max(1, min(levels.eps if levels.alike else levels.eps // 2, int((3 if levels.alike else 8) * gap * levels.top)))
    margin, stale = 3.0, 0
    relist = gap < 3e-4 or n < 300_000 or levels.alike  # a second look at every row: a fifth more time, a third of the gap
    for k in range(15):
        control.progress(min(0.9, 0.3 + 0.1 * k), f"round {k + 1}")
        before = levels.out.gap
        if levels.all(eps, margin, relist) <= gap or control.should_stop():
            break
        stale = stale + 1 if levels.out.gap > 0.7 * before else 0
        if stale >= 5:
            break
        eps, margin, relist = max(1, eps * 4 // 5 if levels.alike else eps // 3), margin * 2, True
        if stale and not levels.alike:
            levels.alike, eps = True, max(1, int(3 * gap * levels.top))
    control.progress(1.0, "done")
    return levels.out


def warm_up(core: Workable, stride: int, threads: int) -> None:
    """Turn every corner of a run once, beginning with a sample of 1/stride, so that no kernel is compiled in measured work."""
    run = Levels(core, 0.0, Control(), 0, Hands(threads))
    run.start(stride)
    run.all(1 << 20, 3.0, relist=True)
    run.mend()
    run.hands.close()
