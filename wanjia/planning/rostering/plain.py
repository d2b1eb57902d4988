"""One part without the stability term: its relaxation, and a search only where that leaves shares."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from wanjia.planning.contract import Control
from wanjia.planning.rostering.check import score
from wanjia.planning.rostering.clerk import greedy
from wanjia.planning.rostering.grid import Grid
from wanjia.planning.rostering.model import Programme, programme
from wanjia.planning.rostering.problem import Cell, Problem, Roster
from wanjia.planning.rostering.relaxation import Answer, relax, search
from wanjia.planning.rostering.term import pays, relax_term

Floats = NDArray[np.float64]
_GOOD_ENOUGH = 2e-4  # a part's gap below which a search ends
_NODES = 2000  # branches of one search: an end that, unlike time, repeats exactly
_WIDTHS = (6.0, 60.0, 1100.0, float("inf"))  # points above the relaxation within which the search looks, in turn


def clerks_part(piece: Problem) -> Roster:
    """Return the clerk's roster of a part, for want of time; its bound gives every seat its cheapest choice."""
    plan, grid = greedy(piece), Grid(piece)
    least = np.full(grid.free.shape, np.inf)
    np.minimum.at(least, (grid.open_seat, grid.open_day), grid.open_cost)
    np.minimum.at(least, (grid.seat, grid.day), grid.cost)
    return Roster(plan, score(piece, plan).total, float(least[grid.free].sum() + grid.fixed_cost()), finished=False)


def solve_plain(piece: Problem, control: Control) -> Roster:
    """Solve one part without the stability term: relaxation, then a search among the duties it holds cheap."""
    started = time.process_time()
    grid = Grid(piece)
    if not len(grid.seat):
        return _roster(piece, grid.plan(np.zeros(0, dtype=bool)), None, True, started)
    model, n = programme(grid), len(grid.seat)
    answer = relax_term(grid, model, control) if pays(grid) else relax(model, control)
    if not answer.finished:
        return clerks_part(piece)
    fixed = grid.fixed_cost()
    bound = float(np.ceil(answer.bound + fixed - 1e-4))
    if answer.is_whole(n):
        return _roster(piece, grid.plan(answer.z[:n] > 0.5), bound, True, started)
    z, searched, finished = _whole(grid, model, answer, control)
    if z is None:
        return clerks_part(piece)
    bound = max(bound, float(np.ceil(searched + fixed - 1e-4)))
    return _roster(piece, grid.plan(z[:n] > 0.5), bound, finished, started)


def _roster(piece: Problem, plan: dict[Cell, str | None], bound: float | None, finished: bool, started: float) -> Roster:
    points = score(piece, plan).total
    bound = float(points) if bound is None else min(bound, float(points))
    return Roster(plan, points, bound, finished, time.process_time() - started)


def _whole(grid: Grid, model: Programme, answer: Answer, control: Control) -> tuple[Floats | None, float, bool]:
    """Return (columns, proven floor, finished): first mend the days with shares, else search ever wider among all days.

    A roster less than `width` above the relaxation uses no column whose reduced cost exceeds `width`: what is found
    within the width is the best there is, and every other roster costs at least the relaxation plus `width`.
    """
    best, value, floor = _mended(grid, model, answer, control)
    for width in _WIDTHS if value > floor else ():
        kept = np.flatnonzero(answer.cheap(width) | (answer.z > 1e-9) | (best > 1e-9))
        start = best[kept] if value < np.inf else None
        narrow, whole = model.cut(kept), int(np.searchsorted(kept, len(grid.seat)))
        found = search(narrow, whole, control, start=start, gap=_GOOD_ENOUGH / 2, nodes=_NODES)
        if len(found.z) and found.objective < value:
            best, value = np.zeros(len(model.cost)), found.objective
            best[kept] = found.z
        floor = max(floor, min(found.bound, answer.bound + width))
        if found.finished and value - answer.bound <= width:
            break
        if control.should_stop() or value - answer.bound <= _GOOD_ENOUGH * abs(answer.bound):
            break
    return (best if value < np.inf else None), floor, not control.should_stop()


def _mended(grid: Grid, model: Programme, answer: Answer, control: Control) -> tuple[Floats, float, float]:
    """Return (columns, value, proven floor) when only the days with shares are free: mostly that costs nothing."""
    n, n_open, z = len(grid.seat), len(grid.open_seat), np.round(answer.z, 6)
    torn = np.zeros(grid.n_days, dtype=bool)
    torn[grid.day[np.abs(z[:n] - np.round(z[:n])) > 0]] = True
    free = np.concatenate([torn[grid.day], torn[grid.open_day], np.ones(len(z) - n - n_open, dtype=bool)])
    cheap = answer.cheap(_WIDTHS[0]) | (z > 0) | (np.arange(len(z)) >= n)
    kept = np.flatnonzero(free & cheap)
    small, still = model.freed(kept, z)
    found = search(small, int(np.searchsorted(kept, n)), control, nodes=_NODES)
    floor = float(np.ceil(answer.bound - 1e-4))
    if not len(found.z):
        return np.zeros(len(z)), np.inf, floor
    z[kept] = found.z
    return z, found.objective + still, floor
