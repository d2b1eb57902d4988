"""Which lots a claimant may take, best first, without looking at all pairs.

Lots lie in buckets of (region, skill), best first by worth minus price. A claimant opens only the buckets of his regions and
skills, and reads each only while it can still beat what he has: an inverted index with early stopping (Fagin, Lotem & Naor,
"Optimal aggregation algorithms for middleware", J. Computer and System Sciences 66, 2003). While prices only rise, an old
order stays a bound from above, so an auction may go on under it.

A source is the tuple (packed people, their lists, index columns, lot columns, steps) that `MarketCore.source` builds.
"""

import numpy as np
from numba import njit

NONE = -(1 << 40)


def packed(people) -> np.ndarray:
    """Return the people as rows of int64, 48 bytes each, so that one claimant is one or two reads from memory, not ten.

    Row: first region, first skill; how many of each, home and age in 16 bits each; when to be home (below nought, less one:
    only in the home county); pay floor; certificates.
    """
    who = np.empty((len(people.age), 6), np.int64)
    regions, skills = np.diff(people.region_start), np.diff(people.skill_start)
    who[:, 0], who[:, 1] = people.region_start[:-1], people.skill_start[:-1]
    who[:, 2] = regions | (skills << 16) | ((people.home.astype(np.int64) & 0xFFFF) << 32) | (people.age.astype(np.int64) << 48)
    ready = people.home_by.astype(np.int64)
    who[:, 3] = np.where(people.within | (ready < 32767), -ready - 1, ready)
    who[:, 4], who[:, 5] = people.pay_floor, people.certificates
    return who


@njit(cache=True, nogil=True, inline="always")
def unpacked(row):
    """Return (regions from, to, skills from, to, home, when home, age, pay floor, certificates) of a row of `packed`."""
    some = row[2]
    home = (some >> 32) & 0xFFFF
    return (row[0], row[0] + (some & 0xFFFF), row[1], row[1] + ((some >> 16) & 0xFFFF), home if home != 0xFFFF else np.int64(-1),
            row[3], some >> 48, row[4], row[5])  # fmt: skip


@njit(cache=True, nogil=True)
def list_from_buckets(source, i, price, mul, shift, row):
    """Write the short list of claimant i: four best lots by score minus price and the fifth value."""
    (who, region, skill,
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
    regions_from, regions_to, skills_from, skills_to, home, home_by, my_age, pay_floor, certificates = unpacked(who[i])
    tied = home_by < 0
    ready = -home_by - 1 if tied else home_by
    for r in range(regions_from, regions_to):
        place = np.int64(region[r])
        at_home = place == home
        if tied and not at_home:
            continue
        by_region = -np.int64(r - regions_from) * region_step + (home_bonus if at_home else 0)
        for s in range(skills_from - 1, skills_to):
            # the turn before the list is for lots that ask no skill
            trade = np.int64(0)
            own = by_region
            if s >= skills_from:
                trade = np.int64(skill[s])
                own = by_region - np.int64(s - skills_from) * skill_step
            b = place * skills + trade
            for k in range(bucket_start[b], bucket_start[b + 1]):
                if net[k] + own * mul <= v5:
                    break
                if (
                    my_age < age_min[k]
                    or my_age > age_max[k]
                    or pay[k] < pay_floor
                    or (certificate[k] & ~certificates) != 0
                    or ends[k] > ready
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
    (who, region, skill,
     bucket_start, skills, at, net, worth, pay, certificate, age_min, age_max, ends, _, _, _,
     region_step, skill_step, home_bonus) = source  # fmt: skip
    best = np.int64(NONE)
    regions_from, regions_to, skills_from, skills_to, home, home_by, my_age, pay_floor, certificates = unpacked(who[i])
    tied = home_by < 0
    ready = -home_by - 1 if tied else home_by
    for r in range(regions_from, regions_to):
        place = np.int64(region[r])
        at_home = place == home
        if tied and not at_home:
            continue
        by_region = -np.int64(r - regions_from) * region_step + (home_bonus if at_home else 0)
        for s in range(skills_from - 1, skills_to):
            trade = np.int64(0)
            own = by_region
            if s >= skills_from:
                trade = np.int64(skill[s])
                own = by_region - np.int64(s - skills_from) * skill_step
            b = place * skills + trade
            for k in range(bucket_start[b], bucket_start[b + 1]):
                if net[k] + own * mul <= best:
                    break
                if (
                    my_age < age_min[k]
                    or my_age > age_max[k]
                    or pay[k] < pay_floor
                    or (certificate[k] & ~certificates) != 0
                    or ends[k] > ready
                    or worth[k] + own < 0
                ):
                    continue
                best = max(best, (np.int64(worth[k]) + own) * mul - price[at[k]])
    return best


@njit(cache=True, nogil=True)
def score_in_market(source, i, j):
    """Return the score of claimant i at lot j, which he may take."""
    (who, region, skill,
     _, _, _, _, _, _, _, _, _, _, lot_region, lot_skill, lot_worth,
     region_step, skill_step, home_bonus) = source  # fmt: skip
    score = np.int64(lot_worth[j])
    regions_from, regions_to, skills_from, skills_to, home, _, _, _, _ = unpacked(who[i])
    for r in range(regions_from, regions_to):
        if region[r] == lot_region[j]:
            score -= np.int64(r - regions_from) * region_step
            break
    if lot_region[j] == home:
        score += home_bonus
    if lot_skill[j] > 0:
        for s in range(skills_from, skills_to):
            if skill[s] == lot_skill[j]:
                score -= np.int64(s - skills_from) * skill_step
                break
    return score
