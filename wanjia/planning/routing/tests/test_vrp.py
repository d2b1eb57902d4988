"""Plain routing: files read, routes the referee accepts, limits kept."""

import dataclasses
import json
import time
from pathlib import Path

import numpy as np
import pytest

from wanjia.planning.contract import BadInput, Control
from wanjia.planning.routing.effort import Clock, Effort
from wanjia.planning.routing.vrp.check import breaches, cost_of
from wanjia.planning.routing.vrp.files import read_problem
from wanjia.planning.routing.vrp.problem import Plan, Problem
from wanjia.planning.routing.vrp.solve import solve
from wanjia.planning.routing.vrp.wire import read_plan

from .worlds import cvrp, solomon

SHORT = Effort(iterations=4_000)


def given(tmp_path: Path, text: str) -> Problem:
    path = tmp_path / "given.txt"
    path.write_text(text, encoding="utf-8")
    return read_problem(path)


@pytest.mark.parametrize("make", [cvrp, solomon])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_routes_keep_every_rule_and_state_their_cost(tmp_path: Path, make, seed: int) -> None:
    problem = given(tmp_path, make(seed=seed))
    plan = solve(problem, effort=SHORT, seed=seed)
    assert breaches(problem, plan) == []
    assert plan.cost == pytest.approx(cost_of(problem, plan.routes), abs=1e-5)


def test_five_clients_are_routed_as_well_as_by_trying_everything(tmp_path: Path) -> None:
    from itertools import permutations

    problem = given(tmp_path, cvrp(clients=6, capacity=200))
    best = min(cost_of(problem, (order,)) for order in permutations(range(1, 7)))
    assert solve(problem, effort=SHORT).cost == best


def test_whole_numbers_for_x_and_real_ones_for_solomon(tmp_path: Path) -> None:
    x, real = given(tmp_path, cvrp()), given(tmp_path, solomon())
    assert x.distances()[0, 1] == np.floor(np.hypot(*(x.xy[0] - x.xy[1])) + 0.5)
    assert isinstance(solve(x, effort=SHORT).cost, int)
    assert real.distances()[0, 1] == pytest.approx(np.hypot(*(real.xy[0] - real.xy[1])), abs=1e-12)


def test_same_seed_and_steps_give_the_same_routes(tmp_path: Path) -> None:
    problem = given(tmp_path, cvrp())
    assert solve(problem, effort=SHORT, seed=5) == solve(problem, effort=SHORT, seed=5)


def test_a_warm_start_is_never_made_worse(tmp_path: Path) -> None:
    problem = given(tmp_path, cvrp())
    good = solve(problem, effort=Effort(iterations=10_000), seed=1)
    path = tmp_path / "plan.json"
    path.write_text(json.dumps({"routes": good.routes}), encoding="utf-8")
    again = solve(problem, effort=Effort(iterations=1), seed=2, start=read_plan(problem, path))
    assert again.cost <= good.cost
    sol = tmp_path / "plan.sol"
    lines = [f"Route #{k + 1}: {' '.join(map(str, r))}" for k, r in enumerate(good.routes)]
    sol.write_text("\n".join(lines), encoding="utf-8")
    assert read_plan(problem, sol).routes == good.routes


def test_cancel_and_the_clock_end_the_search(tmp_path: Path) -> None:
    problem = given(tmp_path, solomon())
    stopped = solve(problem, control=Control(cancel=lambda: True), effort=Effort(cpu_seconds=1e6))
    assert breaches(problem, stopped) == []
    timed = solve(problem, control=Control(seconds=0.2), effort=Effort())
    assert breaches(problem, timed) == []


