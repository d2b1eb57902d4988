"""Which lots a claimant may take, best first, without looking at all pairs.

Lots lie in buckets of (region, skill), best first by worth minus price. A claimant opens only the buckets of his regions and
skills, and reads each only while it can still beat his K-th best: an inverted index with early stopping (Fagin, Lotem & Naor,
"Optimal aggregation algorithms for middleware", 2003).
"""

from dataclasses import dataclass

import numpy as np
from numba import njit

NEVER = 1 << 30
ADULT, WORKING_AGE = 18, 16


@dataclass(frozen=True)
class People:
    """Claimants in codes. Lists are flat with starts: region, skill int16; home int16 (-1 unknown); home_by int16 minutes
    (32767: no matter); within: only in the home county; age int16; pay_floor int32 steps; certificates int64 bits."""

    region_start: np.ndarray
    region: np.ndarray
    skill_start: np.ndarray
    skill: np.ndarray
    home: np.ndarray
    home_by: np.ndarray
    within: np.ndarray
    age: np.ndarray
    pay_floor: np.ndarray
    certificates: np.ndarray

    @property
    def arrays(self) -> tuple:
        """Return the columns in the order the kernels take them."""
        return (
            self.region_start, self.region, self.skill_start, self.skill, self.home, self.home_by, self.within, self.age,
            self.pay_floor, self.certificates,
        )  # fmt: skip

    def take(self, rows) -> "People":
        """Return some of the people."""
        rs, r = _take_lists(self.region_start, self.region, rows)
        ss, s = _take_lists(self.skill_start, self.skill, rows)
        return People(
            rs, r, ss, s, self.home[rows], self.home_by[rows], self.within[rows], self.age[rows], self.pay_floor[rows],
            self.certificates[rows],
        )  # fmt: skip


@dataclass(frozen=True)
class Lots:
    """Lots in codes: region, skill int16 (skill 0: any); worth int32 steps (the part of the score that is the lot's own);
    pay int32 steps; certificate int64 bit or 0; ages int16; ends int16 minutes; unsafe bool; places int32."""

    region: np.ndarray
    skill: np.ndarray
    worth: np.ndarray
    pay: np.ndarray
    certificate: np.ndarray
    age_min: np.ndarray
    age_max: np.ndarray
    ends: np.ndarray
    unsafe: np.ndarray
    places: np.ndarray


@dataclass(frozen=True)
class Index:
    """The buckets at some prices."""

    bucket_start: np.ndarray
    skills: int
    columns: tuple


def build_index(lots: Lots, price, mul: int, regions: int, skills: int) -> Index:
    """Sort the lots into buckets, best worth minus price first. price: int64 money (mul a step), NEVER for closed."""
    keep = np.flatnonzero((lots.places > 0) & (price < NEVER))
    bucket = lots.region[keep].astype(np.int64) * skills + lots.skill[keep]
    net = lots.worth[keep].astype(np.int64) * mul - price[keep]
    order = np.lexsort((keep, -net, bucket))
    keep, net = keep[order], net[order]
    start = np.concatenate([[0], np.cumsum(np.bincount(bucket, minlength=regions * skills))]).astype(np.int64)
    columns = (
        keep.astype(np.int32), net, lots.worth[keep], lots.pay[keep], lots.certificate[keep],
        np.maximum(lots.age_min[keep], np.where(lots.unsafe[keep], ADULT, WORKING_AGE)).astype(np.int16),
        lots.age_max[keep], lots.ends[keep],
    )  # fmt: skip
    return Index(start, skills, columns)


@njit(cache=True, nogil=True)
def best_lots(
    lo, hi, region_start, region, skill_start, skill, home, home_by, within, age, pay_floor, certificates,
    bucket_start, skills, at, net, worth, pay, certificate, age_min, age_max, ends,
    region_step, skill_step, home_bonus, mul, most, out_lot, out_score, count,
):  # fmt: skip
    """Write up to `most` lots with the best score minus price for people lo:hi; return the sum of their best, at least 0.

    out_lot, out_score: (hi - lo, most), best first; count int32 (hi - lo,). Scores below nought are left out.
    """
    total = np.int64(0)
    key = np.empty(most, np.int64)
    where = np.empty(most, np.int64)
    base = np.empty(most, np.int64)
    for i in range(lo, hi):
        found = 0
        floor = np.int64(-(1 << 60))
        my_age = age[i]
        for r in range(region_start[i], region_start[i + 1]):
            place = np.int64(region[r])
            at_home = place == home[i]
            if not at_home and (within[i] or home_by[i] < 32767):
                continue
            by_region = -np.int64(r - region_start[i]) * region_step + (home_bonus if at_home else 0)
            for s in range(skill_start[i] - 1, skill_start[i + 1]):
                # the turn before the list is for lots that ask no skill
                if s < skill_start[i]:
                    trade = np.int64(0)
                    own = by_region
                else:
                    trade = np.int64(skill[s])
                    own = by_region - np.int64(s - skill_start[i]) * skill_step
                b = place * skills + trade
                for k in range(bucket_start[b], bucket_start[b + 1]):
                    value = net[k] + own * mul
                    if value <= floor:
                        break
                    if (
                        my_age < age_min[k]
                        or my_age > age_max[k]
                        or pay[k] < pay_floor[i]
                        or (certificate[k] & ~certificates[i]) != 0
                        or ends[k] > home_by[i]
                        or worth[k] + own < 0
                    ):
                        continue
                    p = found if found < most else most - 1
                    while p > 0 and key[p - 1] < value:
                        key[p] = key[p - 1]
                        where[p] = where[p - 1]
                        base[p] = base[p - 1]
                        p -= 1
                    key[p] = value
                    where[p] = k
                    base[p] = own
                    if found < most:
                        found += 1
                    if found == most:
                        floor = key[most - 1]
        if found and key[0] > 0:
            total += key[0]
        count[i - lo] = found
        if most > 1:
            for p in range(found):
                out_lot[i - lo, p] = at[where[p]]
                out_score[i - lo, p] = worth[where[p]] + base[p]
    return total


@njit(cache=True, nogil=True)
def compact(lot, score, count, most):
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


def _take_lists(start, flat, rows):
    length = (start[1:] - start[:-1])[rows]
    new = np.concatenate([[0], np.cumsum(length)]).astype(np.int64)
    at = np.arange(new[-1]) - np.repeat(new[:-1] - start[:-1][rows], length)
    return new, flat[at]
