"""One shard of a market: some of its claimants, all of its lots, and the questions that are put to them.

Every answer but one is a function of the shard's columns and of what the question brings (prices, rows): a shard that is built
anew answers the same. Only `demand` and `best_scores` read what the last `fill` wrote, so whoever asks keeps that `fill` and
puts it again after a rebuild (`crew.py`).

Rows are counted from nought within the shard. Prices are int32 money, one per lot. Nothing of a person but bids (lot, amount),
sums and scores ever leaves a shard.
"""

import itertools
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np
from numba import njit

from wanjia.planning.allocation import kernels, sweeps
from wanjia.planning.allocation.buckets import LOW32, Source, list_from_buckets
from wanjia.planning.allocation.codes import People
from wanjia.planning.allocation.columns import read_market
from wanjia.planning.allocation.market import Market, MarketCore, Scoring
from wanjia.planning.arrays import Array, int64
from wanjia.planning.contract import BadInput

FOUR = 4


class ShardSource(Protocol):
    """Where a shard's claimants come from, and come from again when its process was lost. first: their first row in the whole."""

    @property
    def first(self) -> int: ...

    def read(self, unit: float | None) -> Market:
        """Return the market with these claimants only."""


@dataclass(frozen=True)
class Held:
    """A shard that is a part of a market in memory."""

    market: Market
    first: int = 0

    def read(self, unit: float | None) -> Market:
        """Return it."""
        return self.market


@dataclass(frozen=True)
class Rows:
    """A shard that is a stretch of rows of Parquet files: claimants first:past of all files one after another."""

    claimants: tuple[str, ...]
    lots: str
    first: int
    past: int
    scoring: Scoring

    def read(self, unit: float | None) -> Market:
        """Read only these rows. A refusal names the row as it stands in the whole."""
        import polars as pl

        try:
            table = pl.scan_parquet(list(self.claimants)).slice(self.first, self.past - self.first).collect()
        except (pl.exceptions.PolarsError, OSError) as error:
            said = ", ".join(self.claimants[:3])
            raise BadInput("file", f"读不出文件：{said}", f"the file cannot be read as Parquet: {said}") from error
        try:
            return read_market(table, self.lots, self.scoring, unit)
        except BadInput as error:
            if not error.place.startswith("claimants"):
                raise
            place = re.sub(r"(?<=row )\d+", lambda row: str(int(row[0]) + self.first), error.place)
            raise BadInput(place, error.zh, error.en) from error


def sources_of(claimants: str | Path, lots: str | Path, shards: int, scoring: Scoring | None = None) -> list[Rows]:
    """Return at most so many shards of a Parquet file, or of a folder of them, by rows; no claimant is read yet."""
    import polars as pl

    files = claimant_files(claimants)
    try:
        n = int(pl.scan_parquet(list(files)).select(pl.len()).collect().item())
    except (pl.exceptions.PolarsError, OSError) as error:
        raise BadInput("file", f"读不出文件：{claimants}", f"the file cannot be read as Parquet: {claimants}") from error
    if not n:
        raise BadInput("table, rows", "表里没有任何行。", "the table is empty")
    edges = cuts(n, min(shards, n))
    return [Rows(files, str(lots), a, b, scoring or Scoring()) for a, b in itertools.pairwise(edges)]