def test_compiling_may_take_half_the_time_and_no_more() -> None:
    clock = Clock(Control(), Effort(cpu_seconds=2.0, cpu_from=time.process_time() - 100.0))
    assert clock.over()
    clock.ready()
    assert 0.9 < clock.left() <= 1.0


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        pytest.param(lambda p: dataclasses.replace(p, routes=p.routes[1:]), "missing", id="a route lost"),
        pytest.param(lambda p: dataclasses.replace(p, cost=p.cost + 1), "cost", id="wrong cost"),
        pytest.param(lambda p: Plan((tuple(c for r in p.routes for c in r),), p.cost), "overloaded", id="one long route"),
        pytest.param(lambda p: Plan((tuple(c for r in p.routes for c in r),), p.cost), "late", id="too late"),
        pytest.param(lambda p: Plan(tuple((c,) for r in p.routes for c in r), p.cost), "vehicles", id="too many"),
    ],
)
def test_the_referee_finds_what_is_spoiled(tmp_path: Path, spoil, words: str) -> None:
    problem = given(tmp_path, solomon())
    assert any(words in said for said in breaches(problem, spoil(solve(problem, effort=SHORT))))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("hello\n", "line 1", id="another file"),
        pytest.param(solomon().replace("  8   60", "  8"), "line 5", id="no capacity"),
        pytest.param(solomon().replace("\n3 ", "\n4 ", 1), "line 13", id="a client skipped"),
        pytest.param(cvrp().replace("CAPACITY : 50", "CAPACITY : many"), "CAPACITY", id="capacity in words"),
        pytest.param(cvrp().replace("DIMENSION : 31", "DIMENSION : 40"), "NODE_COORD_SECTION", id="wrong dimension"),
        pytest.param(cvrp().replace("EUC_2D", "GEO"), "EDGE_WEIGHT_TYPE", id="another metric"),
        pytest.param(cvrp().replace("EUC_2D", "EXPLICIT"), "EDGE_WEIGHT_TYPE", id="distances written out"),
        pytest.param(cvrp().replace("CAPACITY :", "DISTANCE : 99\nCAPACITY :"), "DISTANCE", id="a longest route"),
        pytest.param(
            cvrp().replace("DEPOT_SECTION", "BACKHAUL_SECTION\nDEPOT_SECTION"), "BACKHAUL_SECTION", id="another section"
        ),
        pytest.param(cvrp().replace("\n1\n-1", "\n1\n2\n-1"), "DEPOT_SECTION", id="two depots"),
        pytest.param(cvrp().replace("CAPACITY :", "VEHICLES : 1\nCAPACITY :"), "VEHICLES", id="too few vehicles"),
        pytest.param(solomon().replace("0 50 50 0 0 400 0", "0 50 50 0 0 40 0"), "client 1", id="out of reach"),
        pytest.param(solomon().replace("0 50 50", "0 nan 50"), "line 10", id="not a number"),
        pytest.param(cvrp(capacity=3), "client 1", id="a client too big"),
    ],
)
def test_bad_files_name_the_line(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(BadInput) as caught:
        given(tmp_path, text)
    assert caught.value.place == place


@pytest.mark.parametrize(
    ("text", "as_written"),
    [
        pytest.param(cvrp().replace("\n", "\r\n"), cvrp(), id="lines of Windows"),
        pytest.param("\ufeff" + cvrp(), cvrp(), id="a byte order mark"),
        pytest.param(cvrp().replace("DIMENSION : ", "DIMENSION "), cvrp(), id="no colon"),
        pytest.param(solomon().replace(" ", "\t"), solomon(), id="tabs"),
        pytest.param("\n".join(f"   {line}  \n" for line in solomon().splitlines()), solomon(), id="indents and blank lines"),
    ],
)
def test_odd_whitespace_changes_nothing(tmp_path: Path, text: str, as_written: str) -> None:
    odd, plain = given(tmp_path, text), given(tmp_path, as_written)
    assert (odd.xy == plain.xy).all()
    assert (odd.demand == plain.demand).all()
    assert (odd.capacity, odd.vehicles, odd.rounding) == (plain.capacity, plain.vehicles, plain.rounding)


def test_far_apart_places_do_not_overflow(tmp_path: Path) -> None:
    problem = given(tmp_path, solomon())
    far = dataclasses.replace(problem, xy=problem.xy * 10_000, ready=problem.ready * 10_000, due=problem.due * 10_000)
    assert breaches(far, solve(far, effort=SHORT)) == []


def test_a_plan_of_strangers_is_refused(tmp_path: Path) -> None:
    problem = given(tmp_path, cvrp())
    for routes in ([[1, 99]], [[1, 1]], "no"):
        path = tmp_path / "plan.json"
        path.write_text(json.dumps({"routes": routes}), encoding="utf-8")
        with pytest.raises(BadInput):
            read_plan(problem, path)
