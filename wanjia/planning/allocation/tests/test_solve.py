"""Plain allocation: quality, proof, determinism, limits."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wanjia.planning.allocation import exact, levels
from wanjia.planning.allocation.check import check
from wanjia.planning.allocation.core import Hands
from wanjia.planning.allocation.plain import core_of
from wanjia.planning.allocation.problem import from_rows
from wanjia.planning.allocation.solve import solve
from wanjia.planning.allocation.tests.worlds import best_by_search, few, judged, rows
from wanjia.planning.allocation.worlds import invented_rows
from wanjia.planning.contract import Control

small = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 3)), st.integers(0, 9), min_size=1, max_size=12
)


def auction_only(problem, gap=1e-3, threads=1, seed=0):
    """Run the auction where `solve` would ask for a proof."""
    core = core_of(problem)
    out = levels.run(core, gap, Control(), seed, threads)
    from wanjia.planning.allocation.plain import plan_in_yuan

    return plan_in_yuan(problem, core, out, Control())


@settings(max_examples=60, deadline=None)
@given(small, st.lists(st.integers(0, 2), min_size=4, max_size=4))
def test_solve_equals_exhaustive_search(edges, places):
    problem = few(edges, 5, 4, places)
    plan = solve(problem)
    assert judged(problem, plan).value == best_by_search(problem)
    assert plan.proven and plan.gap == 0


@settings(max_examples=40, deadline=None)
@given(small, st.lists(st.integers(0, 2), min_size=4, max_size=4))
def test_the_auction_itself_keeps_every_rule_and_an_honest_bound(edges, places):
    problem = few(edges, 5, 4, places)
    plan = auction_only(problem, 1e-4)
    best = best_by_search(problem)
    found = judged(problem, plan)
    assert found.value <= best <= found.bound + 1e-9


@pytest.mark.parametrize("kind", ["plain", "product", "flat", "local", "equal"])
@pytest.mark.parametrize("ratio", [0.8, 1.2])
def test_proof_equals_the_peer_to_the_yuan(kind, ratio):
    problem = rows(4000, 60, 20, ratio, seed=7, kind=kind)
    plan = solve(problem, exact=True)
    peer = exact.peer_choice(core_of(problem))
    from wanjia.planning.allocation import core as engine

    assert plan.proven
    assert judged(problem, plan, 0.0).value == engine.value_steps(core_of(problem), Hands(1), peer)


@pytest.mark.parametrize("kind", ["plain", "product", "flat", "local", "equal"])
@pytest.mark.parametrize("ratio", [0.8, 1.2])
@pytest.mark.parametrize("gap", [1e-3, 1e-4])
def test_the_auction_reaches_the_wished_gap(kind, ratio, gap):
    problem = rows(25_000, 300, 20, ratio, seed=3, kind=kind)
    judged(problem, auction_only(problem, gap), gap)


def test_two_threads_give_the_same_certificate():
    problem = rows(150_000, 600, 12, 0.8, seed=5)
    one, two = auction_only(problem), auction_only(problem, threads=2)
    judged(problem, one, 1e-3)
    judged(problem, two, 1e-3)
    again = auction_only(problem, threads=2)
    assert (two.choice == again.choice).all() and (two.price == again.price).all()


def test_same_seed_same_plan_other_seed_same_certificate():
    problem = rows(30_000, 300, 12)
    one, same, other = (auction_only(problem, seed=s) for s in (1, 1, 2))
    assert (one.choice == same.choice).all() and (one.price == same.price).all()
    judged(problem, other, 1e-3)


def test_price_war_among_equal_lots_takes_few_bids():
    lot = np.tile(np.arange(40, dtype=np.uint16), (10_001, 1))
    problem = from_rows(lot, np.full(lot.shape, 5000, np.int16), np.full(40, 250))
    plan = solve(problem)
    assert judged(problem, plan, 1e-3).value == 50_000_000
    assert plan.bids <= 20 * 10_001


def test_price_war_is_short_even_when_nobody_sees_that_lots_are_equal():
    lot = np.argsort(np.random.default_rng(0).random((10_001, 40)), axis=1)[:, :30].astype(np.uint16)
    problem = from_rows(lot, np.full(lot.shape, 5000, np.int16), np.full(40, 250))
    plan = auction_only(problem)
    judged(problem, plan, 1e-3)
    assert plan.bids <= 20 * 10_001


def test_stopped_at_once_still_gives_a_valid_plan_with_its_true_gap():
    problem = rows(30_000, 300, 12)
    plan = solve(problem, time_limit=0.0)
    assert plan.stopped and 0 < judged(problem, plan).gap < 1
    assert plan.gap == pytest.approx(check(problem, plan).gap)


def test_cancel_stops_and_progress_is_told():
    problem, shares = rows(30_000, 300, 12), []
    plan = solve(problem, cancel=lambda: len(shares) > 1, progress=lambda share, words: shares.append(share))
    assert plan.stopped and shares == sorted(shares) and len(shares) >= 2
    judged(problem, plan)


def test_fen_are_kept():
    lot, score, places = invented_rows(2000, 40, 0.8, k=10)
    problem = from_rows(lot, score + 0.25, places)
    assert problem.unit == 0.01
    whole = solve(from_rows(lot, score, places))
    plan = solve(problem)
    placed = (plan.choice >= 0).sum()
    assert judged(problem, plan, 0.0).value == pytest.approx(whole.value + 0.25 * placed)


def test_many_lots_and_dear_scores_take_the_wide_way():
    lot, score, places = invented_rows(3000, 50, 0.8, k=10)
    problem = from_rows(lot, score.astype(np.int64) * 90, places)
    assert problem.score.dtype == np.int32
    assert judged(problem, solve(problem), 0.0).value == 90 * solve(from_rows(lot, score, places)).value


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda p: {"value": p.value + 5}, id="value"),
        pytest.param(lambda p: {"bound": p.bound * 0.99}, id="bound"),
        pytest.param(lambda p: {"price": p.price - 1e6}, id="negative price"),
        pytest.param(lambda p: {"choice": np.zeros_like(p.choice)}, id="overfull lot"),
        pytest.param(lambda p: {"choice": p.choice[:-1]}, id="too short"),
    ],
)
def test_the_referee_sees_a_spoiled_plan(spoil):
    problem = rows(600, 30, 8)
    plan = solve(problem)
    assert not check(problem, dataclasses.replace(plan, **spoil(plan))).valid
