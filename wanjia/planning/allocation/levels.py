"""From prices of a small sample to the plan of everybody.

The order of work (sampling after Bertsekas & Castañón's scaling idea; Newton on the dual of a transportation problem as in
Bertsekas, Hosein & Tseng, "Relaxation methods for network flow problems", SIAM J. Control Optim. 25, 1987, taken jointly):

1. an auction among 1/64 of the claimants for 1/64 of the places gives rough prices in some hundredths of the time;
2. at 1/16, 1/4 and at last for all: write short lists at the prices so far, take Newton steps on the prices until demand
   meets places nearly everywhere, go a little below (`margin`), and let everybody bid: about 1.2 bids a claimant remain;
3. the certificate; while the gap is above the wish and time remains, write fresh lists and repeat 2 with more margin.
"""

from dataclasses import dataclass, field

import numpy as np

from wanjia.planning.allocation import core as engine
from wanjia.planning.allocation import kernels, sweeps
from wanjia.planning.allocation.core import Core, Hands
from wanjia.planning.allocation.kernels import CLOSED
from wanjia.planning.contract import Control

SMALLEST_SAMPLE = 2_500
BLOCK = 32_768
NEWTON_STEPS = 6
SLICE = 1 << 17  # bids between two sortings of a market's buckets


@dataclass
class Outcome:
    """The best plan and the best prices so far (they need not be of the same round)."""

    choice: np.ndarray
    price: np.ndarray
    money: int = -(1 << 62)
    bound: int = 1 << 62
    bids: int = 0
    rows: int = 0
    rounds: list = field(default_factory=list)
    short: np.ndarray | None = None

    @property
    def gap(self) -> float:
        """Return (bound - money) / bound, 0 for an empty bound."""
        return (self.bound - self.money) / self.bound if self.bound > 0 else 0.0


