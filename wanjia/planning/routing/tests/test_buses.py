"""School buses: plans the referee accepts, faults the referee finds, explanations that agree with it."""

import dataclasses
import random

import numpy as np
import pytest

from wanjia.planning.contract import BadInput, Control
from wanjia.planning.routing.buses import explain, fares, solve, stops, wire
from wanjia.planning.routing.buses.bound import most_servable, unreachable
from wanjia.planning.routing.buses.check import breaches, rides
from wanjia.planning.routing.buses.problem import Plan, Problem, Trip
from wanjia.planning.routing.effort import Effort
from wanjia.planning.routing.matrix import Matrix

from .worlds import valley

SHORT = Effort(iterations=1_500)


def planned(seed: int = 1, **more) -> tuple[Problem, Plan]:
    problem = wire.read_problem(valley(seed=seed, **more))
    return problem, solve.solve(problem, effort=SHORT, seed=seed)


@pytest.mark.parametrize("seed", range(1, 7))
def test_a_plan_keeps_every_rule_and_serves_no_more_than_the_bound(seed: int) -> None:
    problem, plan = planned(seed)
    assert breaches(problem, plan) == []
    served = len(problem.households) - len(plan.not_served)
    assert 0 < served <= plan.most_servable <= len(problem.households)
    assert all(s <= problem.max_ride_s for day in plan.trips for trip in day for s in rides(problem, trip).values())


def test_enough_buses_serve_everybody_and_ties_go_to_the_shorter_drive() -> None:
    problem, plan = planned(buses=8)
    assert plan.not_served == ()
    longer = solve.solve(problem, effort=Effort(iterations=1), seed=1)
    assert plan.metres <= longer.metres


def test_same_seed_and_steps_give_the_same_bytes() -> None:
    (problem, one), (_, two) = planned(3), planned(3)
    assert wire.write_plan(problem, one) == wire.write_plan(problem, two)


def test_mixed_loads_never_serve_fewer() -> None:
    document = valley(homes=30, schools=4, buses=2, seats=20, seed=5)
    served = []
    for mixed in (False, True):
        problem = wire.read_problem(document, mixed=mixed)
        plan = solve.solve(problem, effort=SHORT, seed=1)
        assert breaches(problem, plan) == []
        served.append(len(problem.households) - len(plan.not_served))
        several = [t for day in plan.trips for t in day if len({s.school for s in t.stops} - {-1}) > 1]
        assert mixed or not several
    assert served[1] >= served[0]


def test_the_attendant_takes_a_seat_unless_the_file_says_otherwise() -> None:
    assert wire.read_problem(valley(seats=12)).buses[0].riders == 11
    assert wire.read_problem(valley(seats=12, attendant="own_seat")).buses[0].riders == 12
    assert wire.read_problem(valley(seats=12, driver="in_seats")).buses[0].riders == 10


def shift(plan: Plan, seconds: int) -> Plan:
    """Move one whole trip, so that only windows can break."""
    day = plan.trips[0]
    stops_ = tuple(dataclasses.replace(s, arrive_s=s.arrive_s + seconds) for s in day[-1].stops)
    moved = (*day[:-1], Trip(day[-1].leave_s + seconds, stops_))
    return dataclasses.replace(plan, trips=(moved, *plan.trips[1:]))


def drop_stop(plan: Plan) -> Plan:
    day = plan.trips[0]
    return dataclasses.replace(plan, trips=((Trip(day[0].leave_s, day[0].stops[1:]), *day[1:]), *plan.trips[1:]))


