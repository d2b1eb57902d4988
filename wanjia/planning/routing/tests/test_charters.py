"""Charter departures: everybody carried in his window, drivers rested, few coaches, reasons that agree with the referee."""

import dataclasses
import random

import numpy as np
import pytest

from wanjia.planning.contract import BadInput
from wanjia.planning.routing.charters import explain, solve, wire
from wanjia.planning.routing.charters.check import breaches, driver_faults, rider_faults
from wanjia.planning.routing.charters.drive import drive
from wanjia.planning.routing.charters.example import season
from wanjia.planning.routing.charters.plain import plain_rule_coaches, waiting_table
from wanjia.planning.routing.charters.pools import lazy_coaches
from wanjia.planning.routing.charters.problem import HOUR, DriveRules, Plan, Problem, Segment


def planned(people: int = 3_000, **more) -> tuple[Problem, Plan]:
    document = season(people, hubs=5, cities=10, days=20, seed=more.pop("seed", 1))
    problem = wire.read_problem(document | more)
    return problem, solve.solve(problem)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_everybody_is_carried_by_the_rules_with_fewer_coaches_than_the_plain_rule(seed: int) -> None:
    problem, plan = planned(seed=seed)
    assert breaches(problem, plan) == []
    assert plan.not_carried == ()
    assert plan.bound <= plan.coaches() <= 0.75 * plan.plain


def test_trains_take_the_big_cells() -> None:
    problem, plan = planned(6_000, train_min=300, train_seats=400)
    trains = [d for d in plan.departures if d.train]
    assert trains
    assert all(300 <= len(d.workers) <= 400 for d in trains)
    assert breaches(problem, plan) == []
    assert breaches(dataclasses.replace(problem, train_min=401), plan)


def test_the_lazy_rule_needs_the_fewest_coaches() -> None:
    """Against trying every number of coaches on every day (Hall's condition decides whether they carry everybody)."""
    from itertools import product

    dice = np.random.default_rng(1)
    for _ in range(12):
        days, seats = 4, 3
        table = np.triu(dice.integers(0, 3, (days, days)))
        best = min(sum(n) for n in product(range(5), repeat=days) if _carries(table, n, seats))
        assert lazy_coaches(table.astype(np.int64), seats) == best


def _carries(table: np.ndarray, coaches: tuple[int, ...], seats: int) -> bool:
    days = len(table)
    return all(seats * sum(coaches[a : b + 1]) >= table[a : b + 1, a : b + 1].sum() for a in range(days) for b in range(a, days))


def test_the_plain_rule_by_hand() -> None:
    problem, _ = planned()
    few = dataclasses.replace(
        problem,
        ids=("a", "b", "c"),
        township=np.zeros(3, np.int32),
        city=np.zeros(3, np.int32),
        first=np.array([0, 0, 3], np.int32),
        last=np.array([1, 2, 5], np.int32),
    )
    assert plain_rule_coaches(few) == 2
    assert waiting_table(few).sum() == 3


@pytest.mark.parametrize("leave", range(5 * HOUR, 24 * HOUR, HOUR))
@pytest.mark.parametrize("hours", [1, 7, 30])
def test_drivers_rest_as_they_must(leave: int, hours: int) -> None:
    rules = DriveRules()
    log = drive(rules, leave, [(3 * HOUR, hours * HOUR), (0, 2 * HOUR)], 0)
    assert driver_faults(rules, log) == []
    assert sum(p.end_s - p.start_s for p in log if p.what == "mountain") == 3 * HOUR
    assert sum(p.end_s - p.start_s for p in log if p.what == "drive") == (hours + 2) * HOUR


@pytest.mark.parametrize(
    ("log", "kind"),
    [
        pytest.param([Segment(8 * HOUR, 12 * HOUR + 1, "drive", 0)], "stretch", id="five hours at a stretch"),
        pytest.param([Segment(23 * HOUR, 25 * HOUR + 60, "drive", 0)], "stretch", id="two hours by night"),
        pytest.param([Segment(25 * HOUR, 26 * HOUR + 1, "drive", 0)], "closed", id="after two in the night"),
        pytest.param([Segment(18 * HOUR, 20 * HOUR, "mountain", 0)], "mountain", id="mountain road at dusk"),
    ],
)
def test_the_referee_finds_tired_drivers(log: list[Segment], kind: str) -> None:
    assert kind in {fault[0] for fault in driver_faults(DriveRules(), tuple(log))}


def test_two_drivers_share_sixteen_hours_a_day() -> None:
    rests = [part for k in range(5) for part in (Segment(k * 4 * HOUR, k * 4 * HOUR + 3 * HOUR + 2400, "drive", 0),)]
    gaps = [Segment(k * 4 * HOUR + 3 * HOUR + 2400, (k + 1) * 4 * HOUR, "rest", 0) for k in range(5)]
    log = tuple(sorted(rests + gaps, key=lambda p: p.start_s))
    assert "hours" in {fault[0] for fault in driver_faults(DriveRules(), log)}


