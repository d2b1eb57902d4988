"""Which lots a claimant may take, best first, without looking at all pairs.

Lots lie in buckets of (region, skill), best first by worth minus price. A claimant opens only the buckets of his regions and
skills, and reads each only while it can still beat what he has: an inverted index with early stopping (Fagin, Lotem & Naor,
"Optimal aggregation algorithms for middleware", J. Computer and System Sciences 66, 2003). While prices only rise, an old
order stays a bound from above, so an auction may go on under it.

A source is the tuple (people columns, index columns, lot columns, steps) that `MarketCore.source` builds.
"""

import numpy as np
from numba import njit

NONE = -(1 << 40)


@njit(cache=True, nogil=True)
def list_from_buckets(source, i, price, mul, shift, row):
    """Write the short list of claimant i: four best lots by score minus price and the fifth value."""
    (region_start, region, skill_start, skill, home, home_by, within, age, pay_floor, certificates,
     bucket_start, skills, at, net, worth, pay, certificate, age_min, age_max, ends, _, _, _,
     region_step, skill_step, home_bonus) = source  # fmt: skip
    v1 = np.int64(NONE)
    v2 = v1
    v3 = v1
    v4 = v1
    v5 = v1
    e1 = np.int64(-1)
    e2 = e1
    e3 = e1
    e4 = e1
    my_age = age[i]
    for r in range(region_start[i], region_start[i + 1]):
        place = np.int64(region[r])
        at_home = place == home[i]
        if not at_home and (within[i] or home_by[i] < 32767):
            continue
        by_region = -np.int64(r - region_start[i]) * region_step + (home_bonus if at_home else 0)
        for s in range(skill_start[i] - 1, skill_start[i + 1]):
            # the turn before the list is for lots that ask no skill
            trade = np.int64(0)
            own = by_region
            if s >= skill_start[i]:
                trade = np.int64(skill[s])
                own = by_region - np.int64(s - skill_start[i]) * skill_step
            b = place * skills + trade
            for k in range(bucket_start[b], bucket_start[b + 1]):
                if net[k] + own * mul <= v5:
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
                v = (np.int64(worth[k]) + own) * mul - price[at[k]]
                if v <= v5:
                    continue
                e = (np.int64(at[k]) << shift) | (np.int64(worth[k]) + own)
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
def best_in_buckets(source, i, price, mul):
    """Return the best score minus price of claimant i over all his lots, NONE when there is none."""
    (region_start, region, skill_start, skill, home, home_by, within, age, pay_floor, certificates,
     bucket_start, skills, at, net, worth, pay, certificate, age_min, age_max, ends, _, _, _,
     region_step, skill_step, home_bonus) = source  # fmt: skip
    best = np.int64(NONE)
    my_age = age[i]
    for r in range(region_start[i], region_start[i + 1]):
        place = np.int64(region[r])
        at_home = place == home[i]
        if not at_home and (within[i] or home_by[i] < 32767):
            continue
        by_region = -np.int64(r - region_start[i]) * region_step + (home_bonus if at_home else 0)
        for s in range(skill_start[i] - 1, skill_start[i + 1]):
            trade = np.int64(0)
            own = by_region
            if s >= skill_start[i]:
                trade = np.int64(skill[s])
                own = by_region - np.int64(s - skill_start[i]) * skill_step
            b = place * skills + trade
            for k in range(bucket_start[b], bucket_start[b + 1]):
                if net[k] + own * mul <= best:
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
                best = max(best, (np.int64(worth[k]) + own) * mul - price[at[k]])
    return best


@njit(cache=True, nogil=True)
def score_in_market(source, i, j):
    """Return the score of claimant i at lot j, which he may take."""
    (region_start, region, skill_start, skill, home, _, _, _, _, _,
     _, _, _, _, _, _, _, _, _, _, lot_region, lot_skill, lot_worth,
     region_step, skill_step, home_bonus) = source  # fmt: skip
    score = np.int64(lot_worth[j])
    for r in range(region_start[i], region_start[i + 1]):
        if region[r] == lot_region[j]:
            score -= np.int64(r - region_start[i]) * region_step
            break
    if lot_region[j] == home[i]:
        score += home_bonus
    if lot_skill[j] > 0:
        for s in range(skill_start[i], skill_start[i + 1]):
            if skill[s] == lot_skill[j]:
                score -= np.int64(s - skill_start[i]) * skill_step
                break
    return score