def late_call(plan: Plan) -> Plan:
    day = plan.trips[0]
    last = dataclasses.replace(day[-1].stops[-1], arrive_s=day[-1].stops[-1].arrive_s + 1)
    moved = Trip(day[-1].leave_s, (*day[-1].stops[:-1], last))
    return dataclasses.replace(plan, trips=((*day[:-1], moved), *plan.trips[1:]))


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        pytest.param(lambda p: shift(p, 20_000), "bell", id="after the bell"),
        pytest.param(lambda p: shift(p, -20_000), "opens", id="before the gates open"),
        pytest.param(lambda p: shift(p, -20_000), "early", id="before the buses may leave"),
        pytest.param(drop_stop, "serving", id="a household forgotten"),
        pytest.param(late_call, "waiting", id="waits with pupils"),
        pytest.param(lambda p: dataclasses.replace(p, metres=p.metres + 1), "total", id="wrong metres"),
    ],
)
def test_the_referee_finds_what_is_spoiled(spoil, kind: str) -> None:
    problem, plan = planned()
    assert kind in {b.kind for b in breaches(problem, spoil(plan))}


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        pytest.param({"buses": "riders"}, "seats", id="fewer seats"),
        pytest.param({"max_ride_s": 60}, "ride", id="a shorter ride limit"),
        pytest.param({"alighting_s": 5_000}, "early", id="slow alighting"),
    ],
)
def test_the_referee_judges_by_the_problem_given(change: dict, kind: str) -> None:
    problem, plan = planned(homes=40)
    if "buses" in change:
        change = {"buses": tuple(dataclasses.replace(b, riders=1) for b in problem.buses)}
    assert any(len(day) > 1 for day in plan.trips)
    assert kind in {b.kind for b in breaches(dataclasses.replace(problem, **change), plan)}


def test_three_hundred_reasons_for_not_serving_agree_with_the_referee() -> None:
    asked = 0
    for seed in range(1, 40):
        problem, plan = planned(seed, homes=24, buses=1, seats=9)
        for household in plan.not_served:
            for option in explain.why_not_served(problem, plan, household):
                asked += 1
                loosened = explain.relaxed(problem, option.kind, option.amount, option.bus)
                assert breaches(loosened, option.plan) == []
                if option.amount:
                    tight = explain.relaxed(problem, option.kind, option.amount - 1, option.bus)
                    assert {b.kind for b in breaches(tight, option.plan)} == {option.kind}
                assert household not in option.plan.not_served
        if asked >= 300:
            return
    raise AssertionError(f"only {asked} explanations")


def test_three_hundred_reasons_for_lateness_agree_with_the_referee() -> None:
    dice, asked = random.Random(4), 0
    for seed in range(1, 30):
        problem, plan = planned(seed, homes=12, buses=2)
        for bus, day in enumerate(plan.trips):
            slack = explain.why_late(problem, plan, bus, {}).slack_s
            for _ in range(10 if day else 0):
                trip = dice.randrange(len(day))
                stop = dice.randrange(len(day[trip].stops))
                asked += 1
                over = explain.why_late(problem, plan, bus, {(trip, stop): slack[trip][stop] + 1})
                assert over.breaches
                assert over.legs == ((trip, stop, slack[trip][stop] + 1),)
                assert all(t > trip for t in over.inherits)
                if asked % 5 == 0:
                    assert explain.why_late(problem, plan, bus, {(trip, stop): slack[trip][stop]}).breaches == ()
        if asked >= 300:
            return
    raise AssertionError(f"only {asked} explanations")


def test_a_served_household_needs_no_relaxation() -> None:
    problem, plan = planned()
    with pytest.raises(BadInput, match="already served"):
        explain.why_not_served(problem, plan, next(h for h in range(24) if h not in plan.not_served))


def test_moving_households_from_the_filed_plan_has_a_price() -> None:
    document = valley(buses=4)
    for number, row in enumerate(document["households"]):
        row["filed_bus"] = number % 4
    document["move_metres"] = 20_000
    filed = wire.read_problem(document)
    again = solve.solve(filed, effort=SHORT, seed=9)
    other = solve.solve(wire.read_problem(document | {"move_metres": 0}), effort=SHORT, seed=9)
    assert breaches(filed, again) == []
    assert len(again.moved) < len(other.moved)
    assert again.metres > other.metres


def test_walking_gathers_households_at_fewer_stops() -> None:
    door = wire.read_problem(valley(homes=40))
    walking = stops.gather(door, walk_m=1_500)
    assert len({h.place for h in walking.households}) < len({h.place for h in door.households})
    assert all(door.metres[h.home][h.place] <= 1_500 for h in walking.households)
    assert stops.gather(door, walk_m=0).households == door.households
    plan = solve.solve(walking, effort=SHORT)
    assert breaches(walking, plan) == []
    assert wire.read_plan(walking, wire.write_plan(walking, plan)).trips == plan.trips


