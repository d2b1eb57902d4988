"""After people fall ill: mend the published roster, once with the fewest changes and once as well as can be."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wanjia.planning.contract import BadInput, Control
from wanjia.planning.rostering.check import score
from wanjia.planning.rostering.parts import part_of
from wanjia.planning.rostering.problem import Cell, Duty, Problem, Roster
from wanjia.planning.rostering.solve import solve


@dataclass(frozen=True)
class Option:
    """One way to mend. changed: every seat and day that differs from the published roster."""

    roster: Roster
    changed: tuple[Cell, ...]
    open_seats: int


@dataclass(frozen=True)
class Repair:
    """The problem with the new absences, the duties lost, and the two options."""

    problem: Problem
    lost: tuple[Cell, ...]
    fewest: Option
    best: Option
    cpu_s: float


def repair(
    problem: Problem,
    plan: Mapping[Cell, str | None],
    absences: Iterable[Duty],
    *,
    control: Control | None = None,
) -> Repair:
    """Mend a published plan after absences (guard, day, slot).

    fewest: only days with a loss are touched, and a change is dearer than anything but an open seat. best: all days
    from the first loss on are free, by the problem's own weights. Bounds hold for each option's own freedom.
    """
    started, control, absences = time.process_time(), control or Control(), list(absences)
    _known(problem, absences)
    _listed(problem, plan)
    after = problem.changed(absent=problem.absent | frozenset(absences))
    slot = {seat.id: seat.slot for seat in problem.seats}
    gone = set(absences)
    lost = tuple(cell for cell, who in plan.items() if who is not None and (who, cell[1], slot[cell[0]]) in gone)
    after = after.changed(locks={cell: who for cell, who in problem.locks.items() if cell not in set(lost)})
    days = {day for _, day in lost}
    later = {day for day in problem.days if days and day >= min(days)}
    part = part_of(after, [seat for seat, _ in lost]) if lost else None
    costly = max(1, problem.weights.open_seat // 8)
    fewest = _mend(after, part, plan, days, costly, control)
    best = _mend(after, part, plan, later, max(1, problem.weights.per_change), control)
    return Repair(after, lost, fewest, best, time.process_time() - started)


def _mend(
    problem: Problem, part: Problem | None, plan: Mapping[Cell, str | None], days: set[str], per_change: int, control: Control
) -> Option:
    """Solve the parts concerned with all other days held still."""
    if part is None:
        points = score(problem, plan)
        return Option(Roster(dict(plan), points.total, float(points.total)), (), points.open_seats)
    cells = [(seat.id, day) for seat in part.seats for day in part.days]
    still = {cell: plan[cell] for cell in cells if cell[1] not in days}
    base = {cell: plan[cell] for cell in cells}
    small = part.changed(locks=part.locks | still, published=base).weighing(per_change=per_change, per_person_week=0)
    roster = solve(small, control=control)
    mended = dict(plan) | roster.plan
    points = score(problem, mended)
    bound = roster.bound + points.total - roster.objective
    changed = tuple(cell for cell, who in mended.items() if plan[cell] != who)
    return Option(Roster(mended, points.total, bound, roster.finished, roster.cpu_s), changed, points.open_seats)


def _known(problem: Problem, absences: list[Duty]) -> None:
    guards, days = problem.guard_named(), set(problem.days)
    for i, (guard, day, _) in enumerate(absences):
        if guard not in guards:
            raise BadInput(f"absences[{i}]", f"没有 {guard} 这个人。", f"no such guard: {guard}.")
        if day not in days:
            raise BadInput(f"absences[{i}]", f"{day} 不在本排班表内。", f"{day} is not in this roster.")


def _listed(problem: Problem, plan: Mapping[Cell, str | None]) -> None:
    seats = problem.seat_named()
    for (seat, day), who in plan.items():
        if who is not None and who not in seats[seat].allowed:
            zh = f"{who} 不在岗次名单内,请先把他列入名单。"
            raise BadInput(f"roster, {seat} {day}", zh, f"{who} is not on the list of this seat; put him on it first.")
