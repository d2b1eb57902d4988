"""Families in large markets: never parted, never past the places, at most what the bound says away from the best; the same in shards."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wanjia.planning.allocation import market as engine
from wanjia.planning.allocation import market_together as going
from wanjia.planning.allocation.check_market import check_market, scores_at
from wanjia.planning.allocation.crew import Here
from wanjia.planning.allocation.market import list_all, solve_market
from wanjia.planning.allocation.market_together import Families, bring_together, bring_together_in_shards, parted
from wanjia.planning.allocation.shard_market import solve_shards
from wanjia.planning.allocation.shards import cuts, held, rows_of
from wanjia.planning.allocation.solve import solve
from wanjia.planning.allocation.worlds import invented_market


def couples(market, share, seed, barred=False, only=False):
    """Pair some rows by lot; a lot's site is its region."""
    dice = np.random.default_rng(seed)
    rows = dice.permutation(market.n_claimants)[: int(share * market.n_claimants) // 2 * 2]
    pairs = tuple(tuple(int(row) for row in sorted(pair)) for pair in rows.reshape(-1, 2))
    site = market.lots.region.astype(np.int64)
    said = {pair[0]: [int(dice.integers(market.n_lots))] for pair in pairs} if barred else {}
    bound = {pair[0]: int(dice.choice(site)) for pair in pairs[:3]} if only else {}
    return Families(pairs, site, said, bound)


def solved(market):
    return solve_market(market)


def together(market, families):
    return bring_together(market, solved(market), families, lambda rest, _rows: solved(rest))


def holds(market, plan, families, value=True):
    """Judge by the referee, and look at each family."""
    placed = np.flatnonzero(plan.choice >= 0)
    score, fits = scores_at(market, placed, plan.choice[placed])
    assert fits.all() and (np.bincount(plan.choice[placed], minlength=market.n_lots) <= market.lots.places).all()
    assert not parted(plan.choice, families)
    assert abs(score.sum() * market.unit - plan.value) < 1e-6 and plan.value <= plan.bound + 1e-6


@settings(max_examples=40, deadline=None)
@given(st.integers(8, 200), st.integers(2, 40), st.sampled_from((0.3, 0.8, 1.5)), st.integers(0, 999), st.booleans(), st.booleans())
def test_no_family_is_parted_and_no_rule_broken(n, m, ratio, seed, barred, only):
    market = invented_market(n, m, ratio, seed=seed, regions=5, skills=4)
    families = couples(market, 0.5, seed, barred, only)
    holds(market, together(market, families), families)


def test_what_parts_nobody_is_left_as_it_is_and_what_parts_somebody_is_seen():
    market = invented_market(120, 20, 0.9, seed=3, regions=5, skills=4)
    plan, families = solved(market), couples(market, 0.6, 3)
    apart = parted(plan.choice, families)
    assert apart, "negative control: without the second pass families are parted"
    same = Families(tuple(family for family in families.members if family not in apart), families.site, {}, {})
    assert bring_together(market, plan, same, None) is plan


def test_it_is_as_good_as_the_solver_that_lists_all_pairs():
    """Couples drawn by lot often have no place in common: what that costs nobody can save. Beside it the solver for listed pairs, which knows families too."""
    market = invented_market(3_000, 200, 0.9, seed=1)
    families = couples(market, 0.1, 1)
    alone, plan = solved(market), together(market, families)
    holds(market, plan, families)
    listed = solve(replace(list_all(market), together=families.members, site=families.site))
    assert plan.relaxed and not plan.proven and plan.value > 0.995 * listed.value, (plan.value, listed.value)
    assert check_market(market, alone).valid


def test_a_large_market_lists_no_pairs(monkeypatch):
    """More people than a market is listed for: the auction over buckets, twice."""
    monkeypatch.setattr(engine, "SMALL", 100)
    market = invented_market(2_000, 150, 0.8, seed=5)
    families = couples(market, 0.2, 5)
    plan = together(market, families)
    holds(market, plan, families)
    assert plan.value > 0.99 * solve(replace(list_all(market), together=families.members, site=families.site)).value


def test_a_family_whose_best_lots_share_no_site_looks_at_all(monkeypatch):
    market = invented_market(60, 40, 1.2, seed=8, regions=12, skills=3)
    families = couples(market, 0.8, 8)
    whole = together(market, families)
    monkeypatch.setattr(going, "BEST", 1)
    few = together(market, families)
    holds(market, few, families)
    assert (few.choice[families.rows] >= 0).sum() >= 0.9 * (whole.choice[families.rows] >= 0).sum() > 0


@settings(max_examples=15, deadline=None)
@given(st.integers(12, 160), st.integers(3, 30), st.sampled_from((0.5, 1.1)), st.integers(0, 99), st.integers(1, 4))
def test_in_shards_too_wherever_they_are_cut(n, m, ratio, seed, shards):
    market = invented_market(n, m, ratio, seed=seed, regions=5, skills=4)
    families = couples(market, 0.5, seed)

    def run(sources):
        return solve_shards(Here(sources), seed=seed)

    def plan_of(edges):
        sources = held(market, edges)
        return bring_together_in_shards(sources, run(sources), families, run)

    plan = plan_of(cuts(n, shards))
    holds(market, plan, families)
    whole = plan_of([0, n])
    assert plan.choice.tolist() == whole.choice.tolist() and (plan.value, plan.bound) == (whole.value, whole.bound)


def test_everybody_a_member():
    market = invented_market(20, 10, 1.0, seed=2, regions=3, skills=2)
    families = couples(market, 1.0, 2)
    assert len(families.rows) == 20
    holds(market, together(market, families), families)


@pytest.mark.parametrize("rows", [[0, 3, 5], [7]])
def test_rows_are_those_asked_for(rows):
    market = invented_market(9, 4, 1.0, seed=4, regions=3, skills=2)
    assert rows_of(market, np.array(rows)).people.age.tolist() == market.people.age[rows].tolist()