def test_a_written_plan_reads_back_and_is_still_legal() -> None:
    problem, plan = planned(2)
    back = wire.read_plan(problem, wire.write_plan(problem, plan))
    assert (back.trips, back.not_served) == (plan.trips, plan.not_served)
    assert breaches(problem, back) == []


def test_households_out_of_reach_are_named_and_lower_the_bound() -> None:
    document = valley(buses=8)
    far = 5
    for table in ("seconds", "metres"):
        for k in range(len(document["places"])):
            if k != far:
                document[table][far][k] = document[table][k][far] = 90_000
    problem = wire.read_problem(document)
    assert unreachable(problem) == [2]
    assert most_servable(problem) == 23
    assert 2 in solve.solve(problem, effort=SHORT).not_served


def test_cancel_returns_a_legal_plan_at_once() -> None:
    problem = wire.read_problem(valley())
    plan = solve.solve(problem, control=Control(cancel=lambda: True), effort=Effort(cpu_seconds=1e6))
    assert breaches(problem, plan) == []


def test_no_buses_serve_nobody() -> None:
    problem = wire.read_problem(valley() | {"fleet": []})
    plan = solve.solve(problem, effort=SHORT)
    assert len(plan.not_served) == 24
    assert breaches(problem, plan) == []


def test_half_fare_is_settled_to_the_fen() -> None:
    problem = wire.read_problem(valley())
    settled = fares.monthly_fares(problem, {"home1": 41}, ride_fen=325)
    assert settled[1] == fares.Fare("home1", 41, 13_325, 6_662, 6_663)
    assert sum(f.full_fen for f in settled) == 13_325
    with pytest.raises(BadInput, match="stranger"):
        fares.monthly_fares(problem, {"stranger": 1}, ride_fen=325)


def test_points_are_measured_by_a_provider_and_the_plan_says_so() -> None:
    document = valley(homes=6)
    document["points"] = [[27.9 + 0.01 * k, 103.6] for k in range(len(document["places"]))]
    asked: list[int] = []

    class Roads:
        def measure(self, points: list[tuple[float, float]]) -> Matrix:
            asked.append(len(points))
            table = np.full((len(points), len(points)), 300, np.int32)
            return Matrix(table, table * 4, "measured by hand")

    problem = wire.read_problem(document, roads=Roads())
    assert asked == [9]
    assert solve.solve(problem, effort=SHORT).provenance == "measured by hand"
    assert "estimated, not driven" in wire.read_problem(document).provenance
    for wrong in ([[1, 2]], [["a", 2]] * 9, [[95.0, 2.0]] * 9):
        with pytest.raises(BadInput, match="point"):
            wire.read_problem(document | {"points": wrong})


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        pytest.param(lambda d: d["households"][3].update(school="nowhere"), "households[3].school", id="unknown school"),
        pytest.param(lambda d: d["households"][3].update(children=0), "households[3].children", id="no children"),
        pytest.param(lambda d: d["households"][3].update(children=True), "households[3].children", id="true"),
        pytest.param(lambda d: d["seconds"][2].pop(), "seconds[2]", id="short row"),
        pytest.param(lambda d: d["seconds"][2].__setitem__(4, "x"), "seconds[2][4]", id="text in the matrix"),
        pytest.param(lambda d: d["metres"][2].__setitem__(4, float("nan")), "metres[2][4]", id="not a number"),
        pytest.param(lambda d: d["fleet"][0].update(seats=-1), "fleet[0].seats", id="negative seats"),
        pytest.param(lambda d: d.pop("bell_s"), "households.school.bell_s", id="no bell"),
        pytest.param(lambda d: d.pop("places"), "places", id="no places"),
        pytest.param(lambda d: d.update(households={}), "households", id="households no list"),
        pytest.param(lambda d: d["households"].append(dict(d["households"][0])), "households", id="a household twice"),
        pytest.param(lambda d: d.update(speed_cap_kmh=120), "speed_cap_kmh", id="above the legal cap"),
    ],
)
def test_bad_input_names_its_place(spoil, place: str) -> None:
    document = valley()
    spoil(document)
    with pytest.raises(BadInput) as caught:
        wire.read_problem(document)
    assert caught.value.place == place
    assert caught.value.zh
    assert caught.value.en
