"""Few different people per seat and week (岗位稳定): a real term of the objective, with a bound.

Each different person that a seat sees in a week costs `per_person_week`, however many days he stands there: a fixed
charge, which makes the whole model very hard to search. What works:

1. The bound: the relaxation with a face column per (seat, week, guard), at least each of its duties, by interior
   point, tightened by what weekly caps imply: who may serve eight of two times five duties shows two faces for eight.
2. A start by slope scaling (after Kim and Pardalos, 1999): share each face's charge over the duties that it carried
   in the last answer, solve the plain roster at these prices (nearly always whole, in a tenth of a second), repeat.
3. Neighbourhoods: the seats of a few schools in one week are searched exactly while all else stands still.
"""

from __future__ import annotations

import random
import time
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wanjia.planning.contract import Control
from wanjia.planning.rostering.check import score
from wanjia.planning.rostering.grid import Grid, Ints
from wanjia.planning.rostering.model import Programme, programme
from wanjia.planning.rostering.plain import solve_plain
from wanjia.planning.rostering.problem import Problem, Roster
from wanjia.planning.rostering.relaxation import Answer, Repriced, inner_point, search

_SCALINGS = 14
_SEARCHES = 90  # neighbourhoods tried in a part
_SEATS_AT_ONCE = 4
_NODES = 10


