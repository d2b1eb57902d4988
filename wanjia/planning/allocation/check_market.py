"""The referee of markets: every pair's eligibility and score again, by brute force, in plain numpy.

Shares no code with the solver; about 300 million pairs a minute, so `rows` can limit the bound to some claimants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from wanjia.planning.allocation.check import FINE, Finding, Judged
from wanjia.planning.arrays import Array

if TYPE_CHECKING:
    from wanjia.planning.allocation.market import Market

CHUNK = 4_000_000  # pairs at a time
MOST_ROWS = 100_000  # claimants at a time


def pair_scores(market: Market, rows: ArrayLike) -> tuple[Array, Array]:
    """Return (score int64 steps, eligible bool), both (len(rows), n_lots), by the rules as written."""
    return _judged(market, np.asarray(rows), np.arange(market.n_lots)[None, :])


def scores_at(market: Market, rows: Array, lots: Array) -> tuple[Array, Array]:
    """Return (score int64 steps, eligible bool), both (len(rows),), of the pairs rows[k] and lots[k]."""
    score, fits = np.zeros(len(rows), np.int64), np.zeros(len(rows), bool)
    for a in range(0, len(rows), MOST_ROWS):
        some = slice(a, a + MOST_ROWS)
        got, may = _judged(market, np.asarray(rows)[some], np.asarray(lots)[some, None])
        score[some], fits[some] = got[:, 0], may[:, 0]
    return score, fits


def _judged(market: Market, rows: Array, lots: Array) -> tuple[Array, Array]:
    """Judge rows (k,) against lots (1, m) or (k, 1)."""
    p, j = market.people, market.lots
    region_step, skill_step, home_bonus = (
        round(x / market.unit) for x in (market.scoring.region_step, market.scoring.skill_step, market.scoring.home_bonus)
    )
    region_rank = _ranks(p.region_start, p.region, rows, len(market.regions))
    skill_rank = _ranks(p.skill_start, p.skill, rows, max(1, len(market.skills)))
    skill_rank[:, 0] = 0
    each = np.arange(len(rows))[:, None]
    wish, trade = region_rank[each, j.region[lots]], skill_rank[each, j.skill[lots]]
    home = j.region[lots] == p.home[rows][:, None]
    age = p.age[rows][:, None]
    fits = (wish >= 0) & (trade >= 0) & (age >= 16) & (age >= j.age_min[lots]) & (age <= j.age_max[lots])
    fits &= ~((age < 18) & j.unsafe[lots]) & (j.pay[lots] >= p.pay_floor[rows][:, None])
    fits &= (j.certificate[lots] & ~p.certificates[rows][:, None]) == 0
    tied = p.within[rows] | (p.home_by[rows] < 32767)
    fits &= (home | ~tied[:, None]) & (j.ends[lots] <= p.home_by[rows][:, None])
    score = j.worth[lots].astype(np.int64) - wish * region_step - trade * skill_step + home * home_bonus
    return score, fits & (score >= 0)


def check_market(market: Market, plan: Judged, rows: ArrayLike | None = None) -> Finding:
    """Judge a market's plan over all eligible pairs; rows: only these claimants' part of the bound (then it is not compared)."""
    choice, n, m = np.asarray(plan.choice), market.n_claimants, market.n_lots
    found = []
    if choice.shape != (n,) or (choice < -1).any() or (choice >= m).any():
        return Finding(0.0, 0.0, 1.0, ("choice must be one lot or -1 for each claimant",))
    held = np.bincount(choice[choice >= 0], minlength=m)
    found += [f"lot {j} has {market.lots.places[j]} places and holds {held[j]}" for j in np.flatnonzero(held > market.lots.places)[:20]]
    price = np.rint(np.asarray(plan.price, float) / market.unit * FINE).astype(np.int64)
    if (price < 0).any():
        found.append("a price is negative")
    every = np.arange(n) if rows is None else np.asarray(rows)
    steps, money = 0, int((price * market.lots.places.astype(np.int64)).sum())
    step = max(1, CHUNK // m)
    for a in range(0, len(every), step):
        some = every[a : a + step]
        score, fits = pair_scores(market, some)
        mine = choice[some]
        has = np.flatnonzero(mine >= 0)
        wrong = has[~fits[has, mine[has]]]
        found += [f"claimant {some[i]} may not take lot {mine[i]}" for i in wrong[:20]]
        steps += int(score[has, mine[has]].sum())
        money += int(np.where(fits, score * FINE - price, 0).max(axis=1, initial=0).sum())
    value, bound = steps * market.unit, money / FINE * market.unit
    if rows is None:
        if abs(value - plan.value) > 1e-6 * max(1.0, value):
            found.append(f"the plan says it is worth {plan.value}, it is worth {value}")
        if bound > plan.bound + 1e-6 * max(1.0, bound):
            found.append(f"the plan claims the bound {plan.bound}, its prices only prove {bound}")
    return Finding(value, bound, (bound - value) / bound if bound > 0 else 0.0, tuple(found))


def _ranks(start: Array, flat: Array, rows: Array, codes: int) -> Array:
    """Return the place of each code in each row's list, -1 where it is not: int64 (len(rows), codes)."""
    rank = np.full((len(rows), codes), -1, np.int64)
    length = (start[1:] - start[:-1])[rows]
    owner = np.repeat(np.arange(len(rows)), length)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(length) - length, length)
    named = flat[np.repeat(start[:-1][rows], length) + place]
    # written from the last to the first, so that a code named twice keeps its first place
    rank[owner[::-1], named[::-1]] = place[::-1]
    return rank
