"""Make a roster: part by part, each by its relaxation, with a search only where the relaxation leaves shares.

Same problem and seed → same roster, on one process or many: parts do not depend on one another. Time limits and
cancel leave the clerk's roster in the parts not yet done, with a bound that is still honest.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

import numpy as np

from wanjia.planning.contract import Control
from wanjia.planning.rostering.check import score
from wanjia.planning.rostering.clerk import greedy
from wanjia.planning.rostering.model import Grid, Programme, programme
from wanjia.planning.rostering.parts import parts
from wanjia.planning.rostering.problem import Problem, Roster

_GOOD_ENOUGH = 2e-4  # a part's gap below which a search ends
_WIDTHS = (6.0, 60.0, 1100.0, float("inf"))  # points above the relaxation within which the search looks, in turn


def solve(problem: Problem, *, seed: int = 0, processes: int = 1, control: Control | None = None) -> Roster:
    """Return the best roster found, with its objective, an honest bound and the CPU seconds used.

    processes: parts are shared out, the costliest first; the answer is the same. control: time, cancel, progress.
    """
    control, before = control or Control(), _cpu()
    pieces = parts(problem)
    done: dict[int, Roster] = {}
    weight, solved = sum(map(_size, pieces)) or 1, 0
    for i, roster in _solved(pieces, seed, processes, control):
        done[i] = roster
        solved += _size(pieces[i])
        control.progress(solved / weight, f"{len(done)}/{len(pieces)}")
    found = {cell: who for i in range(len(pieces)) for cell, who in done[i].plan.items()}
    plan = {(seat.id, day): found[seat.id, day] for seat in problem.seats for day in problem.days}
    rosters = [done[i] for i in range(len(pieces))]
    return Roster(
        plan,
        sum(roster.objective for roster in rosters),
        float(sum(roster.bound for roster in rosters)),
        all(roster.finished for roster in rosters),
        _cpu() - before + (sum(roster.cpu_s for roster in rosters) if processes > 1 else 0.0),
    )


def _cpu() -> float:
    return time.process_time()


def _size(piece: Problem) -> int:
    return len(piece.days) * sum(len(seat.allowed) for seat in piece.seats) + 1


def _solved(pieces: list[Problem], seed: int, processes: int, control: Control) -> Iterator[tuple[int, Roster]]:
    left = sum(map(_size, pieces))
    if processes <= 1 or len(pieces) < 2:  # noqa: PLR2004
        for i, piece in enumerate(pieces):
            share = 0.9 * control.remaining() * (_size(piece) / left)
            left -= _size(piece)
            yield i, solve_part(piece, seed=seed, control=control, extra=_allowed(share, control))
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting = {}
        for i, piece in enumerate(pieces):
            share = min(control.remaining(), control.remaining() * _size(piece) * processes / left)
            waiting[pool.submit(_in_child, piece, seed, share)] = i
        for future in as_completed(waiting):
            if control.should_stop():
                for other in waiting:
                    other.cancel()
            i = waiting[future]
            yield i, clerks_part(pieces[i]) if future.cancelled() else future.result()


def _allowed(seconds: float, control: Control) -> Control:
    """Return a control with its own limit, stopped by whoever stops the whole."""
    return Control(None if seconds == float("inf") else seconds, cancel=control.should_stop)


def _in_child(piece: Problem, seed: int, seconds: float) -> Roster:
    control = _allowed(seconds, Control())
    return solve_part(piece, seed=seed, control=control, extra=control)


def solve_part(piece: Problem, *, seed: int, control: Control, extra: Control) -> Roster:
    """Solve one part whole within `control`; `extra` is this part's share of the time for stability."""
    if control.should_stop():
        return clerks_part(piece)
    if piece.weights.per_person_week:
        from wanjia.planning.rostering.stability import solve_stable

        return solve_stable(piece, seed=seed, control=control, extra=extra)
    return solve_plain(piece, control)


def clerks_part(piece: Problem) -> Roster:
    """Return the clerk's roster of a part, for want of time; its bound gives every seat its cheapest choice."""
    plan, grid = greedy(piece), Grid(piece)
    least = np.full(grid.free.shape, np.inf)
    np.minimum.at(least, (grid.open_seat, grid.open_day), grid.open_cost)
    np.minimum.at(least, (grid.seat, grid.day), grid.cost)
    return Roster(plan, score(piece, plan).total, float(least[grid.free].sum() + grid.fixed_cost()), finished=False)


def solve_plain(piece: Problem, control: Control) -> Roster:
    """Solve one part without the stability term: relaxation, then a search among the duties it holds cheap."""
    from wanjia.planning.rostering.relaxation import relax

    started = _cpu()
    grid = Grid(piece)
    if not len(grid.seat):
        return _roster(piece, grid.plan(np.zeros(0, dtype=bool)), None, True, started)
    model, n = programme(grid), len(grid.seat)
    answer = relax(model, control)
    if not answer.finished:
        return clerks_part(piece)
    fixed = grid.fixed_cost()
    bound = float(np.ceil(answer.bound + fixed - 1e-4))
    if answer.is_whole(n):
        return _roster(piece, grid.plan(answer.z[:n] > 0.5), bound, True, started)
    z, searched, finished = _whole(model, n, answer, control)
    if z is None:
        return clerks_part(piece)
    bound = max(bound, float(np.ceil(searched + fixed - 1e-4)))
    return _roster(piece, grid.plan(z[:n] > 0.5), bound, finished, started)


def _roster(piece: Problem, plan, bound: float | None, finished: bool, started: float) -> Roster:  # noqa: ANN001, FBT001
    points = score(piece, plan).total
    bound = float(points) if bound is None else min(bound, float(points))
    return Roster(plan, points, bound, finished, _cpu() - started)


def _whole(model: Programme, n: int, answer, control: Control):  # noqa: ANN001, ANN202
    """Return (columns, proven floor, finished): search among columns whose reduced cost is small, widening if need be.

    A roster less than `width` above the relaxation uses no column whose reduced cost exceeds `width`: what is found
    within the width is the best there is, and every other roster costs at least the relaxation plus `width`.
    """
    from wanjia.planning.rostering.relaxation import search

    best, value, floor = None, np.inf, answer.bound
    for width in _WIDTHS:
        kept = np.flatnonzero((answer.reduced <= width) | (answer.z > 1e-9))
        found = search(_narrowed(model, kept), int(np.searchsorted(kept, n)), control)
        if len(found.z) and found.objective < value:
            best, value = np.zeros(len(model.cost)), found.objective
            best[kept] = found.z
        floor = max(floor, min(found.bound, answer.bound + width))
        if found.finished and value - answer.bound <= width:
            return best, floor, True
        if control.should_stop() or value - answer.bound <= _GOOD_ENOUGH * abs(answer.bound):
            break
    return best, floor, not control.should_stop()


def _narrowed(model: Programme, kept) -> Programme:  # noqa: ANN001
    """Return the programme with only some columns."""
    place = np.full(len(model.cost), -1)
    place[kept] = np.arange(len(kept))
    inside = place[model.columns] >= 0
    return Programme(
        model.cost[kept],
        model.upper[kept],
        model.row_low,
        model.row_high,
        model.rows[inside],
        place[model.columns[inside]],
        model.values[inside],
    )