def cuts(n: int, shards: int) -> list[int]:
    """Return shards + 1 rows at which n claimants are cut into stretches of nearly equal length."""
    return [n * k // shards for k in range(shards + 1)]


def parts_of(market: Market, edges: Sequence[int]) -> list[Market]:
    """Return the market cut at these rows: each part holds its claimants and all lots."""
    return [rows_of(market, np.arange(a, b)) for a, b in itertools.pairwise(edges)]


def held(market: Market, edges: Sequence[int]) -> list[Held]:
    """Return a market in memory as shards cut at these rows."""
    return [Held(part, a) for part, a in zip(parts_of(market, edges), edges, strict=False)]


def rows_of(market: Market, rows: Array) -> Market:
    """Return the market with these claimants only, in this order."""
    p = market.people
    region_start, region = _some(p.region_start, p.region, rows)
    skill_start, skill = _some(p.skill_start, p.skill, rows)
    people = People(
        region_start, region, skill_start, skill, p.home[rows], p.home_by[rows], p.within[rows], p.age[rows], p.pay_floor[rows],
        p.certificates[rows],
    )  # fmt: skip
    return replace(market, people=people)


def _some(start: Array, flat: Array, rows: Array) -> tuple[Array, Array]:
    length = (start[1:] - start[:-1])[rows]
    begin = np.concatenate([[0], np.cumsum(length)]).astype(np.int64)
    return begin, flat[np.repeat(start[:-1][rows] - begin[:-1], length) + np.arange(begin[-1])]


def claimant_files(path: str | Path) -> tuple[str, ...]:
    """Return the Parquet files of a folder by name (one a county), or the file itself."""
    at = Path(path)
    files = sorted(at.glob("*.parquet")) if at.is_dir() else [at]
    if not files or not all(file.is_file() for file in files):
        raise BadInput("file", f"找不到文件：{path}", f"no such file, or no Parquet file in the folder: {path}")
    return tuple(map(str, files))


@dataclass(frozen=True)
class Known:
    """What a shard says of itself when it stands: how many claimants, who of them is of working age, yuan a step, a digest."""

    n: int
    ids: Array
    unit: float
    digest: int


class Shard:
    """The claimants of one shard, in the process that holds them."""

    def __init__(self, source: ShardSource, unit: float | None = None) -> None:
        market = source.read(unit)
        self.core = MarketCore(market)
        self.short = self.core.new_short()
        self.unit, self.first = market.unit, source.first
        self.at = np.uint16 if len(self.core.places) < 0xFFFF else np.int32  # the type of a lot's number on the way

    @classmethod
    def warm_up(cls, source: ShardSource) -> None:
        """Put every question once to a small shard, so that no kernel is loaded in measured work."""
        shard = cls(source)
        c, ids = shard.core, shard.core.ids
        price = np.zeros(len(c.places), np.int32)
        shard.fill(price)
        shard.demand(price, 1)
        shard.best_scores()
        lots, _ = shard.offer(price, 1, 0, ids)
        shard.dual(price)
        shard.value(np.full(c.n, -1, np.int32))
        asked = lots != np.iinfo(shard.at).max
        shard.scores(ids[asked], lots[asked].astype(np.int32))
        shard.four_best(price, ids)

    def known(self) -> Known:
        """Say who is here."""
        who, codes = self.core.who
        digest = zlib.crc32(repr((self.core.market.regions, self.core.market.skills)).encode())
        for part in (who, codes, self.core.market.lots.worth, self.core.market.lots.places):
            digest = zlib.crc32(np.ascontiguousarray(part).view(np.uint8).data, digest)
        return Known(self.core.n, self.core.ids, self.unit, digest)

    def fill(self, price: Array, ids: Array | None = None) -> None:
        """Write the short lists of ids (None: everybody) at these prices."""
        c = self.core
        ids = c.ids if ids is None else ids
        c.renew(price)
        kernels.fill(ids, 0, len(ids), c.source, c.mul, c.shift, price, self.short)

    def demand(self, price: Array, bandwidth: int, ids: Array | None = None) -> tuple[Array, Array, int]:
        """Return (wanted, near, sum of slacks), read off the short lists: see sweeps.demand."""
        c = self.core
        ids = c.ids if ids is None else ids
        wanted, near = np.zeros((2, len(price)), np.int32)
        total = sweeps.demand(ids, 0, len(ids), self.short, price, c.mul, c.shift, c.mask, c.outside, bandwidth, wanted, near)
        return wanted, near, int(total)

    def best_scores(self, ids: Array | None = None) -> tuple[int, int]:
        """Return the sum of the best scores on the short lists, and how many have one."""
        best = self.short[self.core.ids if ids is None else ids, 1].astype(np.int64)
        best = best[best >= 0] & self.core.mask
        return int(best.sum()), len(best)

    def offer(self, price: Array, eps: int, salt: int, ids: Array) -> tuple[Array, Array]:
        """Return each one's bid at these prices: (lot, the type's largest number for none; amount int32 money)."""
        c, n = self.core, len(ids)
        sort_again(c.source, price, c.mul)
        target, amount = np.empty(n, np.int32), np.zeros(n, np.int32)
        spread_bids(ids, self.first, c.source, c.mul, c.shift, c.mask, price, eps, salt, target, amount)
        target[target < 0] = np.iinfo(self.at).max
        return target.astype(self.at), amount

    def dual(self, price: Array) -> int:
        """Return the sum of everybody's best score minus price over all eligible lots, at least nought: int money."""
        c = self.core
        c.renew(price)
        return int(sweeps.dual(c.ids, 0, len(c.ids), c.source, c.mul, price, c.outside))

    def value(self, choice: Array) -> int:
        """Return the sum of scores of choice int32 (n,), -1 for none."""
        c = self.core
        return int(sweeps.value_of(c.ids, 0, len(c.ids), c.source, choice))

    def scores(self, ids: Array, lots: Array) -> Array:
        """Return the score of each of ids at its lot: int32."""
        worth = np.empty(len(ids), np.int32)
        score_each(ids, self.core.source, lots, worth)
        return worth

    def four_best(self, price: Array, ids: Array) -> Array:
        """Return the four best lots of each of ids by score minus price among those not priced NEVER: (k, 4), -1 as in `offer`."""
        c = self.core
        four = np.empty((len(ids), FOUR), np.int32)
        four_in_buckets(ids, c.source_at(price.astype(np.int64)), c.mul, c.shift, four)
        four[four < 0] = np.iinfo(self.at).max
        return four.astype(self.at)


@njit(cache=True, nogil=True)
def sort_again(source: Source, price: Array, mul: int) -> None:
    """Put every bucket in order at these prices: best worth minus price first, then the lower number.

    The order depends on nothing but the prices, whatever they were before: so a shard that was built anew bids the same.
    """
    start, lots = source[2], source[4]
    for b in range(len(start) - 1):
        for k in range(start[b], start[b + 1]):
            worth, certificate, last = lots[k, 1], lots[k, 2], lots[k, 3]
            j = last & LOW32
            net = (worth >> 32) * mul - price[j]
            p = k
            while p > start[b] and (lots[p - 1, 0] < net or (lots[p - 1, 0] == net and (lots[p - 1, 3] & LOW32) > j)):
                for w in range(4):
                    lots[p, w] = lots[p - 1, w]
                p -= 1
            lots[p, 0], lots[p, 1], lots[p, 2], lots[p, 3] = net, worth, certificate, last


@njit(cache=True, nogil=True)
def spread_bids(
    ids: Array, first: int, source: Source, mul: int, shift: int, mask: int, price: Array, eps: int, salt: int, target: Array, amount: Array
) -> None:
    """Write the bid of each of ids at these prices: lot (-1 stays out) and amount.

    Whoever bids at the same prices as a thousand others who think alike must not all bid for one lot: of his four best lots each
    takes one within eps of the best, by the hash of his row, the lot and `salt`. He offers what leaves him eps less than the
    best of the others, as in any auction, so what an auction proves stays true.
    """
    row = np.empty(FOUR + 1, np.int64)
    for t in range(len(ids)):
        list_from_buckets(source, int64(ids[t]), mul, shift, row)
        target[t] = -1
        v1 = int64(0)
        v2 = int64(0)
        v = int64(0)
        drawn = int64(-1)
        of = 1
        for c in range(1, FOUR + 1):
            if row[c] < 0:
                break
            j = row[c] >> shift
            worth = (row[c] & mask) * mul - price[j]
            if c == 1:
                v1 = worth
            elif c == 2:
                v2 = worth
            if worth <= 0 or worth <= v1 - eps:
                break
            x = ((first + int64(ids[t])) * 0x9E3779B1 + salt * 0x85EBCA6B + j * 0xC2B2AE35) & LOW32
            x = ((x ^ (x >> 15)) * 0x2C1B3C6D) & LOW32
            x = ((x ^ (x >> 12)) * 0x297A2D39) & LOW32
            if x > drawn:
                drawn, v = x, worth
                target[t] = j
                of = c
        if drawn >= 0:
            best_of_others = max(v2 if of == 1 else v1, 0)
            amount[t] = price[target[t]] + min(v, v - best_of_others + eps)


@njit(cache=True, nogil=True)
def four_in_buckets(ids: Array, source: Source, mul: int, shift: int, four: Array) -> None:
    """Write the four best lots of each of ids, -1 where there are fewer."""
    row = np.empty(FOUR + 1, np.int64)
    for t in range(len(ids)):
        list_from_buckets(source, int64(ids[t]), mul, shift, row)
        for c in range(FOUR):
            four[t, c] = row[c + 1] >> shift if row[c + 1] >= 0 else -1


@njit(cache=True, nogil=True)
def score_each(ids: Array, source: Source, lots: Array, worth: Array) -> None:
    """Write the score of ids[t] at lots[t]."""
    for t in range(len(ids)):
        worth[t] = sweeps.score_of(source, int64(ids[t]), int64(lots[t]))
