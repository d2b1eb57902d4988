"""Claimants and lots as columns: who may take what, what it is worth, and the allocation over all eligible pairs.

Small markets list all their pairs and are solved as edges. Large ones never list: the same auction as for edges reads each
claimant's best lots **by score minus price** straight from buckets of lots sorted by worth minus price, so every bid sees all
eligible lots and the bound is over all of them. (Cutting to the best 30 by score first loses 5 to 8 % of the value; listing
anew at new prices made prices swing on equal lots.)
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numba import njit
from numpy.typing import ArrayLike

from wanjia.planning.allocation import candidates as ways
from wanjia.planning.allocation import levels
from wanjia.planning.allocation.buckets import LOW32, Source, list_from_buckets, packed
from wanjia.planning.allocation.candidates import NEVER
from wanjia.planning.allocation.codes import Lots, People
from wanjia.planning.allocation.core import NO_OUTSIDE, Hands, money_per_step
from wanjia.planning.allocation.plain import SMALL, Plan, solve_plain
from wanjia.planning.allocation.problem import Problem
from wanjia.planning.allocation.solve import SILENT
from wanjia.planning.arrays import Array, int64
from wanjia.planning.contract import BadInput, Control

LISTED = 30
LISTED_PAIRS = 5_000_000  # a market of few people and no more pairs is solved, and proven, with all its pairs as edges
OVER_ALL = "the gap is against all eligible lots"
SMOOTH = 0.9


@dataclass(frozen=True)
class Scoring:
    """What a pair is worth, in yuan a month.

    score = pay_weight * pay + the lot's `extra` - region_step * (place of the region in the claimant's own list, from 0)
    - skill_step * (place of the skill in his list, from 0; 0 for lots that ask none) + home_bonus in the home county.
    Pairs worth less than nought are not made. Sex, ethnicity, religion, disability and marital state cannot enter.
    """

    pay_weight: float = 1.0
    region_step: float = 300.0
    skill_step: float = 200.0
    home_bonus: float = 500.0


@dataclass(frozen=True)
class Market:
    """Claimants and lots in codes, the rule in score steps, and the yuan in one step. Build it with `columns.read_market`."""

    people: People
    lots: Lots
    scoring: Scoring
    regions: tuple[str, ...]
    skills: tuple[str, ...]
    unit: float

    @property
    def n_claimants(self) -> int:
        """Return how many claimants there are."""
        return len(self.people.age)

    @property
    def n_lots(self) -> int:
        """Return how many lots there are."""
        return len(self.lots.places)

    @property
    def steps(self) -> tuple[int, int, int]:
        """Return region_step, skill_step and home_bonus in score steps."""
        s, unit = self.scoring, self.unit
        return round(s.region_step / unit), round(s.skill_step / unit), round(s.home_bonus / unit)

    @property
    def top(self) -> int:
        """Return a score that none exceeds, in steps."""
        return int(self.lots.worth.max()) + max(0, self.steps[2]) - min(0, *self.steps[:2]) * 8

    @property
    def mul(self) -> int:
        """Return money per score step."""
        return money_per_step(self.top)

    @property
    def narrow(self) -> bool:
        """Tell whether lot and score fit 31 bits."""
        return self.n_lots <= 0xFFFF and self.top <= 0x7FFF


def list_best(
    market: Market, price: ArrayLike | None = None, most: int = LISTED, hands: Hands | None = None
) -> tuple[Array, Array, Array]:
    """Return (start, lot, score) of each claimant's `most` best eligible lots by score minus price, best first.

    price: int64 (n_lots,) money, None for nought. Scores int16 when they fit, lots uint16 when they fit, else both int32.
    """
    hands = hands or Hands(1)
    index, who, n = _index(market, price), packed(market.people), market.n_claimants
    narrow = market.narrow
    lot: Array = np.empty((n, most), np.uint16 if narrow else np.int32)
    score: Array = np.empty((n, most), np.int16 if narrow else np.int32)
    count = np.empty(n, np.int32)
    hands.share(
        lambda _, lo, hi: ways.best_lots(
            lo, hi, *who, index.start, index.skills, index.rows, *market.steps, market.mul, most,
            lot[lo:hi], score[lo:hi], count[lo:hi],
        ),
        n, 1 << 16,
    )  # fmt: skip
    lot, score = lot.reshape(-1), score.reshape(-1)
    start = ways.compact(lot, score, count, most)
    return start, lot[: start[-1]], score[: start[-1]]


def list_all(market: Market, most: int = LISTED_PAIRS) -> Problem | None:
    """Return the market with every eligible pair listed as an edge, None when there are more than `most`."""
    index, who, start = _index(market, None), packed(market.people), np.zeros(market.n_claimants + 1, np.int64)
    wide = (np.uint16, np.int16) if market.narrow else (np.int32, np.int32)

    def write(pairs: int) -> tuple[Array, Array]:
        lot, score = np.empty(pairs, wide[0]), np.empty(pairs, wide[1])
        ways.every_lot(*who, index.start, index.skills, index.rows, *market.steps, start, lot, score)
        return lot, score

    write(0)  # only counts
    if not 0 < start[-1] <= most:
        return None
    return Problem(*write(int(start[-1])), market.lots.places.astype(np.int32), start, 0, market.unit)


def _index(market: Market, price: ArrayLike | None) -> ways.Index:
    money = np.zeros(market.n_lots, np.int64) if price is None else np.asarray(price, np.int64)
    return ways.build_index(market.lots, money, market.mul, len(market.regions), len(market.skills))


def _kinds(lots: Lots) -> Array:
    """Return a number per lot, equal for lots that ask the same of the same people."""
    asked = np.stack([lots.region, lots.skill, lots.certificate, lots.age_min, lots.age_max, lots.unsafe]).astype(np.int64)
    return np.unique(asked, axis=1, return_inverse=True)[1].reshape(-1)


class MarketCore:
    """What `levels` works on when edges are never listed: the same promises as `core.Core`, rows read from the buckets."""

    def __init__(self, market: Market) -> None:
        self.market, self.n, self.mul = market, market.n_claimants, market.mul
        self.ids = np.flatnonzero(np.asarray(market.people.age) >= ways.WORKING_AGE).astype(np.int32)
        self.places = np.minimum(market.lots.places, self.n).astype(np.int64)
        self.outside, self.alike = NO_OUTSIDE, True
        self.narrow = market.narrow
        self.shift = 15 if self.narrow else 32
        self.mask = (1 << self.shift) - 1
        self.top = market.top
        self.kind = _kinds(market.lots)
        self.who = packed(market.people)
        self.source: Source = ()
        self.renew(np.zeros(market.n_lots, np.int64))

    def renew(self, price: Array) -> None:
        """Sort the buckets at these prices."""
        self.source = self.source_at(price)

    def source_at(self, price: Array) -> Source:
        """Return where kernels read rows at these prices; lots priced NEVER are left out."""
        lots, index = self.market.lots, _index(self.market, price)
        at = np.full(len(lots.places), -1, np.int32)
        at[index.rows[:, 3] & LOW32] = np.arange(len(index.rows), dtype=np.int32)
        return *self.who, index.start, index.skills, index.rows, at, lots.region, lots.skill, lots.worth, *self.market.steps

    def new_short(self) -> Array:
        """Return room for the short lists."""
        return np.empty((self.n, 5), np.int32 if self.narrow else np.int64)

    def guess(self, ids: Array, price: Array, short: Array, untried: Array, hands: Hands) -> Array:
        """Price lots without a place in the sample so that they leave what their bucket leaves elsewhere."""
        lots = self.market.lots
        tried = (self.places > 0) & ~untried
        bucket = lots.region.astype(np.int64) * len(self.market.skills) + lots.skill
        left = lots.worth.astype(np.int64) * self.mul - price
        size = len(self.market.regions) * len(self.market.skills)
        count = np.bincount(bucket[tried], minlength=size)
        total = np.bincount(bucket[tried], weights=left[tried], minlength=size)
        everywhere = left[tried].mean() if tried.any() else 0.0
        usual = np.where(count > 0, total / np.maximum(count, 1), everywhere)[bucket]
        return np.maximum(lots.worth.astype(np.int64) * self.mul - usual, 0).astype(np.int32)

    def smooth(self, price: Array) -> Array:
        """Return a sample's prices, each drawn to what leaves the same as the lots that ask the same of the same people."""
        lots = self.market.lots
        worth = lots.worth.astype(np.int64) * self.mul
        priced = (self.places > 0) & (price > 0)
        weight = np.where(priced, self.places, 0).astype(float)
        size = int(self.kind.max()) + 1
        sums: Array = np.bincount(self.kind, weights=weight * (worth - price), minlength=size)
        usual = sums / np.maximum(np.bincount(self.kind, weights=weight, minlength=size), 1e-9)
        common = np.maximum(worth - usual[self.kind], 0)
        drawn = (1 - SMOOTH) * price + SMOOTH * common
        return np.where((self.places > 0) & (weight > 0), drawn, price).astype(np.int32)

    def place_rest(self, choice: Array, free: Array, price: Array, hands: Hands) -> None:
        """Give each unplaced claimant one of his four best free lots, in order; choice and free change in place."""
        if not free.any():
            return
        rest = self.ids[choice[self.ids] < 0]
        open_only = np.where(free > 0, price.astype(np.int64), NEVER)
        source = self.source_at(open_only)
        most = len(rest)
        for lo in range(0, most, 1 << 16):
            place_in_buckets(rest[lo : lo + (1 << 16)], source, self.mul, self.shift, choice, free)


