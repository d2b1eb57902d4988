"""The market of a province: the claimants in shards elsewhere, one coordinator that knows lots, prices and bids.

The algorithm is that of `levels.py`, to the letter; what asks the claimants goes to the shards. Prices travel (int32 per lot),
and back come demand counts, or bids: a lot and an amount each. In a market many lots are worth the same to many people, and
demand at any prices then jumps from lot to lot: counts alone can move prices but not settle who gets the place, bids can.

Bids of a block of claimants are all made at the same prices and entered in the order of the queue (Bertsekas, "The auction
algorithm: a distributed relaxation method for the assignment problem", Annals of Operations Research 14, 1988). Which claimants
bid, and in which order, is decided here by their row alone: **the plan does not depend on where the claimants were cut**, nor on
what carries the questions, nor on whether a shard was lost on the way.

The certificate is as ever: the dual at the final prices, each shard over all eligible lots of each of its claimants, in whole
numbers, added up here.
"""

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from numba import njit

from wanjia.planning.allocation import kernels
from wanjia.planning.allocation.codes import People
from wanjia.planning.allocation.core import Hands
from wanjia.planning.allocation.crew import Crew
from wanjia.planning.allocation.levels import Levels, hold
from wanjia.planning.allocation.market import OVER_ALL, MarketCore, in_yuan
from wanjia.planning.allocation.plain import Plan
from wanjia.planning.allocation.shards import ShardSource
from wanjia.planning.allocation.solve import SILENT
from wanjia.planning.arrays import Array
from wanjia.planning.contract import BadInput, Control

# Who bids at the same prices: of more, too many bid for the same place, fewer make more questions. Where there are more people to a
# lot, as many more may: so the number of questions does not grow with the people.
BLOCK, SHARE = 32_768, 92
LOOKS = (256, 1024, 4096)  # when one in so many is still without a place, the certificate is asked whether this will do
ROUGH = 1 / 1024  # of a sample, so many may be left waiting
REST = 1 << 16


class Afar(MarketCore):
    """A market whose claimants are elsewhere: lots, who may be placed, and the way to the shards."""

    def __init__(self, crew: Crew, anybody: ShardSource) -> None:
        said = crew.begin()
        self.crew = crew
        self.starts = np.concatenate([[0], np.cumsum([known.n for known in said])]).astype(np.int64)
        super().__init__(replace(anybody.read(said[0].unit), people=nobody()))
        self.n = int(self.starts[-1])
        self.ids = np.concatenate([known.ids + a for known, a in zip(said, self.starts[:-1], strict=True)]).astype(np.int32)
        self.places = np.minimum(self.market.lots.places, self.n).astype(np.int64)
        self.none = int(np.iinfo(np.uint16 if len(self.places) < 0xFFFF else np.int32).max)

    def new_short(self) -> Array:
        """Return no room: short lists are the shards'."""
        return np.empty((0, 5), np.int32)

    def everybody(self, question: str, *args: Any) -> list[Any]:
        """Ask every shard the same."""
        return self.crew.ask(question, [args] * len(self.crew.sources))

    def of(self, ids: Array, question: str, *args: Any, beside: Array | None = None) -> list[tuple[Array, Any]]:
        """Ask each shard about its own of ids; return (positions in ids, answer) per shard that has some.

        beside: an array as long as ids, whose part goes with them.
        """
        owner = np.searchsorted(self.starts, ids, side="right") - 1
        order = np.argsort(owner, kind="stable")
        edges = np.searchsorted(owner[order], np.arange(len(self.starts)))
        where = [order[a:b] for a, b in itertools.pairwise(edges)]
        each: list[tuple[Any, ...] | None] = []
        for k, at in enumerate(where):
            mine = (ids[at] - self.starts[k]).astype(np.int32)
            each.append((*args, mine, *(() if beside is None else (beside[at],))) if len(at) else None)
        answers = self.crew.ask(question, each)
        return [(at, answer) for at, answer in zip(where, answers, strict=True) if len(at)]

    def place_rest(self, choice: Array, free: Array, price: Array, hands: Hands) -> None:
        """Give each unplaced claimant one of his four best free lots, in order; choice and free change in place."""
        if not free.any():
            return
        rest = self.ids[choice[self.ids] < 0]
        open_only = np.where(free > 0, price, kernels.CLOSED).astype(np.int32)
        for lo in range(0, len(rest), REST):
            some = rest[lo : lo + REST]
            four = np.full((len(some), kernels.SHORT), -1, np.int32)
            for at, answer in self.of(some, "four_best", open_only):
                four[at] = np.where(answer == self.none, -1, answer.astype(np.int32))
            take_free(some, four, choice, free)


