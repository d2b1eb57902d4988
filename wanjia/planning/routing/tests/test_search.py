"""The compiled search of the buses: what it believes about a day is what walking the day tells."""

import numpy as np
import pytest

from wanjia.planning.routing.buses import anneal, kernel, solve, wire
from wanjia.planning.routing.buses.insertion import into
from wanjia.planning.routing.buses.state import AT, COST, GAP, OWN, empty_state, new_memory

from .worlds import valley

ANY = np.int64(kernel.FAR)


@pytest.fixture(params=range(1, 5))
def searched(request):
    """A world and a state after a short, hot search, so that days are crowded and some homes stay behind."""
    problem = wire.read_problem(valley(homes=40, schools=3, buses=2, seats=14, seed=request.param))
    world = solve.world_of(problem)
    current, trial, best = (empty_state(2, 40, 82) for _ in range(3))
    memory = new_memory(2, 40, 3, 82, request.param)
    anneal.anneal(world, current, trial, best, memory, 300, 500.0, 500.0)
    return world, current, memory


@pytest.mark.parametrize("mixing", [0, 1])
def test_a_place_told_is_lawful_and_costs_what_is_told(searched, mixing: int) -> None:
    world, state, memory = searched
    told, row = 0, np.zeros(90, np.int32)
    for home in np.flatnonzero(state.bus < 0):
        for bus in range(2):
            anneal.cheapest(world, state, memory, home, bus, ANY, mixing)
            known = memory.known[home, bus, mixing]
            if known[GAP] < 0:
                continue
            told += 1
            day, n = state.rows[bus], state.lengths[bus]
            m = into(day, n, known[GAP], home, known[AT], known[OWN], row)
            longer = kernel.walk(world, bus, row, m)
            assert longer >= 0
            assert longer - kernel.walk(world, bus, day, n) == known[COST]
    assert (state.bus < 0).any()


def test_costs_and_days_kept_up_step_by_step_are_those_walked_at_the_end(searched) -> None:
    world, state, _ = searched
    walked = [kernel.walk(world, bus, state.rows[bus], state.lengths[bus]) for bus in range(2)]
    assert min(walked) >= 0
    assert sum(walked) == state.cost[0]


def test_the_latest_leave_told_is_the_last_lawful_one(searched) -> None:
    world, state, _ = searched
    for bus in range(2):
        first, n = state.trips[bus, 0], state.lengths[bus]
        latest = int(first[kernel.LATEST] - first[kernel.TIME])
        assert kernel.walk(world._replace(earliest=latest), bus, state.rows[bus], n) >= 0
        assert kernel.walk(world._replace(earliest=latest + 1), bus, state.rows[bus], n) < 0
