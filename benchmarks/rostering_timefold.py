"""The roster given to Timefold for Python, on an easier model: without the rest rule, which it would have to learn.

Its breaches of the rest rule are counted by the referee like everybody's.
"""

from dataclasses import dataclass, field
from typing import Annotated

from timefold.solver import SolverFactory
from timefold.solver.config import Duration, ScoreDirectorFactoryConfig, SolverConfig, TerminationConfig
from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningScore,
    PlanningVariable,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import ConstraintCollectors, HardSoftScore, Joiners, constraint_provider

from wanjia.planning.rostering.problem import Problem, week_of


@dataclass
class Person:
    """A guard; the weights ride along so that constraints need nothing else."""

    id: str
    cap: int
    target: int


@planning_entity
@dataclass
class Place:
    """One seat on one day."""

    id: Annotated[str, PlanningId]
    seat: str
    slot: str
    week: str
    fixed: str
    km: dict
    people: Annotated[list[Person], ValueRangeProvider] = field(default_factory=list)
    guard: Annotated[Person | None, PlanningVariable(allows_unassigned=True)] = None


@planning_solution
@dataclass
class Plan:
    """The whole roster."""

    places: Annotated[list[Place], PlanningEntityCollectionProperty]
    score: Annotated[HardSoftScore | None, PlanningScore] = None


def _price(place: Place) -> int:
    return place.km[place.guard.id] + (0 if place.fixed == place.guard.id else 4)


def _unfair(person: Person, count: int) -> int:
    off = abs(count - person.target)
    return off * 3 + (off - 4) * 6 if off > 4 else off * 3


@constraint_provider
def _constraints(factory):
    return [
        factory.for_each_unique_pair(Place, Joiners.equal(lambda one: one.slot), Joiners.equal(lambda one: one.guard))
        .penalize(HardSoftScore.ONE_HARD)
        .as_constraint("one place"),
        factory.for_each(Place)
        .group_by(lambda one: one.guard, lambda one: one.week, ConstraintCollectors.count())
        .filter(lambda person, week, count: count > person.cap)
        .penalize(HardSoftScore.ONE_HARD, lambda person, week, count: count - person.cap)
        .as_constraint("week"),
        factory.for_each_including_unassigned(Place)
        .filter(lambda one: one.guard is None)
        .penalize(HardSoftScore.of_soft(1000))
        .as_constraint("open"),
        factory.for_each(Place).penalize(HardSoftScore.ONE_SOFT, _price).as_constraint("price"),
        factory.for_each(Place)
        .group_by(lambda one: one.guard, ConstraintCollectors.count())
        .penalize(HardSoftScore.ONE_SOFT, _unfair)
        .as_constraint("fair"),
    ]


def solve_with_timefold(problem: Problem, seconds: float) -> dict:
    """Return the plan that Timefold finds in so many seconds."""
    people = {g.id: Person(g.id, 999 if g.cap_per_week is None else g.cap_per_week, g.target) for g in problem.guards}
    guards, school, places = problem.guard_named(), problem.school_of_post(), []
    for seat in problem.seats:
        for day in problem.days:
            able = [people[who] for who in seat.allowed if (who, day, seat.slot) not in problem.absent]
            km = {who: guards[who].km[school[seat.post]] for who in seat.allowed}
            week = "-".join(map(str, week_of(day)))
            places.append(Place(f"{seat.id} {day}", seat.id, f"{day} {seat.slot}", week, seat.fixed_person or "", km, able))
    config = SolverConfig(
        solution_class=Plan,
        entity_class_list=[Place],
        score_director_factory_config=ScoreDirectorFactoryConfig(constraint_provider_function=_constraints),
        termination_config=TerminationConfig(spent_limit=Duration(seconds=int(seconds))),
        random_seed=1,
    )
    found = SolverFactory.create(config).build_solver().solve(Plan(places))
    return {tuple(place.id.split(" ")): place.guard.id if place.guard else None for place in found.places}
