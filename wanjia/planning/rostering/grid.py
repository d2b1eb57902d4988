"""The choices and limits of a roster problem as arrays: one entry per (seat, guard, day) that may be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from wanjia.planning.rostering.problem import Problem, week_of

Ints = NDArray[np.int64]


Span = TypeVar("Span", str, tuple[int, int])


class Grid:
    """The choices and limits of one problem as arrays.

    seat, guard, day, slot: int (n_duties,) of each duty that may be chosen; cost: its points.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.slots = sorted({seat.slot for seat in problem.seats} | {problem.rules.first_slot, problem.rules.last_slot})
        self.seat_at = {seat.id: i for i, seat in enumerate(problem.seats)}
        self.guard_at = {guard.id: i for i, guard in enumerate(problem.guards)}
        self.day_at = {day: i for i, day in enumerate(problem.days)}
        self.n_days, self.n_before = len(problem.days), len(problem.days_before)
        self.slot_of_seat = np.array([self.slots.index(seat.slot) for seat in problem.seats], dtype=np.int64)
        weeks = [week_of(day) for day in problem.days_before + problem.days]
        self.week = _numbered(weeks)
        self.month = _numbered([day[:7] for day in problem.days_before + problem.days])
        self._settle_locks()
        self._read_published()
        self._list_duties()

    def _settle_locks(self) -> None:
        """Count what is already served or locked: (guards, days before and in the roster, slots)."""
        problem = self.problem
        shape = (len(problem.guards), self.n_before + self.n_days, len(self.slots))
        self.used = np.zeros(shape, dtype=np.int64)
        slot_at = {slot: i for i, slot in enumerate(self.slots)}
        before_at = {day: i for i, day in enumerate(problem.days_before)}
        for guard, day, slot in problem.served_before:
            if guard in self.guard_at and day in before_at and slot in slot_at:
                self.used[self.guard_at[guard], before_at[day], slot_at[slot]] = 1
        self.present = np.ones((shape[0], self.n_days, shape[2]), dtype=bool)
        for guard, day, slot in problem.absent:
            if guard in self.guard_at and day in self.day_at and slot in slot_at:
                self.present[self.guard_at[guard], self.day_at[day], slot_at[slot]] = False
        self.free = np.ones((len(problem.seats), self.n_days), dtype=bool)
        self.locked: dict[tuple[int, int], int | None] = {}
        for (seat, day), held in problem.locks.items():
            if seat not in self.seat_at:
                continue
            i, t = self.seat_at[seat], self.day_at[day]
            self.free[i, t] = False
            self.locked[i, t] = None if held is None else self.guard_at[held]
            if held is not None:
                self.used[self.guard_at[held], self.n_before + t, self.slot_of_seat[i]] += 1

    def _list_duties(self) -> None:
        """List each duty that may be chosen, seat by seat, day by day, guards in the order given."""
        problem, weights = self.problem, self.problem.weights
        school = problem.school_of_post()
        edges = [(i, self.guard_at[code]) for i, seat in enumerate(problem.seats) for code in seat.allowed]
        self.edge_seat = np.array([edge[0] for edge in edges], dtype=np.int64)
        self.edge_guard = np.array([edge[1] for edge in edges], dtype=np.int64)
        price = [
            weights.per_km * problem.guards[g].km[school[problem.seats[i].post]]
            + weights.not_fixed_person * (problem.seats[i].fixed_person != problem.guards[g].id)
            for i, g in edges
        ]
        self.edge_price = np.array(price, dtype=np.int64)
        slot = self.slot_of_seat[self.edge_seat] if edges else self.edge_seat
        taken = self.used[self.edge_guard, self.n_before :, slot] > 0
        open_to = self.present[self.edge_guard, :, slot] & self.free[self.edge_seat] & ~taken
        self.edge, self.day = np.nonzero(open_to)
        order = np.lexsort((self.edge, self.day, self.edge_seat[self.edge]))
        self.edge, self.day = self.edge[order], self.day[order]
        self.seat, self.guard = self.edge_seat[self.edge], self.edge_guard[self.edge]
        self.slot = self.slot_of_seat[self.seat] if len(self.seat) else self.seat
        self.cost = self.edge_price[self.edge] + self._cost_of_change(self.seat, self.day, self.guard)
        self.open_seat, self.open_day = np.nonzero(self.free)
        nobody = np.full(len(self.open_seat), -1)
        self.open_cost = weights.open_seat + self._cost_of_change(self.open_seat, self.open_day, nobody)

    def _read_published(self) -> None:
        """Read who was published: a guard, -1 for an open seat, -2 where nothing was."""
        self.base = np.full((len(self.problem.seats), self.n_days), -2)
        for (seat, day), who in self.problem.published.items():
            if seat in self.seat_at and day in self.day_at:
                self.base[self.seat_at[seat], self.day_at[day]] = -1 if who is None else self.guard_at.get(who, -3)

    def _cost_of_change(self, seat: Ints, day: Ints, guard: Ints) -> Ints:
        """Price what differs from the published roster; cells without a published line are free."""
        was = self.base[seat, day]
        changed: Ints = ((was != -2) & (was != guard)).astype(np.int64)
        return self.problem.weights.per_change * changed

    def limits(self) -> list[tuple[list[Ints], Ints]]:
        """Return the families of limits as (row keys of each duty or -1, room left by key or -1 where it never binds)."""
        guards = self.problem.guards
        may = np.zeros((len(guards), self.n_days, len(self.slots)), dtype=np.int64)
        np.add.at(may, (self.guard, self.day, self.slot), 1)
        cells = (may > 0).astype(np.int64)
        inside = slice(self.n_before, None)
        key = (self.guard * self.n_days + self.day) * len(self.slots) + self.slot
        families = [([key], np.where(may > 1, 1, -1).ravel())]
        for name, span in (
            ("cap_per_day", np.arange(len(self.week))),
            ("cap_per_week", self.week),
            ("cap_per_month", self.month),
        ):
            caps = [getattr(guard, name) for guard in guards]
            if all(cap is None for cap in caps):
                continue
            room = np.array([10**9 if cap is None else cap for cap in caps])[:, None] - _by_span(self.used, span, span)
            room = np.maximum(room, 0)
            binds = _by_span(cells, span[inside], span) > room
            key = self.guard * room.shape[1] + span[inside][self.day]
            families.append(([key], np.where(binds, room, -1).ravel()))
        return families + self._rest_limits(cells)

    def _rest_limits(self, cells: Ints) -> list[tuple[list[Ints], Ints]]:
        """At most five of the six first and last slots of three roster days running."""
        rules, total = self.problem.rules, self.n_before + self.n_days
        if not rules.no_three_days_with_both_ends or total < 3 or not len(self.seat):
            return []
        ends = np.array([slot in (rules.first_slot, rules.last_slot) for slot in self.slots])
        bound = np.array([guard.kind in rules.no_three_days_with_both_ends for guard in self.problem.guards])
        used = self.used[:, :, ends].sum(axis=2)
        may = used.copy()
        may[:, self.n_before :] += cells[:, :, ends].sum(axis=2)

        def three(per_day: Ints) -> Ints:
            total_of: Ints = per_day[:, :-2] + per_day[:, 1:-1] + per_day[:, 2:]
            return total_of

        room = np.where((three(may) > 5) & bound[:, None], np.maximum(5 - three(used), 0), -1).ravel()
        keys = []
        for back in range(3):
            start = self.day + self.n_before - back
            touches = ends[self.slot] & (start >= 0) & (start < total - 2)
            keys.append(np.where(touches, self.guard * (total - 2) + start, -1))
        return [(keys, room)]

    def served(self) -> Ints:
        """Return how many duties of the roster each guard holds by lock."""
        held: Ints = self.used[:, self.n_before :].sum(axis=(1, 2))
        return held

    def fixed_cost(self) -> int:
        """Return the points of what is locked, deviations from target left aside."""
        price = {(int(i), int(g)): int(c) for i, g, c in zip(self.edge_seat, self.edge_guard, self.edge_price, strict=True)}
        total = 0
        for (seat, _), guard in self.locked.items():
            total += self.problem.weights.open_seat if guard is None else price[seat, guard]
        if self.locked:
            held = [(seat, day, -1 if guard is None else guard) for (seat, day), guard in self.locked.items()]
            total += int(self._cost_of_change(*np.array(held).T).sum())
        return total

    def plan(self, chosen: NDArray[np.bool_]) -> dict[tuple[str, str], str | None]:
        """Return who stands where when the duties `chosen` (bool, (n_duties,)) are served."""
        grid = np.full(self.free.shape, -1)
        for (seat, day), guard in self.locked.items():
            grid[seat, day] = -1 if guard is None else guard
        grid[self.seat[chosen], self.day[chosen]] = self.guard[chosen]
        names: list[str | None] = [*(guard.id for guard in self.problem.guards), None]
        return {
            (seat.id, day): names[who]
            for seat, row in zip(self.problem.seats, grid.tolist(), strict=True)
            for day, who in zip(self.problem.days, row, strict=True)
        }


def _numbered(spans: Sequence[Span]) -> Ints:
    """Number equal spans of days alike, in order of time."""
    return np.array([sorted(set(spans)).index(span) for span in spans], dtype=np.int64)


def _by_span(counts: Ints, span: Ints, all_spans: Ints) -> Ints:
    """Sum (guards, days, slots) over slots and days of the same span: (guards, spans)."""
    total = np.zeros((counts.shape[0], int(all_spans.max()) + 1), dtype=np.int64)
    np.add.at(total.T, span, counts.sum(axis=2).T)
    return total
