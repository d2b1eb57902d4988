"""Hostile documents: whatever stands in a field, the answer is a plan the referee accepts or a refusal that names its place."""

import copy
import json
from pathlib import Path

import pytest

from wanjia.planning.contract import BadInput
from wanjia.planning.routing.buses import check as bus_check
from wanjia.planning.routing.buses import solve as bus_solve
from wanjia.planning.routing.buses import wire as bus_wire
from wanjia.planning.routing.charters import check as coach_check
from wanjia.planning.routing.charters import solve as coach_solve
from wanjia.planning.routing.charters import wire as coach_wire
from wanjia.planning.routing.charters.example import season
from wanjia.planning.routing.documents import read_json
from wanjia.planning.routing.effort import Effort

from .worlds import valley

GONE = object()
HOSTILE = [
    GONE,
    None,
    True,
    -1,
    0,
    0.5,
    1e308,
    float("nan"),
    float("inf"),
    10**400,
    "",
    "x",
    [],
    {},
    [1],
    [None],
    2**31,
    [[1, 2]],
]


def buses() -> dict:
    document = valley(homes=5, schools=2, buses=2)
    document["schools"] = {"school0": {"school_opens_s": 25_000, "bell_s": 28_800}}
    document |= {"attendant": "own_seat", "alighting_seconds": 10, "move_metres": 5, "speed_cap_kmh": 50}
    document["households"][0] |= {"filed_bus": 1, "stop": "home1", "home": "home0"}
    return document


def pinned() -> dict:
    return buses() | {"points": [[27 + 0.01 * n, 103.0] for n in range(8)]}


def coaches() -> dict:
    limits = {"most_hubs": 2, "hub_gap_m": 120_000, "most_drops": 3, "detour": 1.15, "leave_s": 28_800}
    return season(30, hubs=2, cities=3, days=5) | limits | {"train_min": 10, "train_seats": 20}


def plan_buses(document) -> list:
    problem = bus_wire.read_problem(document)
    return bus_check.breaches(problem, bus_solve.solve(problem, effort=Effort(iterations=1)))


def plan_coaches(document) -> list:
    problem = coach_wire.read_problem(document)
    return coach_check.breaches(problem, coach_solve.solve(problem))


def places(document, path=()):
    """Yield the path of every field; of lists the first and the last row."""
    yield path
    if isinstance(document, dict):
        for key in document:
            yield from places(document[key], (*path, key))
    elif isinstance(document, list) and document:
        for key in {0, len(document) - 1}:
            yield from places(document[key], (*path, key))


def spoiled(document, path, value):
    """Return a copy with another value, or none, in one place."""
    if not path:
        return value
    document = copy.deepcopy(document)
    inner = document
    for key in path[:-1]:
        inner = inner[key]
    if value is GONE:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return document


@pytest.mark.parametrize(
    ("world", "plan"),
    [
        pytest.param(buses, plan_buses, id="buses"),
        pytest.param(pinned, plan_buses, id="buses by coordinates"),
        pytest.param(coaches, plan_coaches, id="charters"),
    ],
)
def test_any_value_in_any_field_is_planned_or_refused_by_name(world, plan) -> None:
    document = world()
    assert plan(document) == []
    answers = {
        (path, n): _answer(plan, spoiled(document, path, bad)) for path in places(document) for n, bad in enumerate(HOSTILE)
    }
    assert [where for where, said in answers.items() if said != [] and not _named(said)] == []
    assert sum(map(_named, answers.values())) > 300


def _answer(plan, document):
    """Return the breaches of the plan, or the refusal."""
    try:
        return plan(document)
    except BadInput as error:
        return error


def _named(said) -> bool:
    return isinstance(said, BadInput) and bool(said.place and said.zh and said.en)


@pytest.mark.parametrize(
    "text", ['{"a": "\\ud800"}', '{"a": ' + "9" * 5_000 + "}", "[" * 100_000], ids=["half a pair", "digits", "deep"]
)
def test_documents_that_cannot_be_printed_again_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput):
        read_json(path)
    path.write_text(json.dumps({"a": "😀"}), encoding="utf-8")
    assert read_json(path) == {"a": "😀"}
