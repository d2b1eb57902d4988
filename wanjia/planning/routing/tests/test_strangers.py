"""A field that nobody reads is refused by name, in buses, charters and routing files."""

import copy
import json
import random
from pathlib import Path

import pytest

from wanjia.planning.contract import BadInput
from wanjia.planning.routing.buses import wire as buses
from wanjia.planning.routing.charters import wire as charters
from wanjia.planning.routing.charters.example import season
from wanjia.planning.routing.vrp.files import read_problem

from .worlds import cvrp, valley

FOUND = Path(__file__).parent / "found"


def misspelt() -> dict:
    return json.loads((FOUND / "misspelt-buses.json").read_text(encoding="utf-8"))


def test_a_misspelt_cap_and_bell_are_named() -> None:
    with pytest.raises(BadInput) as caught:
        buses.read_problem(misspelt())
    assert caught.value.place == "speed_cap"
    assert "schools.甲小学.bell" in caught.value.en
    assert "speed_cap_kmh" in caught.value.zh
    assert "bell_s" in caught.value.zh


def test_the_driver_may_only_sit_in_the_seats() -> None:
    document = {key: value for key, value in misspelt().items() if key not in ("speed_cap", "schools")}
    with pytest.raises(BadInput, match="in_seats") as caught:
        buses.read_problem(document)
    assert caught.value.place == "driver"
    assert buses.read_problem(document | {"driver": "in_seats"}).buses[0].riders == 5


def test_spelt_rightly_the_cap_slows_the_roads() -> None:
    document = {key: value for key, value in misspelt().items() if key not in ("speed_cap", "schools", "driver")}
    slow = buses.read_problem(document | {"speed_cap_kmh": 20})
    assert slow.seconds[0, 1] == 900
    assert buses.read_problem(document).seconds[0, 1] == 600


@pytest.mark.parametrize("seed", range(10))
def test_any_misspelling_in_a_morning_or_a_season_is_refused_by_name(seed: int) -> None:
    dice = random.Random(seed)
    engine, document = dice.choice([(buses, valley(homes=4)), (charters, copy.deepcopy(season(40, days=5, seed=seed)))])
    table = dice.choice(["", *(name for name in engine.ROWS if isinstance(document.get(name), list))])
    row, known = (document[table][0], engine.ROWS[table]) if table else (document, engine.TOP)
    wrong = dice.choice(known) + dice.choice(["s_", "1", "_"])
    row[wrong] = 1
    with pytest.raises(BadInput) as caught:
        engine.read_problem(document)
    assert caught.value.place == (f"{table}[0].{wrong}" if table else wrong)


@pytest.mark.parametrize("wrong", ["VEHICLE", "CAPACTY", "DIMENSIONS", "EDGE_WEIGHTS", "DEPOTS_SECTION", "TIME_WINDOW_SECTION"])
def test_a_strange_header_or_section_of_a_routing_file_is_refused_by_name(tmp_path: Path, wrong: str) -> None:
    line = f"{wrong}\n1 1\n" if wrong.endswith("_SECTION") else f"{wrong} : 3\n"
    text = cvrp().replace("DEPOT_SECTION", f"{line}DEPOT_SECTION") if wrong.endswith("_SECTION") else line + cvrp()
    (tmp_path / "given.vrp").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_problem(tmp_path / "given.vrp")
    assert caught.value.place == wrong
