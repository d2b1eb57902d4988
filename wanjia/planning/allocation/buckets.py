"""Which lots a claimant may take, best first, without looking at all pairs.

Lots lie in buckets of (region, skill), best first by worth minus price. A claimant opens only the buckets of his regions and
skills, and reads each only while it can still beat what he has: an inverted index with early stopping (Fagin, Lotem & Naor,
"Optimal aggregation algorithms for middleware", J. Computer and System Sciences 66, 2003). During an auction a lot whose price
rises moves down in its bucket, so that an order is never stale: under stale orders a bid read 95 lots instead of 13.

A source is the tuple (packed people, their codes, bucket starts, skills, packed lots, where each lot lies, lot columns, steps)
that `MarketCore.source` builds.

The walk over a claimant's buckets stands here twice and in candidates.py twice more: compiled code inlines no generator, and a
shared walk would have to write its list of buckets to memory on every read.
"""

from typing import Any

import numpy as np
from numba import njit

from wanjia.planning.allocation.codes import People
from wanjia.planning.arrays import Array, int64

Source = tuple[
    Any, ...
]  # where a kernel reads rows: edges (start, width, lot, score), or the twelve parts that the docstring names

NONE = -(1 << 40)
LOW32 = (1 << 32) - 1
WORDS, INLINE = 8, 16  # int64 words in a claimant's row; how many codes of regions and skills fit into it


def packed(people: People) -> tuple[Array, Array]:
    """Return people as rows of 64 bytes in cache lines, so that one claimant is one read from memory, not ten.

    who int64 (n, 8): how many regions and skills, home and age in 16 bits each; when to be home (below nought, less one: only
    in the home county); pay floor; certificates; then the codes of regions and skills, or where they begin when they do not
    fit. codes int16: the same memory, and behind it the lists that did not fit.
    """
    n = len(people.age)
    regions, skills = np.diff(people.region_start), np.diff(people.skill_start)
    both = regions + skills
    tail = int(both[both > INLINE].sum())
    memory = np.zeros(8 * WORDS * n + 2 * tail + 64, np.int8)
    memory = memory[-memory.ctypes.data % 64 :]
    who = memory[: 8 * WORDS * n].view(np.int64).reshape(n, WORDS)
    codes = memory[: 8 * WORDS * n + 2 * tail].view(np.int16)
    who[:, 0] = regions | (skills << 16) | ((people.home.astype(np.int64) & 0xFFFF) << 32) | (people.age.astype(np.int64) << 48)
    ready = people.home_by.astype(np.int64)
    who[:, 1] = np.where(people.within | (ready < 32767), -ready - 1, ready)
    who[:, 2], who[:, 3] = people.pay_floor, people.certificates
    _write_codes(who, codes, 4 * WORDS * n, people.region_start, people.region, people.skill_start, people.skill)
    return who, codes


@njit(cache=True, nogil=True)
def _write_codes(
    who: Array, codes: Array, tail: int, region_start: Array, region: Array, skill_start: Array, skill: Array
) -> None:
    for i in range(len(who)):
        both = region_start[i + 1] - region_start[i] + skill_start[i + 1] - skill_start[i]
        to = int64(i) * 4 * WORDS + INLINE
        if both > INLINE:
            who[i, 4] = tail
            to = tail
            tail += both
        for r in range(region_start[i], region_start[i + 1]):
            codes[to] = region[r]
            to += 1
        for s in range(skill_start[i], skill_start[i + 1]):
            codes[to] = skill[s]
            to += 1


def packed_lots(
    at: Array, net: Array, worth: Array, pay: Array, certificate: Array, age_min: Array, age_max: Array, ends: Array
) -> Array:
    """Return lots as rows of int64, 32 bytes each: one read from memory tells all that a claimant asks of a lot.

    Row: worth minus price; worth and pay in 32 bits each; certificates; number of the lot, and above it when one is home
    again (12 bits) and the ages (8 bits each).
    """
    rows = np.empty((len(at), 4), np.int64)
    rows[:, 0], rows[:, 2] = net, certificate
    rows[:, 1] = (worth.astype(np.int64) << 32) | pay.astype(np.int64)
    limits = ends.astype(np.int64) | (age_min.astype(np.int64) << 12) | (age_max.astype(np.int64) << 20)
    rows[:, 3] = at.astype(np.int64) | (limits << 32)
    return rows


@njit(cache=True, nogil=True, inline="always")
def unpacked(who: Array, i: int) -> tuple[int, int, int, int, int, int, int, int]:
    """Return (first region, first skill, past the last, home, when home, age, pay floor, certificates); the first three in codes."""
    some = who[i, 0]
    regions, skills = some & 0xFFFF, (some >> 16) & 0xFFFF
    home = (some >> 32) & 0xFFFF
    first = int64(i) * 4 * WORDS + INLINE if regions + skills <= INLINE else who[i, 4]
    return (first, first + regions, first + regions + skills, home if home != 0xFFFF else int64(-1), who[i, 1], some >> 48, who[i, 2],
            who[i, 3])  # fmt: skip


