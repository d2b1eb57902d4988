"""Make a roster: part by part, each by its relaxation, with a search only where the relaxation leaves shares.

Same problem and seed → same roster, on one process or many: parts do not depend on one another. Time limits and
cancel leave the clerk's roster in the parts not yet done, with a bound that is still honest.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.synchronize import Event

import numpy as np
from numpy.typing import NDArray

from wanjia.planning.contract import Control
from wanjia.planning.rostering.parts import parts
from wanjia.planning.rostering.plain import clerks_part, solve_plain
from wanjia.planning.rostering.problem import Cell, Problem, Roster
from wanjia.planning.rostering.stability import solve_stable


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
    found = {cell: who for roster in done.values() for cell, who in roster.plan.items()}
    plan = {cell: found[cell] for cell in _cells(problem)}
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
    if processes <= 1 or len(pieces) < 2:
        for i, piece in enumerate(pieces):
            share = 0.9 * control.remaining() * (_size(piece) / left)
            left -= _size(piece)
            yield i, solve_part(piece, seed=seed, control=control, extra=_allowed(share, control))
        return
    context = get_context("spawn")
    stop = context.Event()
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=(stop,)) as pool:
        waiting = {}
        for i, piece in enumerate(pieces):
            share = min(control.remaining(), control.remaining() * _size(piece) * processes / left)
            waiting[pool.submit(_in_child, piece, seed, share)] = i
        while waiting:
            ended, _ = wait(waiting, timeout=_LOOK_UP, return_when=FIRST_COMPLETED)
            if control.should_stop() and not stop.is_set():
                stop.set()
                for other in waiting:
                    other.cancel()
            for future in ended:
                i = waiting.pop(future)
                yield i, clerks_part(pieces[i]) if future.cancelled() else _named(pieces[i], *future.result())


_LOOK_UP = 0.2  # seconds between two questions whether to stop
_told: list[Event] = []  # in a working process: the event that tells it to stop


def _begin(stop: Event) -> None:
    """Prepare a working process: an interrupt at the keyboard is for the first process alone, which then tells the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _told.append(stop)


def _allowed(seconds: float, control: Control) -> Control:
    """Return a control with its own limit, stopped by whoever stops the whole."""
    return Control(None if seconds == float("inf") else seconds, cancel=control.should_stop)


def _in_child(piece: Problem, seed: int, seconds: float) -> tuple[NDArray[np.int32], Roster]:
    """Solve a part; return each cell's guard by number (-1 open), far less to carry than names, and the rest."""
    control = _allowed(seconds, Control(cancel=_told[0].is_set))
    roster = solve_part(piece, seed=seed, control=control, extra=control)
    number: dict[str | None, int] = {guard.id: i for i, guard in enumerate(piece.guards)} | {None: -1}
    return np.array([number[roster.plan[cell]] for cell in _cells(piece)], dtype=np.int32), replace(roster, plan={})


def _named(piece: Problem, who: NDArray[np.int32], roster: Roster) -> Roster:
    names: list[str | None] = [*(guard.id for guard in piece.guards), None]
    return replace(roster, plan={cell: names[i] for cell, i in zip(_cells(piece), who.tolist(), strict=True)})


def _cells(piece: Problem) -> list[Cell]:
    return [(seat.id, day) for seat in piece.seats for day in piece.days]


def solve_part(piece: Problem, *, seed: int, control: Control, extra: Control) -> Roster:
    """Solve one part whole within `control`; `extra` is this part's share of the time for stability."""
    if control.should_stop():
        return clerks_part(piece)
    if piece.weights.per_person_week:
        return solve_stable(piece, seed=seed, control=control, extra=extra)
    return solve_plain(piece, control)
