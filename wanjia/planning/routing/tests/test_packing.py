"""Too few vehicles are told as what they are: no amount of time packs three loads of six into two of ten."""

import itertools
import random
import warnings
from pathlib import Path

import numpy as np
import pytest

from wanjia.planning.contract import BadInput
from wanjia.planning.routing.effort import Effort
from wanjia.planning.routing.vrp import packing
from wanjia.planning.routing.vrp.check import breaches
from wanjia.planning.routing.vrp.files import read_problem
from wanjia.planning.routing.vrp.solve import solve

FOUND = Path(__file__).parent / "found" / "two-trucks-three-sixes.vrp"


def fewest_by_trying(loads: list[int], capacity: int) -> int:
    """The fewest vehicles, by every way of laying loads into bins. For half a dozen loads."""
    for count in range(1, len(loads) + 1):
        for picks in itertools.product(range(count), repeat=len(loads)):
            if all(sum(load for load, pick in zip(loads, picks, strict=True) if pick == b) <= capacity for b in range(count)):
                return count
    raise AssertionError(loads)


def written(tmp_path: Path, loads: list[int], capacity: int, vehicles: int) -> Path:
    nodes = [f"{n + 1} {7 * n % 11} {5 * n % 13}" for n in range(len(loads) + 1)]
    demands = [f"{n + 1} {load}" for n, load in enumerate([0, *loads])]
    head = ["NAME : pack", "TYPE : CVRP", f"DIMENSION : {len(nodes)}", "EDGE_WEIGHT_TYPE : EUC_2D", f"CAPACITY : {capacity}", f"VEHICLES : {vehicles}"]
    path = tmp_path / "given.vrp"
    path.write_text("\n".join([*head, "NODE_COORD_SECTION", *nodes, "DEMAND_SECTION", *demands, "DEPOT_SECTION", "1", "-1", "EOF"]), encoding="utf-8")
    return path


def test_two_vehicles_of_ten_for_three_loads_of_six() -> None:
    with pytest.raises(BadInput) as caught:
        read_problem(FOUND)
    assert caught.value.place == "VEHICLES"
    assert "至少要 3 辆车" in caught.value.zh
    assert "more time never helps" in caught.value.en


def test_with_a_third_vehicle_the_same_loads_are_carried_without_a_raw_warning(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        plan = solve(read_problem(written(tmp_path, [6, 6, 6], 10, 3)), effort=Effort(iterations=2_000))
    assert sorted(map(len, plan.routes)) == [1, 1, 1]


@pytest.mark.parametrize("seed", range(12))
def test_the_refusal_is_right_and_what_fits_is_planned(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    capacity = dice.choice([10, 12, 15])
    loads = [dice.randint(2, capacity * 2 // 3) for _ in range(dice.randint(4, 6))]
    need = fewest_by_trying(loads, capacity)
    assert packing.fewest(np.array(loads, float), capacity) <= need
    problem = read_problem(written(tmp_path, loads, capacity, need))
    assert breaches(problem, solve(problem, effort=Effort(iterations=2_000))) == []
    if need > 1:
        with pytest.raises(BadInput, match=f"at least {need} vehicles") as caught:
            read_problem(written(tmp_path, loads, capacity, need - 1))
        assert caught.value.place == "VEHICLES"


def test_without_the_search_a_packing_that_does_not_exist_goes_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: the bound allows three vehicles; only the search knows that these loads need four."""
    loads = np.array([7.0, 7.0, 6.0, 6.0, 4.0, 4.0, 2.0])
    assert packing.fewest(loads, 12.0) == 3
    assert fewest_by_trying([7, 7, 6, 6, 4, 4, 2], 12) == 4
    with pytest.raises(BadInput, match="at least 4 vehicles"):
        packing.refuse_too_few(loads, 12.0, 3)
    monkeypatch.setattr(packing, "STEPS", 0)
    packing.refuse_too_few(loads, 12.0, 3)
