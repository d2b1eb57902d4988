"""Why this one, why not that one, what would have changed it: from the problem and the published prices only.

At the plan's prices everybody holds (nearly) the lot with his best score minus price, so every answer is a comparison that a
person can repeat by hand (PIPL art. 24: the result must be explained to whom it concerns).
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Option:
    """One lot seen by one claimant, in yuan. short_by: what its score lacked to be his at these prices, 0 when it was his."""

    lot: int
    score: float
    price: float
    surplus: float
    short_by: float
    held: bool
    full: bool
    zh: str
    en: str


@dataclass(frozen=True)
class Holder:
    """One claimant at a lot. surplus: score minus price; the lowest would be first to lose the place."""

    claimant: int
    score: float
    surplus: float


def explain_claimant(problem, plan, claimant: int, most: int = 5) -> list[Option]:
    """Return the claimant's held lot and his best other lots by score minus price, each with its reason."""
    a, b = problem.span(claimant)
    lot = problem.lot[a:b].astype(int)
    score = problem.score[a:b] * problem.unit
    price = np.asarray(plan.price)[lot]
    held = int(plan.choice[claimant])
    taken = np.bincount(plan.choice[plan.choice >= 0], minlength=problem.n_lots)
    mine = float((score - price)[lot == held].sum()) if held >= 0 else 0.0
    order = sorted(range(b - a), key=lambda k: (lot[k] != held, -(score[k] - price[k]), lot[k]))
    return [
        _option(int(lot[k]), float(score[k]), float(price[k]), mine, held, bool(taken[lot[k]] >= problem.places[lot[k]]))
        for k in order[:most]
    ]


def _option(lot: int, score: float, price: float, mine: float, held: int, full: bool) -> Option:
    surplus = score - price
    if lot == held:
        zh = f"已分到：得分 {score:.2f} 元，当前门槛 {price:.2f} 元。"
        en = f"given: score {score:.2f} yuan, threshold {price:.2f} yuan"
        return Option(lot, score, price, surplus, 0.0, True, full, zh, en)
    need = max(0.0, max(mine, 0.0) - surplus)
    if surplus < 0:
        zh = f"名额给了得分更高的人：门槛 {price:.2f} 元，本人得分 {score:.2f} 元；再高 {need:.2f} 元就会分到。"
        en = f"its places went to higher scores: threshold {price:.2f}, own score {score:.2f}; {need:.2f} yuan more would have won it"
    else:
        zh = f"现在的安排比它多 {need:.2f} 元；它的得分再高 {need:.2f} 元就会分到它。"
        en = f"what was given is better by {need:.2f} yuan; with {need:.2f} yuan more this one would have been given"
    return Option(lot, score, price, surplus, need, False, full, zh, en)


def explain_lot(problem, plan, lot: int, most: int = 10) -> list[Holder]:
    """Return who holds the lot, the one nearest to losing it first."""
    holders = []
    for i in np.flatnonzero(np.asarray(plan.choice) == lot):
        a, b = problem.span(int(i))
        score = float(problem.score[a:b][problem.lot[a:b] == lot].sum() * problem.unit)
        holders.append(Holder(int(i), score, score - float(plan.price[lot])))
    return sorted(holders, key=lambda h: (h.surplus, h.claimant))[:most]


def nearest_outside(problem, plan, lot: int, most: int = 5) -> list[Holder]:
    """Return who is not at the lot and would need least to come: surplus is minus what their score lacks."""
    starts = problem.starts()
    edges = np.flatnonzero(problem.lot == lot)
    people = np.searchsorted(starts, edges, side="right") - 1
    found = []
    for i, e in zip(people, edges, strict=True):
        if plan.choice[i] == lot:
            continue
        score = float(problem.score[e] * problem.unit)
        held = [o for o in explain_claimant(problem, plan, int(i), 1) if o.held]
        mine = max(0.0, held[0].surplus) if held else 0.0
        found.append(Holder(int(i), score, score - float(plan.price[lot]) - mine))
    return sorted(found, key=lambda h: (-h.surplus, h.claimant))[:most]


def explain_pair(market, plan, claimant: int, lot: int) -> list[str]:
    """Return, in words, every rule that keeps a market's claimant from a lot; then what the lot lacked. Empty: it is his."""
    p, j = market.people, market.lots
    regions = list(p.region[p.region_start[claimant] : p.region_start[claimant + 1]])
    skills = list(p.skill[p.skill_start[claimant] : p.skill_start[claimant + 1]])
    age, home = int(p.age[claimant]), j.region[lot] == p.home[claimant]
    reasons = [
        (age < 16, "未满 16 周岁，不得就业 / under 16: no work"),
        (j.region[lot] not in regions, "不在愿去的地区 / not a region he is willing to go to"),
        (j.skill[lot] > 0 and j.skill[lot] not in skills, "没有所需技能 / lacks the skill"),
        (bool(j.certificate[lot] & ~p.certificates[claimant]), "没有所需证书 / lacks the certificate"),
        (not j.age_min[lot] <= age <= j.age_max[lot], "年龄不符 / age outside the lot's limits"),
        (age < 18 and bool(j.unsafe[lot]), "未满 18 周岁不得从事危险工作 / under 18: no unsafe work"),
        (j.pay[lot] < p.pay_floor[claimant], "低于本人最低工资要求 / pay below his floor"),
        (bool(p.within[claimant]) and not home, "需要留在本县 / must stay in the county"),
        (p.home_by[claimant] < 32767 and (not home or j.ends[lot] > p.home_by[claimant]), "赶不上回家时间 / cannot be home in time"),
    ]  # fmt: skip
    return [words for broken, words in reasons if broken]