class Levels:
    """The state shared by the rounds of one run."""

    def __init__(self, core: Core, gap: float, control: Control, seed: int, hands: Hands) -> None:
        self.core, self.wish, self.control, self.hands = core, gap, control, hands
        self.random = np.random.default_rng(seed)
        self.price = engine.closed_prices(core)
        self.short = core.new_short()
        self.top = self.slack = 1.0
        self.out = Outcome(np.full(core.n, -1, np.int32), self.price.copy(), short=self.short)

    def sample(self, stride: int) -> np.ndarray:
        """Return one claimant of every `stride` neighbours: files are ordered by village."""
        ids = self.core.ids
        if stride == 1:
            return ids
        block = np.arange(len(ids) // stride, dtype=np.int64)
        return ids[block * stride + self.random.integers(0, stride, len(block))]

    def places_for(self, stride: int) -> np.ndarray:
        """Return the sample's share of the places, rounded up or down by chance."""
        if stride == 1:
            return self.core.places
        return np.floor(self.core.places / stride + self.random.random(len(self.core.places))).astype(np.int64)

    def start(self, stride: int) -> None:
        """Find first prices by a plain auction in the smallest sample."""
        ids = self.sample(stride)
        engine.fill(self.core, self.hands, ids, self.price, self.short)
        _, _, self.slack = engine.demand(self.core, self.hands, ids, self.price, self.short, 1)
        self.scale(ids)
        self.level(stride, ids, self.eps, newton=0, margin=0.0, war=8)

    def warm(self, price) -> None:
        """Begin from known prices instead of a sample."""
        open_lots = self.core.places > 0
        self.price[open_lots] = np.minimum(np.asarray(price)[open_lots], engine.TOP_MONEY * 2)
        ids = self.sample(max(1, len(self.core.ids) // SMALLEST_SAMPLE))
        engine.fill(self.core, self.hands, ids, self.price, self.short)
        _, _, self.slack = engine.demand(self.core, self.hands, ids, self.price, self.short, 1)
        self.scale(ids)

    def scale(self, ids) -> None:
        """Learn what money means here: the mean best score, and a first eps."""
        best = self.short[ids, 1].astype(np.int64)
        best = best[best >= 0] & self.core.mask
        self.top = float(best.mean()) * self.core.mul if len(best) else 1.0
        self.eps = max(1, int(self.slack / 12), int(self.top / 256))

    def level(self, stride: int, ids, eps: int, newton: int, margin: float, war: int = 4, listed: bool = True, relist: bool = False):
        """Take Newton steps and hold one auction among ids; leave prices behind. Returns (base, size, heap)."""
        if not listed:
            engine.fill(self.core, self.hands, ids, self.price, self.short)
        places = self.places_for(stride)
        if newton:
            self.newton(stride, ids, newton, margin, relist)
        base = np.concatenate([[0], np.cumsum(places)]).astype(np.int64)
        size = np.zeros(len(places), np.int32)
        heap = np.empty(base[-1], np.int64)
        self.bid(ids, eps, base, size, heap, war, stride)
        untried = (places == 0) & (self.core.places > 0)
        if stride > 1:
            if untried.any():
                self.guess(ids, untried)
            self.price = self.core.smooth(self.price)
        return base, size, heap

    def guess(self, ids, untried) -> None:
        """Price the lots that got no place in the sample."""
        self.price[untried] = CLOSED
        guess = self.core.guess(ids, self.price, self.short, untried)
        self.price[untried] = guess[untried]

    def newton(self, stride: int, ids, steps: int, margin: float, relist: bool) -> None:
        """Move prices until demand meets places, by diagonal Newton steps with momentum, then lower them by `margin`."""
        target = self.core.places / stride
        open_lots = self.core.places > 0
        slack, last = max(self.slack, self.eps), 0.0
        reach = slack / 4
        for k in range(steps):
            if self.control.should_stop():
                return
            if relist and k == steps - 3:
                engine.fill(self.core, self.hands, ids, self.price, self.short)
                last = 0.0
            h = max(1, int(reach))
            wanted, near, slack = engine.demand(self.core, self.hands, ids, self.price, self.short, h)
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

    def bid(self, ids, eps: int, base, size, heap, war: int, stride: int) -> None:
        """Hold the auction to its end, or until told to stop. Long price wars are shortened by a larger eps."""
        c, tally = self.core, np.zeros(2, np.int64)
        queue, waiting, since = ids[::-1].copy(), len(ids), 0
        state = (self.price, base, size, heap, self.short, c.outside)
        two = _Blocks(self, len(ids)) if self.hands.threads > 1 and len(ids) > 4 * BLOCK else None
        while waiting and not self.control.should_stop():
            before = tally[0]
            if two and waiting > BLOCK // 4:
                waiting = two.round(queue, waiting, eps, base, size, heap, tally)
            else:
                c.renew(self.price)
                waiting = kernels.auction(
                    queue, waiting, c.source, c.mul, c.shift, c.mask, *state, int(eps), min(SLICE if c.alike else 1 << 20, war * len(ids)), tally
                )
            since += tally[0] - before
            if waiting and since >= war * len(ids):
                eps, since = eps * 2, 0
                if stride == 1 and self.take_stock(base, size, heap) <= self.wish:
                    break
        self.out.bids += int(tally[0])
        self.out.rows += int(tally[1])

    def take_stock(self, base, size, heap) -> float:
        """Read the plan, give away what is left, certify; keep the best of each. Returns the gap."""
        c, out = self.core, self.out
        choice = np.full(c.n, -1, np.int32)
        sweeps.read_choices(base, size, heap, choice)
        self.settle_rest(choice)
        money = engine.value_steps(c, self.hands, choice) * c.mul
        if c.outside.size > 1:
            stays = c.ids[choice[c.ids] < 0]
            money += int(c.outside[stays].astype(np.int64).sum())
        bound = engine.bound_money(c, self.hands, self.price)
        if money > out.money:
            out.choice, out.money = choice, money
        if bound < out.bound:
            out.price, out.bound = self.price.copy(), bound
        return out.gap

    def settle_rest(self, choice) -> None:
        """Give free places to those without one, best score minus price first come first served."""
        c = self.core
        rest = c.ids[choice[c.ids] < 0]
        if len(rest):
            taken = np.bincount(choice[choice >= 0], minlength=len(c.places))
            c.place_rest(choice, c.places - taken, self.price, rest)

    def all(self, eps: int, newton: int, margin: float, relist: bool, words: str) -> float:
        """Hold the round of everybody and take stock of it."""
        base, size, heap = self.level(1, self.core.ids, eps, newton, margin, listed=False, relist=relist)
        gap = self.take_stock(base, size, heap)
        self.out.rounds.append({"round": words, "gap": gap, "bids": self.out.bids, "seconds": self.control.elapsed()})
        return gap



class _Blocks:
    """Two threads: a block bids at the same prices, then each thread enters the bids of its own lots."""

    def __init__(self, levels: Levels, n: int) -> None:
        self.levels, self.hands = levels, levels.hands
        self.target = np.empty(BLOCK, np.int32)
        self.key = np.empty(BLOCK, np.int64)
        self.losers = np.empty((levels.hands.threads, BLOCK), np.int32)

    def round(self, queue, waiting, eps, base, size, heap, tally) -> int:
        """Let the last block of the queue bid; the losers queue again."""
        c, parts, levels = self.levels.core, self.hands.threads, self.levels
        block = min(BLOCK, max(4096, waiting // 4), waiting)
        lo = waiting - block
        mine = queue[lo:waiting]
        cuts = [block * p // parts for p in range(parts + 1)]
        rows = self.hands.together(
            lambda p: kernels.offer(
                mine, cuts[p], cuts[p + 1], c.source, c.mul, c.shift, c.mask, levels.price, levels.short, c.outside, int(eps),
                self.target, self.key,
            )
        )
        lost = self.hands.together(
            lambda p: kernels.settle(
                p, parts, 0, block, self.target, self.key, levels.price, base, size, heap, self.losers[p]
            )
        )
        for p, count in enumerate(lost):
            queue[lo : lo + count] = self.losers[p, :count]
            lo += count
        tally[0] += block
        tally[1] += sum(rows)
        return lo


def run(core: Core, gap: float, control: Control, seed: int, threads: int, price=None) -> Outcome:
    """Find a plan within `gap` of the bound, or the best in the time. `price`: last known prices (money), to start from."""
    hands = Hands(threads)
    try:
        return _run(Levels(core, gap, control, seed, hands), gap, control, price)
    finally:
        hands.close()


def _run(levels: Levels, gap: float, control: Control, price) -> Outcome:
    n = len(levels.core.ids)
    strides = [s for s in (64, 16, 4) if n // s >= SMALLEST_SAMPLE] if price is None else []
    if price is None:
        levels.start(strides[0] if strides else 1)
    else:
        levels.warm(price)
    for k, stride in enumerate(strides[1:]):
        if not control.should_stop():
            control.progress(0.05 + 0.1 * k, f"sample 1/{stride}")
            levels.level(stride, levels.sample(stride), levels.eps, newton=4, margin=2.0, listed=False)
    alike = levels.core.alike
    # among equal lots a fine first round is no nearer (what it lacks are empty places at a price) and costs more bids
    eps = max(1, min(levels.eps if alike else levels.eps // 2, int((5 if alike else 8) * gap * levels.top)))
    margin, stale = 3.0, 0
    relist = gap < 3e-4 or n < 300_000 or levels.core.alike  # a second look at every row: a fifth more time, a third of the gap
    for k in range(12):
        control.progress(min(0.9, 0.3 + 0.1 * k), f"round {k + 1}")
        before = levels.out.gap
        if levels.all(eps, NEWTON_STEPS, margin, relist, "all") <= gap or control.should_stop():
            break
        stale = stale + 1 if levels.out.gap > 0.7 * before else 0
        if stale >= 3:
            break
        eps, margin, relist = max(1, eps * 4 // 5 if alike else eps // 3), margin * (1 if alike else 2), True
    control.progress(1.0, "done")
    return levels.out
