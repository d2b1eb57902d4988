"""Two small acts by hand: who could stand in for a seat, and may these two people exchange duties?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wanjia.planning.contract import BadInput
from wanjia.planning.rostering.check import Breach, breaches
from wanjia.planning.rostering.explain import Candidate, Standing, candidates
from wanjia.planning.rostering.problem import Cell, Problem


@dataclass(frozen=True)
class Swap:
    """The answer to an exchange. breaches: what it would newly break; price: points more, None if not allowed."""

    allowed: bool
    breaches: tuple[Breach, ...]
    price: int | None
    plan: dict[Cell, str | None]
    zh: str
    en: str


def substitutes(standing: Standing, seat: str, day: str, *, count: int = 3) -> list[Candidate]:
    """Return up to `count` people who may stand in without breaking a rule, the cheapest first."""
    able = [one for one in candidates(standing, seat, day) if one.price is not None and not one.stands_here]
    return able[:count]


def swap(standing: Standing, one: Cell, other: Cell) -> Swap:
    """Tell whether the people of two seats and days may exchange duties, and what it costs. Changes nothing."""
    for cell in (one, other):
        standing.seat(*cell)
    if one == other:
        raise BadInput("swap", "两个岗次相同,无需对换。", "names the same seat and day twice.")
    changes = {one: standing.plan[other], other: standing.plan[one]}
    plan = dict(standing.plan) | changes
    small = _around(standing, changes)
    before = set(breaches(small, {cell: standing.plan[cell] for cell in _cells(small, standing)}))
    found = tuple(b for b in breaches(small, {cell: plan[cell] for cell in _cells(small, standing)}) if b not in before)
    if found:
        return Swap(False, found, None, plan, f"不能对换:{found[0].zh}", f"Not allowed: {found[0].en}")
    price = standing.price_of(changes)
    return Swap(True, (), price, plan, f"可以对换,{price:+d} 分。", f"Allowed, {price:+d} points.")


def _around(standing: Standing, changes: Mapping[Cell, str | None]) -> Problem:
    """Return the problem of the people concerned and all seats they serve."""
    people = {who for who in changes.values() if who is not None}
    seats = {cell[0] for cell in changes} | {cell[0] for who in people for cell in standing.cells[who]}
    return standing.problem.changed(seats=tuple(standing.seats[code] for code in sorted(seats)))


def _cells(problem: Problem, standing: Standing) -> list[Cell]:
    return [(seat.id, day) for seat in problem.seats for day in problem.days if (seat.id, day) in standing.plan]