@njit(cache=True, nogil=True)
def place_in_buckets(rest: Array, source: Source, mul: int, shift: int, choice: Array, free: Array) -> None:
    """Give each of `rest` one of his four best lots of this index that is still free."""
    row = np.empty(5, np.int64)
    for i in rest:
        list_from_buckets(source, int64(i), mul, shift, row)
        for c in range(1, 5):
            if row[c] < 0:
                break
            j = row[c] >> shift
            if free[j] > 0:
                free[j] -= 1
                choice[i] = j
                break


def solve_market(
    market: Market,
    *,
    gap: float = 1e-3,
    time_limit: float | None = None,
    seed: int = 0,
    threads: int = 1,
    progress: Callable[[float, str], None] = SILENT,
    cancel: Callable[[], bool] | None = None,
) -> Plan:
    """Return a plan whose gap is against all eligible lots, within `gap` or the best when time is up."""
    control = Control(time_limit, cancel or (lambda: False), progress)
    if not (np.asarray(market.people.age) >= ways.WORKING_AGE).any():
        raise BadInput("claimants, field age", "没有年满 16 岁的人员。", "no claimant is 16 or older")
    listed = list_all(market) if market.n_claimants <= SMALL else None
    if listed:
        plan = solve_plain(listed, gap, control, seed, threads, False)
        return replace(plan, words="; ".join(filter(None, (plan.words, OVER_ALL))))
    core = MarketCore(market)
    out = levels.run(core, gap, control, seed, threads)
    return in_yuan(market, core, out, control)


def in_yuan(market: Market, core: MarketCore, out: levels.Outcome, control: Control) -> Plan:
    """Return what was found as a plan in yuan."""
    scale = market.unit / market.mul
    return Plan(
        choice=out.choice, price=np.where(core.places > 0, out.price * scale, market.top * market.unit),
        value=out.money * scale, bound=out.bound * scale, gap=out.gap, rounds=len(out.rounds), bids=out.bids,
        seconds=control.elapsed(), history=tuple(out.rounds), stopped=control.should_stop(),
        words=OVER_ALL,
    )  # fmt: skip
