"""Random questions to the school buses' explanations, each answer held against the referee."""

import random
from collections.abc import Iterator

from benchmarks.bus_mornings import morning
from wanjia.planning.routing.buses import explain, solve, wire
from wanjia.planning.routing.buses.check import breaches, day_breaches
from wanjia.planning.routing.buses.problem import Plan, Problem
from wanjia.planning.routing.effort import Effort


def _plans(**more) -> Iterator[tuple[Problem, Plan]]:
    for seed in range(1, 1000):
        problem = wire.read_problem(morning(homes=60, schools=3, seed=seed, main_share=0.5, **more))
        yield problem, solve.solve(problem, effort=Effort(iterations=800), seed=seed)


def late(count: int) -> list[bool]:
    """Delay random legs: the slack told is legal, a second more is not, and the later trips named are those that leave late."""
    dice, agree = random.Random(1), []
    for problem, plan in _plans(fleet=((4, 17),)):
        for _ in range(20):
            bus = dice.choice([b for b, day in enumerate(plan.trips) if day])
            trip = dice.randrange(len(plan.trips[bus]))
            stop = dice.randrange(len(plan.trips[bus][trip].stops))
            agree.append(_late(problem, plan, bus, trip, stop))
            if len(agree) == count:
                return agree
    return agree


def _late(problem: Problem, plan: Plan, bus: int, trip: int, stop: int) -> bool:
    spare = explain.why_late(problem, plan, bus, {}).slack_s[trip][stop]
    within = explain.why_late(problem, plan, bus, {(trip, stop): spare})
    beyond = explain.why_late(problem, plan, bus, {(trip, stop): spare + 1})
    shifts = [late_s[0] for late_s in beyond.late_s]
    inherited = tuple(t for t, shift in enumerate(shifts) if t > trip and shift > 0)
    planned = not day_breaches(problem, bus, plan.trips[bus])
    return planned and not within.breaches and bool(beyond.breaches) and beyond.inherits == inherited


def not_served(count: int) -> list[bool]:
    """Loosen the rule told by the amount told: the plan shown is then legal; a second or seat less, and only that rule breaks."""
    agree: list[bool] = []
    for problem, plan in _plans(fleet=((2, 9),)):
        for household in plan.not_served:
            agree += [_loosened(problem, option, household) for option in explain.why_not_served(problem, plan, household)]
            if len(agree) >= count:
                return agree[:count]
    return agree


def _loosened(problem: Problem, option: explain.Relaxation, household: int) -> bool:
    enough = explain.relaxed(problem, option.kind, option.amount, option.bus)
    if breaches(enough, option.plan) or household in option.plan.not_served:
        return False
    if not option.amount:
        return True
    tight = explain.relaxed(problem, option.kind, option.amount - 1, option.bus)
    return {breach.kind for breach in breaches(tight, option.plan)} == {option.kind}