class AfarLevels(Levels):
    """The rounds of one run, with the claimants in shards."""

    core: Afar

    def fill(self, ids: Array) -> None:
        """Let the shards write short lists."""
        self._some("fill", ids, self.price)

    def demand(self, ids: Array, bandwidth: int) -> tuple[Array, Array, float]:
        """Add up who wants which lot."""
        said = self._some("demand", ids, self.price, bandwidth)
        wanted, near = (np.stack([one[part] for one in said]).sum(0, dtype=np.int32) for part in (0, 1))
        return wanted, near, sum(one[2] for one in said) / max(1, len(ids))

    def best_scores(self, ids: Array) -> tuple[int, int]:
        """Add up the best scores."""
        said = self._some("best_scores", ids)
        return sum(one[0] for one in said), sum(one[1] for one in said)

    def dual(self) -> int:
        """Add up the claimants' part and the lots'."""
        places, open_lots = self.core.places, self.core.places > 0
        return sum(int(money) for money in self.core.everybody("dual", self.price)) + int((places[open_lots] * self.price[open_lots].astype(np.int64)).sum())

    def value(self, choice: Array) -> int:
        """Add up the scores of a plan."""
        c = self.core
        return sum(int(steps) for steps in c.crew.ask("value", [(choice[a:b],) for a, b in itertools.pairwise(c.starts)]))

    def scores(self, ids: Array, choice: Array) -> Array:
        """Return the score of each of ids at the lot he holds."""
        worth = np.empty(len(ids), np.int64)
        for at, answer in self.core.of(ids, "scores", beside=choice[ids]):
            worth[at] = answer
        return worth

    def _some(self, question: str, ids: Array, *args: Any) -> list[Any]:
        if ids is self.core.ids:
            return self.core.everybody(question, *args)
        return [answer for _, answer in self.core.of(ids, question, *args)]

    def bid(self, ids: Array, eps: int, base: Array, size: Array, heap: Array, war: int, stride: int) -> None:
        """Hold the auction block by block: the shards bid at the same prices, the lots take the best in the queue's order."""
        c, bids, since = self.core, 0, 0
        queue, waiting = ids[::-1].copy(), len(ids)
        most, looks = min(len(ids), max(BLOCK, len(ids) // SHARE)), [len(ids) // share for share in LOOKS]
        few = int(len(ids) * (self.wish / 8 if stride == 1 else ROUGH))
        target, key, losers = np.empty(most, np.int32), np.empty(most, np.int64), np.empty(most, np.int32)
        nobody_reads = (np.zeros(1, np.int64), 1, np.zeros(1, np.int32), np.zeros(1, np.int32))
        while waiting > few and not self.control.should_stop():
            if stride == 1 and looks and waiting <= looks[0]:
                looks = [at for at in looks if at < waiting]
                if self.take_stock(base, size, heap) <= self.wish:
                    break
            block = min(most, max(4096, waiting // 2), waiting)
            lo = waiting - block
            mine = queue[lo:waiting]
            for at, (lot, amount) in c.of(mine, "offer", self.price, int(eps), bids):
                target[at] = np.where(lot == c.none, -1, lot.astype(np.int32))
                key[at] = (amount.astype(np.int64) << 32) | mine[at]
            lost = kernels.settle(0, 1, 0, block, target, key, nobody_reads, c.mul, self.price, base, size, heap, losers)
            queue[lo : lo + lost] = losers[:lost]
            waiting = lo + lost
            bids += block
            since += block
            if waiting and since >= war * len(ids):
                eps, since = eps * 2, 0
                if stride == 1 and self.take_stock(base, size, heap) <= self.wish:
                    break
        self.out.bids += bids


def solve_shards(
    crew: Crew,
    *,
    anybody: ShardSource | None = None,
    gap: float = 1e-3,
    time_limit: float | None = None,
    seed: int = 0,
    progress: Callable[[float, str], None] = SILENT,
    cancel: Callable[[], bool] | None = None,
) -> Plan:
    """Return a plan for the claimants of all shards, in the order of the shards; the gap is against all eligible lots.

    anybody: a source whose lots are read here, and no claimant of it (None: the first shard's). Raises ShardLost; the crew is
    the caller's to close.
    """
    control = Control(time_limit, cancel or (lambda: False), progress)
    core = Afar(crew, anybody or crew.sources[0])
    if not len(core.ids):
        raise BadInput("claimants, field age", "没有年满 16 岁的人员。", "no claimant is 16 or older")
    out = hold(AfarLevels(core, gap, control, seed, Hands(1)), gap, control)
    plan = in_yuan(core.market, core, out, control)
    return replace(plan, words=f"{OVER_ALL}; {len(crew.sources)} shards")


def nobody() -> People:
    """Return the columns of no claimant."""
    small, one = np.empty(0, np.int16), np.zeros(1, np.int64)
    return People(one, small, one, small, small, small, np.empty(0, bool), small, np.empty(0, np.int32), np.empty(0, np.int64))


@njit(cache=True, nogil=True)
def take_free(rest: Array, four: Array, choice: Array, free: Array) -> None:
    """Give each of rest the first of his four lots (-1: none) that still has a place."""
    for t in range(len(rest)):
        for c in range(four.shape[1]):
            j = four[t, c]
            if j < 0:
                break
            if free[j] > 0:
                free[j] -= 1
                choice[rest[t]] = j
                break