class Faces:
    """Who stands at which seat in which week. face: int (n_duties,) number of each duty's (seat, week, guard)."""

    def __init__(self, grid: Grid) -> None:
        week = grid.week[grid.n_before :]
        self.weeks = int(grid.week.max()) + 1
        self.week = week[grid.day]
        self.keys, self.face = np.unique(grid.edge * self.weeks + self.week, return_inverse=True)
        self.count = len(self.keys)
        self.price = np.full(self.count, float(grid.problem.weights.per_person_week))
        self._spare_locked(grid, week)

    def _spare_locked(self, grid: Grid, week: Ints) -> None:
        """A face that a lock shows anyway costs nothing more."""
        edge = {(int(i), int(g)): e for e, (i, g) in enumerate(zip(grid.edge_seat, grid.edge_guard, strict=True))}
        shown = {
            edge[seat, guard] * self.weeks + int(week[day])
            for (seat, day), guard in grid.locked.items()
            if guard is not None and (seat, guard) in edge
        }
        self.price[np.isin(self.keys, list(shown))] = 0.0
        self.locked_cost = grid.problem.weights.per_person_week * len(shown)

    def shares(self, duties: NDArray[np.float64], last: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return each face's charge per duty: spread over the duties it carries, unchanged where it carries none."""
        carried = np.bincount(self.face, weights=duties, minlength=self.count)
        shown = np.zeros(self.count)
        np.maximum.at(shown, self.face, duties)
        return np.where(carried > 1e-6, self.price * shown / np.maximum(carried, 1e-6), last)


def with_faces(model: Programme, faces: Faces) -> Programme:
    """Add a column per face and a row per duty: duty ≤ its face."""
    n, columns, rows = len(faces.face), len(model.cost), len(model.row_low)
    each = np.arange(n)
    return Programme(
        np.concatenate([model.cost, faces.price]),
        np.concatenate([model.upper, np.ones(faces.count)]),
        np.concatenate([model.row_low, np.full(n, -np.inf)]),
        np.concatenate([model.row_high, np.zeros(n)]),
        np.concatenate([model.rows, rows + each, rows + each]),
        np.concatenate([model.columns, each, columns + faces.face]),
        np.concatenate([model.values, np.ones(n), -np.ones(n)]),
    )


def tightened(model: Programme, grid: Grid, faces: Faces) -> Programme:
    """Add rows that hold for whole faces only (mixed-integer rounding of the weekly caps).

    A guard with room for c duties in a week and at most m at one seat serves at most min(c, k·m) with k faces; with
    k₀ = c div m and r = c − k₀·m that is Σ duties ≤ k₀·m + r·(Σ faces − k₀). For k₀ = 0 it holds seat by seat.
    """
    guard, week = grid.edge_guard[faces.keys // faces.weeks], faces.keys % faces.weeks
    days = np.bincount(faces.face, minlength=faces.count)
    caps = np.array([10**6 if who.cap_per_week is None else who.cap_per_week for who in grid.problem.guards])
    served = np.zeros((len(caps), faces.weeks), dtype=np.int64)
    np.add.at(served.T, grid.week, grid.used.sum(axis=2).T)
    room, person_week = np.maximum(caps[:, None] - served, 0).ravel(), guard * faces.weeks + week
    tight = room[person_week] < days
    model = _with_rows(model, faces, np.where(tight, np.arange(faces.count), -1), room[person_week], np.zeros(faces.count))
    most = np.zeros(len(room), dtype=np.int64)
    np.maximum.at(most, person_week, days)
    full = room // np.maximum(most, 1)
    rest = room - full * most
    useful = (most > 0) & (rest > 0) & (full >= 1) & (np.bincount(person_week, minlength=len(room)) > full)
    group = np.where(useful[person_week], person_week, -1)
    return _with_rows(model, faces, group, rest[person_week], full * most - rest * full)


def _with_rows(model: Programme, faces: Faces, group: Ints, slope: Ints, high: NDArray[Any]) -> Programme:
    """Add for each group of faces (-1: none) the row Σ duties − slope·Σ faces ≤ high[group]."""
    groups, first_face = np.unique(group[group >= 0]), len(model.cost) - faces.count
    number = np.full(len(high) + 1, -1)
    number[groups] = len(model.row_low) + np.arange(len(groups))
    row = number[group]
    duties, shown = np.flatnonzero(row[faces.face] >= 0), np.flatnonzero(row >= 0)
    return Programme(
        model.cost,
        model.upper,
        np.concatenate([model.row_low, np.full(len(groups), -np.inf)]),
        np.concatenate([model.row_high, high[groups].astype(float)]),
        np.concatenate([model.rows, row[faces.face[duties]], row[shown]]),
        np.concatenate([model.columns, duties, first_face + shown]),
        np.concatenate([model.values, np.ones(len(duties)), -slope[shown].astype(float)]),
    )


def solve_stable(piece: Problem, *, seed: int, control: Control, extra: Control) -> Roster:
    """Solve one part with the stability term: the plain roster within `control`, all the rest within `extra`.

    Repeats exactly for a seed unless time or the user cuts it short.
    """
    started = time.process_time()
    plain = solve_plain(piece.weighing(per_person_week=0), control)
    grid = Grid(piece)
    best = _Best(piece, grid, plain)
    if not len(grid.seat) or extra.should_stop():
        return best.roster(finished=not len(grid.seat), started=started)
    model, faces = programme(grid), Faces(grid)
    whole_model = with_faces(model, faces)
    loose = inner_point(tightened(whole_model, grid, faces), _half(extra))
    if loose.finished:
        best.bound = max(best.bound, np.ceil(loose.bound + grid.fixed_cost() + faces.locked_cost - 1e-3))
    _scale(model, faces, loose.z if loose.finished else None, best, extra)
    _look_around(whole_model, faces, best, random.Random(seed), extra)
    return best.roster(finished=loose.finished and not extra.should_stop(), started=started)


def _half(control: Control) -> Control:
    """Return a control for half the time left: a bound is of no use without a roster."""
    left = control.remaining()
    return Control(None if left == float("inf") else left / 2, cancel=control.cancel)


class _Best:
    """The best roster so far, by the referee's count, and the best bound; at first the plain optimum's."""

    def __init__(self, piece: Problem, grid: Grid, plain: Roster) -> None:
        self.piece, self.grid, self.bound = piece, grid, plain.bound
        self.plan, self.points = plain.plan, score(piece, plain.plan).total
        at = grid.seat_at, grid.day_at
        chosen = {(at[0][seat], at[1][day]): grid.guard_at[who] for (seat, day), who in plain.plan.items() if who is not None}
        cells = zip(grid.seat.tolist(), grid.day.tolist(), grid.guard.tolist(), strict=True)
        self.chosen = np.array([chosen.get((seat, day)) == who for seat, day, who in cells], dtype=bool)

    def offer(self, chosen: NDArray[np.bool_]) -> bool:
        """Take a roster when it is better."""
        plan = self.grid.plan(chosen)
        points = score(self.piece, plan).total
        if points >= self.points:
            return False
        self.plan, self.points, self.chosen = plan, points, chosen
        return True

    def roster(self, *, finished: bool, started: float) -> Roster:
        """Return the best as the answer."""
        if not len(self.grid.seat):
            self.bound = float(self.points)
        return Roster(self.plan, self.points, float(min(self.bound, self.points)), finished, time.process_time() - started)

    @property
    def is_proven(self) -> bool:
        """Tell whether nothing better exists."""
        return self.points <= self.bound


def _scale(model: Programme, faces: Faces, loose: NDArray[np.float64] | None, best: _Best, control: Control) -> None:
    """Slope scaling from the relaxation's answer."""
    n, base = len(faces.face), model.cost[: len(faces.face)]
    duties = np.bincount(faces.face, minlength=faces.count)
    share = faces.price / np.maximum(1, duties)
    share = share if loose is None else faces.shares(loose[:n], faces.price)
    solver, stale = Repriced(model), 0
    for _ in range(_SCALINGS):
        if control.should_stop() or stale >= 3 or best.is_proven:
            return
        answer = solver.solve(base + share[faces.face], control)
        if not answer.finished:
            return
        z = answer.z if answer.is_whole(n) else _rounded(model, base + share[faces.face], answer, n, control)
        if z is not None:
            stale = 0 if best.offer(z[:n] > 0.5) else stale + 1
        share, last = faces.shares(answer.z[:n] if z is None else z[:n], share), share
        if np.allclose(share, last):
            return


def _rounded(model: Programme, cost: NDArray[np.float64], answer: Answer, n: int, control: Control) -> NDArray[np.float64] | None:
    """Make an answer with shares whole, among the columns that cost next to nothing more."""
    kept = np.flatnonzero(answer.cheap(3.0) | (answer.z > 1e-9) | (np.arange(len(answer.z)) >= n))
    priced = np.concatenate([cost, model.cost[n:]])
    small = replace(model, cost=priced).cut(kept)
    found = search(small, int(np.searchsorted(kept, n)), control, gap=1e-3, nodes=_NODES)
    if not len(found.z):
        return None
    z = np.zeros(len(priced))
    z[kept] = found.z
    return z


def _look_around(model: Programme, faces: Faces, best: _Best, rng: random.Random, control: Control) -> None:
    """Search the weeks of a few seats exactly, neighbourhood after neighbourhood, until none gives anything."""
    groups = _neighbours(best.grid)
    places = [(week, group) for week in sorted(set(faces.week.tolist())) for group in groups]
    rng.shuffle(places)
    tried, gain = 0, True
    while gain:
        gain = False
        for week, group in places:
            if control.should_stop() or best.is_proven or tried >= _SEARCHES:
                return
            tried += 1
            gain |= _search_place(model, faces, best, week, group, control)


def _neighbours(grid: Grid) -> list[set[int]]:
    """Return groups of seats, each the seats that share most guards with one of them, in the order of the seats."""
    allowed = [set(seat.allowed) for seat in grid.problem.seats]
    groups, covered = [], set()
    for i in range(len(allowed)):
        if i in covered:
            continue
        near = sorted(
            range(len(allowed)), key=lambda j: (-len(allowed[i] & allowed[j]) / max(1, len(allowed[i] | allowed[j])), j)
        )
        group = {j for j in near[:_SEATS_AT_ONCE] if allowed[i] & allowed[j]}
        covered |= set(sorted(group)[: max(1, len(group) // 2)]) | {i}
        groups.append(group)
    return groups


def _search_place(model: Programme, faces: Faces, best: _Best, week: int, group: set[int], control: Control) -> bool:
    grid, n = best.grid, len(faces.face)
    seats = np.array(sorted(group))
    duties = np.flatnonzero((faces.week == week) & np.isin(grid.seat, seats))
    if not len(duties):
        return False
    in_week = grid.week[grid.n_before :][grid.open_day] == week
    n_open, first_face = len(grid.open_seat), len(model.cost) - faces.count
    opens = n + np.flatnonzero(in_week & np.isin(grid.open_seat, seats))
    shown = first_face + np.unique(faces.face[duties])
    deviations = np.arange(n + n_open, first_face)
    kept = np.concatenate([duties, opens, deviations, shown])
    now = _columns(model, faces, best)
    small, _ = model.freed(kept, now)
    found = search(small, len(duties), control, start=now[kept], nodes=_NODES, gap=1e-3)
    if not len(found.z) or found.objective > float(small.cost @ now[kept]) - 0.5:
        return False
    chosen = best.chosen.copy()
    chosen[duties] = found.z[: len(duties)] > 0.5
    return best.offer(chosen)


def _columns(model: Programme, faces: Faces, best: _Best) -> NDArray[np.float64]:
    """Return the value of every column for the best roster: duties, open seats, deviations and faces."""
    grid, n = best.grid, len(faces.face)
    first_face, n_open = len(model.cost) - faces.count, len(grid.open_seat)
    z = np.zeros(len(model.cost))
    z[:n] = best.chosen
    filled = np.zeros(grid.free.shape, dtype=bool)
    filled[grid.seat[best.chosen], grid.day[best.chosen]] = True
    z[n : n + n_open] = ~filled[grid.open_seat, grid.open_day]
    people = len(grid.problem.guards)
    goal = np.array([guard.target - guard.carried for guard in grid.problem.guards]) - grid.served()
    off = np.bincount(grid.guard[best.chosen], minlength=people) - goal
    gentle = grid.problem.weights.steeper_beyond
    parts = [np.clip(off, 0, gentle), np.maximum(off - gentle, 0), np.clip(-off, 0, gentle), np.maximum(-off - gentle, 0)]
    z[n + n_open : first_face] = np.concatenate(parts)
    z[first_face + np.unique(faces.face[best.chosen])] = 1.0
    return z
