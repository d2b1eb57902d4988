"""Why a market's claimant does not hold a lot: the rules that shut him out, else what his score lacked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wanjia.planning.allocation.check_market import pair_scores
from wanjia.planning.allocation.explain import explain_claimant
from wanjia.planning.allocation.solve import Plan

if TYPE_CHECKING:
    from wanjia.planning.allocation.market import Market


def explain_pair(market: Market, plan: Plan, claimant: int, lot: int) -> list[str]:
    """Return in words why a market's claimant does not hold a lot: every rule that shuts him out, else what his score lacked.

    Empty when the lot is his.
    """
    if plan.choice[claimant] == lot:
        return []
    found = shut_out(market, claimant, lot)
    if not found:
        score, fits = pair_scores(market, np.array([claimant]))
        if not fits[0, lot]:
            return ["按评分规则得分低于零 / worth less than nought by the scoring rule"]
        options = explain_claimant(market, plan, claimant, market.n_lots)
        found = [f"{option.zh} / {option.en}" for option in options if option.lot == lot]
    return found


def shut_out(market: Market, claimant: int, lot: int) -> list[str]:
    """Return in words every rule that shuts a claimant out of a lot; empty when none does."""
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
