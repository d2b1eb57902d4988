"""Solve plain routing with PyVRP's iterated local search (Wouda, Lan & Kool 2024), the whole time given to it."""

import time
from dataclasses import dataclass

import numpy as np

from wanjia.planning.contract import BadInput, Control

from .problem import Plan, Problem

# Real distances become integers of this fineness; travel times are rounded up, so no real window is ever missed.
FINENESS = 10_000


@dataclass
class Stop:
    """End by CPU seconds (a busy machine must not cost quality), by iterations, by the clock or on request.

    cpu_seconds counts this process from `cpu_from`; `iterations` makes a run repeatable for a seed.
    """

    control: Control
    cpu_seconds: float | None
    iterations: int | None
    cpu_from: float
    done: int = 0

    def __call__(self, best_cost: int) -> bool:
        """Tell PyVRP whether to end; also a sign of life every hundred steps."""
        self.done += 1
        spent = time.process_time() - self.cpu_from
        if self.done % 100 == 0:
            shares = [spent / self.cpu_seconds if self.cpu_seconds else 0.0]
            shares.append(self.done / self.iterations if self.iterations else 0.0)
            self.control.progress(min(1.0, max(shares)), f"{best_cost}")
        out_of_time = self.cpu_seconds is not None and spent >= self.cpu_seconds
        out_of_steps = self.iterations is not None and self.done > self.iterations
        return out_of_time or out_of_steps or self.control.should_stop()


def solve(
    problem: Problem,
    *,
    control: Control | None = None,
    cpu_seconds: float | None = None,
    iterations: int | None = None,
    seed: int = 0,
    cpu_from: float | None = None,
    start: Plan | None = None,
) -> Plan:
    """Return the best routes found; `start` warm-starts from an earlier plan.

    Without any limit the search would never end, so 10 CPU seconds are then taken.
    Raises BadInput when no feasible plan was found in the time given.
    """
    from pyvrp import Solution
    from pyvrp.solve import SolveParams
    from pyvrp.solve import solve as search

    control = control or Control()
    if cpu_seconds is None and iterations is None and control.seconds is None:
        cpu_seconds = 10.0
    data = _data(problem)
    stop = Stop(control, cpu_seconds, iterations, time.process_time() if cpu_from is None else cpu_from)
    warm = Solution(data, [[client - 1 for client in route] for route in start.routes]) if start else None
    found = search(data, stop, seed=seed, collect_stats=False, params=SolveParams(), initial_solution=warm)
    if not found.best.is_feasible():
        raise BadInput("--seconds", "时间内没有找到可行的路线,请给更多时间或更多车辆。", "no feasible routes in this time")
    routes = tuple(tuple(v.idx + 1 for v in route if v.is_client()) for route in found.best.routes())
    matrix = problem.distances()
    cost = sum(matrix[a, b] for route in routes for a, b in zip((0, *route), (*route, 0), strict=True))
    return Plan(routes, int(cost) if problem.rounding != "none" else round(float(cost), 6))


def _scale(problem: Problem) -> int:
    """Return 1 where the file is whole-numbered; else the finest power that keeps sums within PyVRP's integers."""
    return 1 if problem.rounding != "none" else FINENESS


def _data(problem: Problem):  # noqa: ANN202  (PyVRP is imported late)
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
    return ProblemData(locations, clients, [Depot(0)], [vehicles], [length], [hours])
