"""The referee of markets: every pair's eligibility and score again, by brute force, in plain numpy.

Shares no code with the solver; about 300 million pairs a minute, so `rows` can limit the bound to some claimants.
"""

import numpy as np

from wanjia.planning.allocation.check import FINE, Finding

CHUNK = 4_000_000  # pairs at a time


def pair_scores(market, rows) -> tuple[np.ndarray, np.ndarray]:
    """Return (score int64 steps, eligible bool), both (len(rows), n_lots), by the rules as written."""
    p, lots = market.people, market.lots
    region_step, skill_step, home_bonus = (
        round(x / market.unit) for x in (market.scoring.region_step, market.scoring.skill_step, market.scoring.home_bonus)
    )
    region_rank = _ranks(p.region_start, p.region, rows, len(market.regions))
    skill_rank = _ranks(p.skill_start, p.skill, rows, max(1, len(market.skills)))
    skill_rank[:, 0] = 0
    wish, trade = region_rank[:, lots.region], skill_rank[:, lots.skill]
    home = lots.region[None, :] == p.home[rows][:, None]
    age = p.age[rows][:, None]
    fits = (wish >= 0) & (trade >= 0) & (age >= 16) & (age >= lots.age_min) & (age <= lots.age_max)
    fits &= ~((age < 18) & lots.unsafe) & (lots.pay >= p.pay_floor[rows][:, None])
    fits &= (lots.certificate & ~p.certificates[rows][:, None]) == 0
    tied = p.within[rows] | (p.home_by[rows] < 32767)
    fits &= (home | ~tied[:, None]) & (lots.ends <= p.home_by[rows][:, None])
    score = lots.worth.astype(np.int64) - wish * region_step - trade * skill_step + home * home_bonus
    return score, fits & (score >= 0)


def check_market(market, plan, rows=None) -> Finding:
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
    value, bound = 0, int((price * market.lots.places.astype(np.int64)).sum())
    step = max(1, CHUNK // m)
    for a in range(0, len(every), step):
        some = every[a : a + step]
        score, fits = pair_scores(market, some)
        mine = choice[some]
        has = np.flatnonzero(mine >= 0)
        wrong = has[~fits[has, mine[has]]]
        found += [f"claimant {some[i]} may not take lot {mine[i]}" for i in wrong[:20]]
        value += int(score[has, mine[has]].sum())
        bound += int(np.where(fits, score * FINE - price, 0).max(axis=1, initial=0).sum())
    value, bound = value * market.unit, bound / FINE * market.unit
    if rows is None:
        if abs(value - plan.value) > 1e-6 * max(1.0, value):
            found.append(f"the plan says it is worth {plan.value}, it is worth {value}")
        if bound > plan.bound + 1e-6 * max(1.0, bound):
            found.append(f"the plan claims the bound {plan.bound}, its prices only prove {bound}")
    return Finding(value, bound, (bound - value) / bound if bound > 0 else 0.0, tuple(found))


def _ranks(start, flat, rows, codes: int) -> np.ndarray:
    """Return the place of each code in each row's list, -1 where it is not."""
    rank = np.full((len(rows), codes), -1, np.int64)
    for k, i in enumerate(rows):
        for place, code in enumerate(flat[start[i] : start[i + 1]]):
            if rank[k, code] < 0:
                rank[k, code] = place
    return rank
