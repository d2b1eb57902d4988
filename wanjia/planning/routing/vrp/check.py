"""The referee of plain routing: recomputes cost, loads and times from coordinates, and shares no code with the solver."""

import math

from .problem import Plan, Problem

TOLERANCE = 1e-6


def cost_of(problem: Problem, routes: tuple[tuple[int, ...], ...]) -> float:
    """Return the length of `routes` in the file's own convention."""
    return sum(_leg(problem, a, b) for route in routes for a, b in zip((0, *route), (*route, 0), strict=True))


def _leg(problem: Problem, a: int, b: int) -> float:
    real = math.hypot(problem.xy[a][0] - problem.xy[b][0], problem.xy[a][1] - problem.xy[b][1])
    if problem.rounding == "nearest":
        return math.floor(real + 0.5)
    return math.ceil(real) if problem.rounding == "up" else real


def breaches(problem: Problem, plan: Plan) -> list[str]:
    """List, in words, every rule that the plan breaks. Empty means valid."""
    said = []
    visits = sorted(client for route in plan.routes for client in route)
    if visits != list(range(1, len(problem.xy))):
        said.append("clients are missing, repeated or unknown")
        return said
    if len(plan.routes) > problem.vehicles:
        said.append(f"{len(plan.routes)} routes for {problem.vehicles} vehicles")
    for number, route in enumerate(plan.routes):
        if sum(problem.demand[client] for client in route) > problem.capacity + TOLERANCE:
            said.append(f"route {number} is overloaded")
        said += _late(problem, number, route)
    if abs(cost_of(problem, plan.routes) - plan.cost) > 1e-4:
        said.append(f"the stated cost {plan.cost} is not the cost of the routes")
    return said


def _late(problem: Problem, number: int, route: tuple[int, ...]) -> list[str]:
    clock, place = problem.ready[0], 0
    for client in (*route, 0):
        clock = clock + problem.service[place] * (place != 0) + _leg(problem, place, client)
        if client:
            clock = max(clock, problem.ready[client])
        if clock > problem.due[client] + TOLERANCE:
            return [f"route {number} is late at node {client}"]
        place = client
    return []
