"""Take out strings of neighbouring homes, or whole trips, around a random home."""

import numpy as np
from numba import njit

from wanjia.planning.arrays import Array

from ..dice import throw
from .kernel import FIRST, LAST, World
from .state import Memory, State, drop_marked

MEAN_REMOVED, LONGEST_STRING = 10, 12
WHOLE_TRIP = 0.08  # how often whole trips are taken out


@njit(cache=True)
def mark_string(w: World, state: State, dice: Array, home: int, longest: int) -> None:
    """Mark a string of homes around `home` on its bus as unserved, sometimes sparing a stretch in its middle."""
    homes, bus = len(w.kids), state.bus[home]
    row, n = state.rows[bus], state.lengths[bus]
    ranks, at, total = np.zeros(n, np.int64), 0, 0
    for k in range(n):
        if row[k] < homes:
            ranks[total] = row[k]
            if row[k] == home:
                at = total
            total += 1
    size = 1 + int(throw(dice) * min(longest, total))
    spared = 0
    if size > 1 and throw(dice) < 0.5:
        while size + spared < total and throw(dice) > 0.01:
            spared += 1
            if throw(dice) < 0.5:
                break
    span = size + spared
    low, high = max(0, at - span + 1), min(at, total - span)
    start = low + int(throw(dice) * (high - low + 1))
    hole = start + 1 + int(throw(dice) * max(1, size - 1))
    for k in range(start, start + span):
        if spared and hole <= k < hole + spared:
            continue
        state.bus[ranks[k]] = -1


@njit(cache=True)
def mark_trip(w: World, state: State, home: int) -> None:
    """Mark everybody on the trip that carries `home`."""
    bus = state.bus[home]
    row = state.rows[bus]
    for k in range(state.counts[bus]):
        first, last = state.trips[bus, k, FIRST], state.trips[bus, k, LAST]
        for i in range(first, last + 1):
            if row[i] == home:
                for j in range(first, last + 1):
                    if row[j] < len(w.kids):
                        state.bus[row[j]] = -1
                return


@njit(cache=True)
def ruin(w: World, state: State, memory: Memory) -> None:
    """Remove strings (now and then whole trips) near a random home."""
    dice, homes = memory.dice, len(w.kids)
    strings = 1 + int(throw(dice) * (4.0 * MEAN_REMOVED / (1 + LONGEST_STRING)))
    seed = int(throw(dice) * homes)
    whole = throw(dice) < WHOLE_TRIP
    touched = np.zeros(len(w.seats), np.bool_)
    for home in w.near[seed]:
        bus = state.bus[home]
        if bus < 0 or touched[bus]:
            continue
        touched[bus] = True
        if whole:
            mark_trip(w, state, home)
        else:
            mark_string(w, state, dice, home, LONGEST_STRING)
        drop_marked(w, state, memory, bus)
        strings -= 1
        if strings <= 0:
            return
