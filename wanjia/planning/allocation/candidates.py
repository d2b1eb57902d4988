"""Which lots a claimant may take, best first, without looking at all pairs.

Lots lie in buckets of (region, skill), best first by worth minus price. A claimant opens only the buckets of his regions and
skills, and reads each only while it can still beat his K-th best: an inverted index with early stopping (Fagin, Lotem & Naor,
"Optimal aggregation algorithms for middleware", 2003).
"""

from dataclasses import dataclass

import numpy as np
from numba import njit

from wanjia.planning.allocation.buckets import LOW32, open_to, packed_lots, unpacked
from wanjia.planning.allocation.codes import Lots
from wanjia.planning.arrays import Array, int64

NEVER = 1 << 30
ADULT, WORKING_AGE = 18, 16


@dataclass(frozen=True)
class Index:
    """The buckets at some prices: lots of bucket b are rows start[b]:start[b + 1], in the form of `buckets.packed_lots`."""

    start: Array
    skills: int
    rows: Array


def build_index(lots: Lots, price: Array, mul: int, regions: int, skills: int) -> Index:
    """Sort the lots into buckets, best worth minus price first. price: int64 money (mul a step), NEVER for closed."""
    keep = np.flatnonzero((lots.places > 0) & (price < NEVER))
    bucket = lots.region[keep].astype(np.int64) * skills + lots.skill[keep]
    net = lots.worth[keep].astype(np.int64) * mul - price[keep]
    order = np.lexsort((keep, -net, bucket))
    keep, net = keep[order], net[order]
    start = np.concatenate([[0], np.cumsum(np.bincount(bucket, minlength=regions * skills))]).astype(np.int64)
    youngest = np.maximum(lots.age_min[keep], np.where(lots.unsafe[keep], ADULT, WORKING_AGE))
    rows = packed_lots(keep, net, lots.worth[keep], lots.pay[keep], lots.certificate[keep], youngest, lots.age_max[keep], lots.ends[keep])
    return Index(start, skills, rows)


@njit(cache=True, nogil=True)
def best_lots(lo: int, hi: int, who: Array, codes: Array, bucket_start: Array, skills: int, lots: Array, region_step: int, skill_step: int, home_bonus: int, mul: int, most: int, out_lot: Array, out_score: Array, count: Array) -> None:
    """Write up to `most` lots with the best score minus price for people lo:hi.

    out_lot, out_score: (hi - lo, most), best first; count int32 (hi - lo,). Scores below nought are left out.
    """
    key = np.empty(most, np.int64)
    edge = np.empty((most, 2), np.int64)
    for i in range(lo, hi):
        found = 0
        floor = int64(-(1 << 60))
        first, trades, last, home, home_by, age, pay_floor, certificates = unpacked(who, i)
        tied = home_by < 0
        ready = -home_by - 1 if tied else home_by
        for r in range(first, trades):
            place = int64(codes[r])
            at_home = place == home
            if tied and not at_home:
                continue
            by_region = -int64(r - first) * region_step + (home_bonus if at_home else 0)
            for s in range(trades - 1, last):
                trade = int64(codes[s]) if s >= trades else int64(0)
                own = by_region - (int64(s - trades) * skill_step if s >= trades else 0)
                b = place * skills + trade
                for k in range(bucket_start[b], bucket_start[b + 1]):
                    lot = lots[k]
                    value = lot[0] + own * mul
                    if value <= floor:
                        break
                    score = (lot[1] >> 32) + own
                    if score < 0 or not open_to(lot, age, ready, pay_floor, certificates):
                        continue
                    p = min(found, most - 1)
                    while p > 0 and key[p - 1] < value:
                        key[p] = key[p - 1]
                        edge[p] = edge[p - 1]
                        p -= 1
                    key[p] = value
                    edge[p, 0] = lot[3] & LOW32
                    edge[p, 1] = score
                    found = min(found + 1, most)
                    if found == most:
                        floor = key[most - 1]
        count[i - lo] = found
        for p in range(found):
            out_lot[i - lo, p] = edge[p, 0]
            out_score[i - lo, p] = edge[p, 1]


@njit(cache=True, nogil=True)
def every_lot(who: Array, codes: Array, bucket_start: Array, skills: int, lots: Array, region_step: int, skill_step: int, home_bonus: int, start: Array, out_lot: Array, out_score: Array) -> None:
    """Write every eligible lot of everybody, or, while out_lot is empty, only count them into start int64 (n + 1,)."""
    to = int64(0)
    for i in range(len(who)):
        start[i] = to
        first, trades, last, home, home_by, age, pay_floor, certificates = unpacked(who, i)
        tied = home_by < 0
        ready = -home_by - 1 if tied else home_by
        for r in range(first, trades):
            place = int64(codes[r])
            at_home = place == home
            if tied and not at_home:
                continue
            by_region = -int64(r - first) * region_step + (home_bonus if at_home else 0)
            for s in range(trades - 1, last):
                trade = int64(codes[s]) if s >= trades else int64(0)
                own = by_region - (int64(s - trades) * skill_step if s >= trades else 0)
                b = place * skills + trade
                for k in range(bucket_start[b], bucket_start[b + 1]):
                    lot = lots[k]
                    score = (lot[1] >> 32) + own
                    if score < 0 or not open_to(lot, age, ready, pay_floor, certificates):
                        continue
                    if len(out_lot):
                        out_lot[to] = lot[3] & LOW32
                        out_score[to] = score
                    to += 1
    start[len(who)] = to


@njit(cache=True, nogil=True)
def compact(lot: Array, score: Array, count: Array, most: int) -> Array:
    """Close the holes of equal rows in place; return start int64 (n + 1,)."""
    n = len(count)
    start = np.zeros(n + 1, np.int64)
    to = 0
    for i in range(n):
        for p in range(count[i]):
            lot[to] = lot[i * most + p]
            score[to] = score[i * most + p]
            to += 1
        start[i + 1] = to
    return start
