"""Plan the school buses: anneal whole days of buses, then choose and chain days from everything seen by a MIP.

With `iterations` a seed gives the same plan on any machine; with seconds, the machine's speed decides how far it gets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wanjia.planning.contract import Control

from ..effort import PREPARING, Clock, Effort
from .bound import most_servable
from .problem import NOT_SERVED, Plan, Problem
from .schedule import plan_of

if TYPE_CHECKING:
    from .choose import Seen
    from .kernel import World
    from .state import State

CHUNK = 400  # annealing steps between two looks at the clock
HOT, COOLING = 0.25, 0.01  # first temperature in mean drives from home to school, and the last as a share of the first
UNSERVED = 30_000  # metres that an unserved household weighs at least; more where places lie far apart
REMEMBER_FROM = 0.4  # of the time: days seen before are too poor to choose from
POLISH_SHARE = 0.1  # of the time, for the MIP at the end


def solve(problem: Problem, *, control: Control | None = None, effort: Effort | None = None, seed: int = 0) -> Plan:
    """Return a plan that keeps every rule; it serves as many households as it can, then drives as few metres as it can.

    Stops at the effort's end, at the control's clock or on cancel, always with the best plan so far.
    """
    from . import anneal
    from .state import empty_state, new_memory

    control, effort = control or Control(), effort or Effort(cpu_seconds=30.0)
    world = world_of(problem)
    buses, homes = len(problem.buses), len(problem.households)
    if not homes or not buses:
        return plan_of(problem, [[] for _ in range(buses)], most_servable(problem))
    width = min(2 * homes + 2, 160)
    current, trial, best = (empty_state(buses, homes, width) for _ in range(3))
    memory = new_memory(buses, homes, len(problem.schools), width, seed)
    clock = Clock(control, effort, 1.0 - POLISH_SHARE)
    control.progress(0.0, PREPARING)
    anneal.anneal(world, current, trial, best, memory, 0, 1.0, 1.0)
    clock.ready()
    hot = max(1.0, HOT * float(np.mean([problem.metres[h.place, problem.schools[h.school].place] for h in problem.households])))
    seen: dict[tuple[int, ...], tuple[int, frozenset[int]]] = {}
    while not clock.steps or not clock.over(1.0 - POLISH_SHARE):  # a machine so busy that its time went by in compiling still serves somebody
        heat = hot * COOLING ** min(1.0, clock.share() / (1.0 - POLISH_SHARE))
        anneal.anneal(world, current, trial, best, memory, CHUNK, heat, heat)
        clock.steps += CHUNK
        if clock.share() > REMEMBER_FROM:
            _remember(seen, problem, best, current)
        control.progress(min(1.0, clock.share()), f"{int((best.bus >= 0).sum())}/{homes}")
    days = [[int(code) for code in best.rows[b, : best.lengths[b]]] for b in range(buses)]
    days = _polish(problem, world, days, seen, clock)
    return plan_of(problem, days, most_servable(problem))


def world_of(problem: Problem) -> World:
    """Return the arrays that the kernel reads."""
    from .kernel import World

    homes, buses = problem.households, problem.buses
    place = np.array([h.place for h in homes] + [s.place for s in problem.schools], np.int64)
    stand = place[: len(homes)]
    price = np.zeros((len(homes), len(buses)), np.int64)
    for number, home in enumerate(homes):
        if home.filed_bus != NOT_SERVED:
            price[number] = problem.move_metres
            price[number, home.filed_bus] = 0
    near = np.argsort(problem.metres[np.ix_(stand, stand)], axis=1, kind="stable").astype(np.int32)
    school, kids, boarding = (
        np.array([getattr(h, name) for h in homes], np.int64) for name in ("school", "children", "boarding_s")
    )
    opens, bell = (np.array([getattr(s, name) for s in problem.schools], np.int64) for name in ("opens_s", "bell_s"))
    riders = np.array([b.riders for b in buses], np.int64)
    seconds, metres = (np.ascontiguousarray(m, np.int32) for m in (problem.seconds, problem.metres))
    weight = np.full(len(homes), max(UNSERVED, 3 * int(problem.metres.max()) + problem.move_metres), np.int64)
    return World(
        seconds, metres, place, school, kids, boarding, opens, bell, riders, price, weight, near,
        problem.yard, problem.earliest_s, problem.max_ride_s, problem.alighting_s, int(problem.mixed),
    )  # fmt: skip


def _remember(seen: Seen, problem: Problem, *states: State) -> None:
    """Keep every day seen, by its row of codes."""
    homes = len(problem.households)
    for state in states:
        for bus in range(len(problem.buses)):
            row = tuple(int(code) for code in state.rows[bus, : state.lengths[bus]])
            if row and (bus, *row) not in seen:
                seen[(bus, *row)] = (bus, frozenset(code for code in row if code < homes))


def _polish(problem: Problem, world: World, days: list[list[int]], seen: Seen, clock: Clock) -> list[list[int]]:
    """Choose one day per bus from all days seen; keep the annealed days when that is no better or time is short."""
    from .choose import choose_days

    left = min(20.0, clock.left())
    if left < 1.0 or clock.control.cancel():
        return days
    return choose_days(problem, world, days, seen, left)
