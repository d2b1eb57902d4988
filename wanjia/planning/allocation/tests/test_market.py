"""Markets: eligibility, the law, lists against brute force, gap over all eligible lots."""

import dataclasses

import numpy as np
import polars as pl
import pytest

from wanjia.planning.allocation.check_market import check_market, pair_scores
from wanjia.planning.allocation.columns import read_market
from wanjia.planning.allocation.market import list_best, solve_market
from wanjia.planning.allocation.problem import from_edges
from wanjia.planning.allocation.shut_out import explain_pair
from wanjia.planning.allocation.solve import solve
from wanjia.planning.allocation.worlds import invented_market
from wanjia.planning.contract import BadInput

PEOPLE = {
    "regions": [["永善", "杭州"], ["杭州"], ["永善"], ["永善"]], "age": [30, 17, 40, 15], "skills": [["焊工"], [], ["焊工"], ["焊工"]],
    "home": ["永善"] * 4, "home_by": [None, None, "17:40", None],
}  # fmt: skip
LOTS = {
    "region": ["永善", "杭州", "杭州"], "pay": [3000, 6000, 5000], "places": [2, 1, 1], "skill": ["焊工", None, None],
    "ends": ["17:30", "20:00", "20:00"], "unsafe": [False, True, False], "minimum_wage": [1800, 2000, 2000],
}  # fmt: skip


def test_lists_equal_brute_force():
    market = invented_market(400, 300, seed=2, regions=6, skills=5)
    start, _, score = list_best(market, None, 20)
    scores, fits = pair_scores(market, np.arange(400))
    for i in range(400):
        mine = np.sort(scores[i][fits[i]])[::-1][:20]
        assert score[start[i] : start[i + 1]].tolist() == mine.tolist()
    assert len(score) > 2000


@pytest.mark.parametrize(("n", "m", "ratio"), [(1500, 60, 0.8), (1500, 60, 1.3), (12_000, 150, 0.8)])
def test_small_markets_are_proven_over_all_eligible_lots(n, m, ratio):
    market = invented_market(n, m, ratio, seed=5, regions=8, skills=6)
    plan = solve_market(market, gap=2e-3)
    found = check_market(market, plan)
    assert found.valid, found.breaches
    assert plan.proven and found.gap == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("ratio", [0.3, 0.8, 1.0, 1.3, 2.0])
def test_gap_is_against_all_eligible_lots(ratio, threads):
    market = invented_market(140_000, 100, ratio, seed=5, regions=8, skills=6) if threads == 2 else invented_market(
        25_000, 300, ratio, seed=5, regions=8, skills=6
    )
    plan = solve_market(market, gap=1e-3, threads=threads)
    found = check_market(market, plan)
    assert found.valid, found.breaches
    assert found.gap <= 1e-3 and plan.gap == pytest.approx(found.gap, abs=1e-6)


def test_long_lists_do_not_fit_a_row_and_are_read_all_the_same():
    market = invented_market(300, 120, 0.8, seed=4, regions=6, skills=5)
    rng = np.random.default_rng(0)
    regions = [rng.permutation(6).tolist() * 1 + list(range(6, 6 + 11 * (i % 2))) for i in range(300)]
    skills = [rng.permutation(np.arange(1, 5)).tolist() for _ in range(300)]
    people = dataclasses.replace(
        market.people, region_start=np.cumsum([0, *map(len, regions)]), region=np.concatenate(regions).astype(np.int16),
        skill_start=np.cumsum([0, *map(len, skills)]), skill=np.concatenate(skills).astype(np.int16),
    )  # fmt: skip
    market = dataclasses.replace(market, people=people, regions=tuple(map(str, range(17))))
    start, _, score = list_best(market, None, 20)
    scores, fits = pair_scores(market, np.arange(300))
    for i in range(300):
        assert score[start[i] : start[i + 1]].tolist() == np.sort(scores[i][fits[i]])[::-1][:20].tolist()
    assert check_market(market, solve_market(market)).valid


def test_market_agrees_with_the_same_pairs_as_edges():
    market = invented_market(600, 40, 0.8, seed=8, regions=5, skills=4)
    scores, fits = pair_scores(market, np.arange(600))
    who, lot = np.nonzero(fits)
    edges = from_edges(who, lot, scores[fits], market.lots.places, 600)
    best = solve(edges, exact=True).value
    plan = solve_market(market, gap=1e-3)
    assert plan.value <= best <= plan.bound and best - plan.value <= 1e-3 * best


def test_law_and_care():
    market = read_market(pl.DataFrame(PEOPLE), pl.DataFrame(LOTS))
    plan = solve_market(market)
    assert plan.choice.tolist() == [1, 2, 0, -1]
    assert check_market(market, plan).valid
    assert any("危险" in words for words in explain_pair(market, plan, 1, 1))
    assert any("回家" in words for words in explain_pair(market, plan, 2, 1))
    assert any("16" in words for words in explain_pair(market, plan, 3, 0))
    assert explain_pair(market, plan, 0, plan.choice[0]) == []


def test_the_referee_sees_a_minor_in_unsafe_work():
    market = read_market(pl.DataFrame(PEOPLE), pl.DataFrame(LOTS))
    plan = solve_market(market)
    spoiled = dataclasses.replace(plan, choice=np.array([-1, 1, 0, -1], np.int32))
    assert any("may not take" in words for words in check_market(market, spoiled).breaches)


@pytest.mark.parametrize(
    ("people", "lots", "place"),
    [
        pytest.param({"性别": ["女"] * 4}, {}, "claimants, field 性别", id="sex"),
        pytest.param({"Ethnicity": ["x"] * 4}, {}, "claimants, field Ethnicity", id="ethnicity"),
        pytest.param({}, {"marital_status": ["x"] * 3}, "lots, field marital_status", id="marital state"),
        pytest.param({}, {"pay": [3000, 1500, 5000]}, "lots, row 1, field pay", id="below the minimum wage"),
        pytest.param({}, {"places": [1, -1, 1]}, "lots, row 1, field places", id="negative places"),
        pytest.param({"age": [30, None, 1, 2]}, {}, None, id="age left out is nought"),
        pytest.param({"home_by": ["25:00", None, None, None]}, {}, "claimants, row 0, field home_by", id="no such time"),
        pytest.param({}, {"pay": [float("nan"), 1.0, 1.0]}, "lots, row 0, field pay", id="nan"),
    ],
)
def test_tables_refuse_and_say_where(people, lots, place):
    if place is None:
        assert read_market(pl.DataFrame(PEOPLE | people), pl.DataFrame(LOTS | lots)).people.age.tolist() == [30, 0, 1, 2]
        return
    with pytest.raises(BadInput) as refusal:
        read_market(pl.DataFrame(PEOPLE | people), pl.DataFrame(LOTS | lots))
    assert refusal.value.place == place