@njit(cache=True, nogil=True)
def move_down(source: Source, j: int, net: int) -> None:
    """Put lot j, whose worth minus price has fallen to `net`, where it belongs in its bucket."""
    _, _, start, skills, lots, at, region, skill, _, _, _, _ = source
    k = int64(at[j])
    if k < 0:
        return
    end = start[int64(region[j]) * skills + skill[j] + 1]
    a, b, c = lots[k, 1], lots[k, 2], lots[k, 3]
    while k + 1 < end and lots[k + 1, 0] > net:
        for w in range(4):
            lots[k, w] = lots[k + 1, w]
        at[lots[k, 3] & LOW32] = k
        k += 1
    lots[k, 0], lots[k, 1], lots[k, 2], lots[k, 3] = net, a, b, c
    at[j] = k


@njit(cache=True, nogil=True, inline="always")
def open_to(lot: Array, age: int, ready: int, pay_floor: int, certificates: int) -> bool:
    """Tell whether a lot (a row of `packed_lots`) takes somebody with these claims."""
    limits = lot[3] >> 32
    return bool(
        (lot[1] & LOW32) >= pay_floor
        and (limits & 0xFFF) <= ready
        and age >= ((limits >> 12) & 0xFF)
        and age <= limits >> 20
        and (lot[2] & ~certificates) == 0
    )


@njit(cache=True, nogil=True)
def list_from_buckets(source: Source, i: int, mul: int, shift: int, row: Array) -> None:
    """Write the short list of claimant i: four best lots by score minus price and the fifth value."""
    who, codes, bucket_start, skills, lots, _, _, _, _, region_step, skill_step, home_bonus = source
    v1 = int64(NONE)
    v2 = v1
    v3 = v1
    v4 = v1
    v5 = v1
    e1 = int64(-1)
    e2 = e1
    e3 = e1
    e4 = e1
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
            # the turn before the list is for lots that ask no skill
            trade = int64(codes[s]) if s >= trades else int64(0)
            own = by_region - (int64(s - trades) * skill_step if s >= trades else 0)
            b = place * skills + trade
            for k in range(bucket_start[b], bucket_start[b + 1]):
                lot = lots[k]
                if lot[0] + own * mul <= v5:
                    break
                score = (lot[1] >> 32) + own
                if score < 0 or not open_to(lot, age, ready, pay_floor, certificates):
                    continue
                v = lot[0] + own * mul
                e = ((lot[3] & LOW32) << shift) | score
                if v > v4:
                    v5 = v4
                    if v > v3:
                        v4, e4 = v3, e3
                        if v > v2:
                            v3, e3 = v2, e2
                            if v > v1:
                                v2, e2 = v1, e1
                                v1, e1 = v, e
                            else:
                                v2, e2 = v, e
                        else:
                            v3, e3 = v, e
                    else:
                        v4, e4 = v, e
                else:
                    v5 = v
    row[0] = max(v5, -(1 << 29))
    row[1] = e1
    row[2] = e2
    row[3] = e3
    row[4] = e4


@njit(cache=True, nogil=True)
def two_in_buckets(source: Source, i: int, mul: int) -> tuple[int, int, int]:
    """Return (best score minus price, second best, best lot) of claimant i over all his lots; NONE and -1 where there is none."""
    who, codes, bucket_start, skills, lots, _, _, _, _, region_step, skill_step, home_bonus = source
    v1 = int64(NONE)
    v2 = v1
    j = int64(-1)
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
                if lot[0] + own * mul <= v2:
                    break
                score = (lot[1] >> 32) + own
                if score < 0 or not open_to(lot, age, ready, pay_floor, certificates):
                    continue
                v = lot[0] + own * mul
                if v > v1:
                    v2 = v1
                    v1 = v
                    j = lot[3] & LOW32
                elif v > v2:
                    v2 = v
    return v1, v2, j


@njit(cache=True, nogil=True)
def score_in_market(source: Source, i: int, j: int) -> int:
    """Return the score of claimant i at lot j, which he may take."""
    who, codes, _, _, _, _, lot_region, lot_skill, lot_worth, region_step, skill_step, home_bonus = source
    score = int64(lot_worth[j])
    first, trades, last, home, _, _, _, _ = unpacked(who, i)
    for r in range(first, trades):
        if codes[r] == lot_region[j]:
            score -= int64(r - first) * region_step
            break
    if lot_region[j] == home:
        score += home_bonus
    if lot_skill[j] > 0:
        for s in range(trades, last):
            if codes[s] == lot_skill[j]:
                score -= int64(s - trades) * skill_step
                break
    return score