def change(plan: Plan, **what) -> Plan:
    first = dataclasses.replace(plan.departures[0], **what)
    return dataclasses.replace(plan, departures=(first, *plan.departures[1:]))


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        pytest.param(lambda p: dataclasses.replace(p, departures=p.departures[1:]), "riders", id="a coach lost"),
        pytest.param(lambda p: change(p, day=19), "window", id="another day"),
        pytest.param(lambda p: change(p, hubs=(4,)), "hub", id="another hub"),
        pytest.param(lambda p: change(p, cities=(9,)), "city", id="another city"),
        pytest.param(lambda p: change(p, leave_s=0), "log", id="another hour"),
        pytest.param(lambda p: change(p, leave_s=0), "feeder", id="feeders in the dark"),
        pytest.param(lambda p: change(p, log=p.departures[0].log[:-2]), "travel", id="a shorter road"),
        pytest.param(lambda p: change(p, arrive_s=(1,)), "arrival", id="an arrival made up"),
    ],
)
def test_the_referee_finds_what_is_spoiled(spoil, kind: str) -> None:
    problem, plan = planned(600)
    assert kind in {b.kind for b in breaches(problem, spoil(plan))}


def test_fewer_seats_are_an_overload() -> None:
    problem, plan = planned(600)
    assert "seats" in {b.kind for b in breaches(dataclasses.replace(problem, seats=10), plan)}


def test_four_hundred_reasons_agree_with_the_referee() -> None:
    """Each alternative is open exactly when the referee finds nothing against it."""
    problem, plan = planned(2_000, seats=30)
    dice, asked = random.Random(2), 0
    for worker in dice.sample(range(2_000), 40):
        for option in dice.sample(found := explain.why_here(problem, plan, worker), min(10, len(found))):
            asked += 1
            there = explain.joined(plan.departures[option.departure], worker)
            faults = rider_faults(problem, there)
            assert (option.refused == "") == (faults == [])
            assert option.refused in {"", *(kind for kind, _, _ in faults)}
            if not option.refused:
                left = tuple(
                    there if n == option.departure else dataclasses.replace(d, workers=tuple(w for w in d.workers if w != worker))
                    for n, d in enumerate(plan.departures)
                )
                assert breaches(problem, dataclasses.replace(plan, departures=left)) == []
    assert asked >= 400


def test_the_timetable_names_everybody_once_and_says_where_it_comes_from() -> None:
    problem, plan = planned(800)
    document = wire.write_plan(problem, plan)
    assert sorted(w for d in document["departures"] for w in d["manifest"]) == sorted(problem.ids)
    assert "estimated, not driven" in document["provenance"]
    assert all(d["drops"][0]["arrive_s"] > d["leave_s"] for d in document["departures"])
    assert all(p["leave_s"] <= d["leave_s"] for d in document["departures"] for p in d["pick_ups"] if p["hub"] == d["hubs"][0])


def test_rows_and_columns_of_workers_read_the_same() -> None:
    document = season(50, hubs=2, cities=3, days=5)
    columns = document["workers"]
    row_form = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    one, two = (wire.read_problem(document | {"workers": w}) for w in (columns, row_form))
    assert one.ids == two.ids
    assert (one.township == two.township).all()
    assert (one.last == two.last).all()


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        pytest.param(lambda d: d["workers"]["township"].__setitem__(7, "x"), "workers[7].township", id="unknown township"),
        pytest.param(lambda d: d["workers"]["destination"].__setitem__(7, "x"), "workers[7].destination", id="unknown city"),
        pytest.param(lambda d: d["workers"]["latest_day"].__setitem__(7, 99), "workers[7]", id="outside the season"),
        pytest.param(lambda d: d["workers"]["latest_day"].__setitem__(7, "3"), "workers[7].latest_day", id="a day in words"),
        pytest.param(lambda d: d["workers"]["id"].__setitem__(7, "w6"), "workers.id", id="an id twice"),
        pytest.param(lambda d: d.update(workers=[{"id": 1}]), "workers[0].township", id="a row without a township"),
        pytest.param(lambda d: d["townships"][1].update(hub="x"), "townships[1].hub", id="unknown hub"),
        pytest.param(lambda d: d["cities"][1].pop("lat"), "hubs and cities [3].lat, lon", id="no coordinates"),
        pytest.param(lambda d: d.update(days=0), "days", id="no days"),
        pytest.param(lambda d: d.update(detour=9), "detour", id="too long a detour"),
    ],
)
def test_bad_input_names_its_place(spoil, place: str) -> None:
    document = season(50, hubs=2, cities=3, days=5)
    spoil(document)
    with pytest.raises(BadInput) as caught:
        wire.read_problem(document)
    assert caught.value.place == place
