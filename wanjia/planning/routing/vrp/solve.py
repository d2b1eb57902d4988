"""Solve plain routing: string removals from several starts, then PyVRP's iterated local search on the best (Wouda et al. 2024).

Each alone is weaker: the local search gets stuck on long routes with windows, string removals miss swaps of long tails.
With `iterations` a seed gives the same plan on any machine; with seconds, speed decides how far it gets.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wanjia.planning.contract import BadInput, Control

from ..effort import PREPARING, Clock, Effort
from .packing import packed
from .problem import Plan, Problem

if TYPE_CHECKING:
    from pyvrp import ProblemData
    
    from .strings import Data, Routes

Tours = tuple[tuple[int, ...], ...]  # routes, each the clients in the order of calling

# Real distances become integers of this fineness; travel times are rounded up, so no real window is ever missed.
FINENESS = 10_000
CHUNK = 2_000  # string removals between two looks at the clock
STARTS = 2  # independent coolings
POLISH_SHARE = 0.12  # of the effort, for PyVRP at the end
HOT, COLD = 0.3, 0.003  # temperatures, in mean edge lengths of the first plan
NEIGHBOURS = 40
FOREVER = 2**50


@dataclass
class Stop:
    """End PyVRP when the clock says so; `steps` ends it after that many iterations, for a repeatable run."""

    clock: Clock
    steps: int | None
    done: int = 0

    def __call__(self, best_cost: int) -> bool:
        """Tell PyVRP whether to end; also a sign of life every hundred steps."""
        self.done += 1
        if self.done % 100 == 0:
            self.clock.control.progress(min(1.0, self.clock.share()), f"{best_cost}")
        if self.steps is not None and self.done > self.steps:
            return True
        return self.clock.left() <= 0.0 or self.clock.control.should_stop()


def solve(
    problem: Problem,
    *,
    control: Control | None = None,
    effort: Effort | None = None,
    seed: int = 0,
    start: Plan | None = None,
) -> Plan:
    """Return the best routes found; `start` takes part in the race, so the answer is never worse than it.

    The effort's iterations are string removals. Without any limit 10 CPU seconds.
    Raises BadInput when no feasible plan was found in the time given.
    """
    control = control or Control()
    effort = effort or Effort(cpu_seconds=10.0 if control.seconds is None else None)
    clock = Clock(control, effort, 1.0 - POLISH_SHARE)
    data = _data(problem)
    control.progress(0.0, PREPARING)
    found = [start.routes] if start else []
    for number in range(STARTS):
        found += _cooled(problem, data, clock, (number + 1) / STARTS * (1.0 - POLISH_SHARE), seed * STARTS + number)
    if not found and not problem.timed:
        found = [_packed(problem)] if _packed(problem) else []
    routes = _polished(problem, clock, min(found, key=lambda r: _length(data, r)) if found else None, seed)
    matrix = problem.distances()
    cost = sum(matrix[a, b] for route in routes for a, b in zip((0, *route), (*route, 0), strict=True))
    return Plan(routes, int(cost) if problem.rounding != "none" else round(float(cost), 6))


def _packed(problem: Problem) -> tuple[tuple[int, ...], ...]:
    """Routes that only see to the loads: something to begin from where the loads fit tightly."""
    bins = packed(problem.demand[1:], problem.capacity, problem.vehicles)
    return tuple(tuple(i + 1 for i in load) for load in bins or () if load)


def _length(data: Data, routes: Tours) -> int:
    return sum(int(data.length[a, b]) for route in routes for a, b in zip((0, *route), (*route, 0), strict=True))


def _cooled(problem: Problem, data: Data, clock: Clock, until: float, seed: int) -> list[tuple[tuple[int, ...], ...]]:
    """Cool once from a fresh plan until that share of the effort; return its best routes, or nothing where none is whole."""
    from . import strings

    nodes = len(problem.xy)
    current, trial, best = (strings.no_routes(nodes, min(problem.vehicles, nodes - 1)) for _ in range(3))
    dice = np.array([(seed * 2654435761 + 88172645463325252) % 2**64 or 1], np.uint64)
    if strings.build(data, current, dice):
        return []
    strings.copy(current, best)
    strings.anneal(data, current, trial, best, dice, 0, 1.0, 1.0)
    clock.ready()
    edge, begun = current.cost[0] / nodes, clock.share()
    while not clock.over(until):
        cooled = min(1.0, (clock.share() - begun) / max(1e-9, until - begun))
        heat = edge * HOT * (COLD / HOT) ** cooled
        strings.anneal(data, current, trial, best, dice, CHUNK, heat, heat)
        clock.steps += CHUNK
        clock.control.progress(min(1.0, clock.share()), f"{best.cost[0]}")
    return [_routes_of(best)]


def _routes_of(plan: Routes) -> tuple[tuple[int, ...], ...]:
    routes = []
    for first in plan.first:
        route, node = [], int(first)
        while node:
            route.append(node)
            node = int(plan.after[node])
        if route:
            routes.append(tuple(route))
    return tuple(routes)


def _polished(problem: Problem, clock: Clock, best: Tours | None, seed: int) -> tuple[tuple[int, ...], ...]:
    """Let PyVRP improve the best routes for the rest of the effort; it starts from nothing where there are none."""
    from pyvrp import Solution
    from pyvrp.exceptions import PenaltyBoundWarning
    from pyvrp.solve import SolveParams
    from pyvrp.solve import solve as search

    if best is not None and clock.over():
        return best
    data = _pyvrp_data(problem)
    warm = Solution(data, [[client - 1 for client in route] for route in best]) if best is not None else None
    asked = clock.effort.iterations
    stop = Stop(clock, None if asked is None else max(10, asked // 20))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PenaltyBoundWarning)  # raw English on standard error; what it means is said below
        found = search(data, stop, seed=seed, collect_stats=False, params=SolveParams(), initial_solution=warm).best
    if not found.is_feasible():
        if best is not None:
            return best
        raise BadInput("--seconds", "时间内没有找到满足时间窗的路线;载量装得下。请给更多时间或更多车辆。", "no routes within the windows were found in this time; the loads do fit: allow more time or more vehicles")
    routes = tuple(tuple(v.idx + 1 for v in route if v.is_client()) for route in found.routes())
    shorter = best is None or found.distance() < Solution(data, [[c - 1 for c in r] for r in best]).distance()
    return routes if shorter or best is None else best


def _data(problem: Problem) -> Data:
    """Return the whole-number arrays of the string search."""
    from .strings import Data

    scale, matrix = _scale(problem), problem.distances() * _scale(problem)
    length = np.rint(matrix).astype(np.int32)
    hours = np.ceil(matrix - 1e-9).astype(np.int32)
    near = np.argsort(length[1:, 1:], axis=1, kind="stable")[:, 1 : NEIGHBOURS + 1] + 1
    near = np.vstack([near[:1], near]).astype(np.int32)
    due = np.where(np.isfinite(problem.due), np.floor(np.minimum(problem.due * scale, FOREVER)), FOREVER).astype(np.int64)
    early, stay = (np.ceil(column * scale).astype(np.int64) for column in (problem.ready, problem.service))
    demand = np.ceil(problem.demand).astype(np.int64)
    return Data(length, hours, demand, early, due, stay, near, int(problem.capacity), int(problem.timed))


def _scale(problem: Problem) -> int:
    """Return 1 where the file is whole-numbered; else the finest power of ten whose lengths stay within 32 bits."""
    if problem.rounding != "none":
        return 1
    scale, farthest = FINENESS, float(np.ptp(problem.xy, axis=0).sum())
    while scale > 1 and farthest * scale > 2**30:
        scale //= 10
    return scale


def _pyvrp_data(problem: Problem) -> ProblemData:
    from pyvrp import Client, Depot, Location, ProblemData, VehicleType

    scale = _scale(problem)
    matrix = problem.distances() * scale
    length = np.rint(matrix).astype(np.int64)
    hours = np.ceil(matrix - 1e-9).astype(np.int64)
    demand = np.ceil(problem.demand).astype(int)
    limit = np.iinfo(np.int64).max
    due = [limit if not np.isfinite(d) else int(d * scale) for d in problem.due]
    locations = [Location(x, y) for x, y in problem.xy]
    clients = [
        Client(
            location=i,
            delivery=[int(demand[i])],
            service_duration=int(np.ceil(problem.service[i] * scale)),
            tw_early=int(np.ceil(problem.ready[i] * scale)),
            tw_late=due[i],
        )
        for i in range(1, len(locations))
    ]
    early = int(np.ceil(problem.ready[0] * scale))
    vehicles = VehicleType(problem.vehicles, [int(problem.capacity)], tw_early=early, tw_late=due[0])
    # pyvrp writes its matrices as ndarray[int], which no array is
    return ProblemData(locations, clients, [Depot(0)], [vehicles], [length], [hours])  # type: ignore[list-item]
