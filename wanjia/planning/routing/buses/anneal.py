"""Ruin strings of neighbouring homes, put them back where they cost least, accept as a cooling metal would.

After J. Christiaens and G. Vanden Berghe, Slack Induction by String Removals (Transportation Science 54, 2020), with trips,
schools and ride limits; homes that are hard to place weigh more each time they stay behind.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from .kernel import FIRST, LAST, SCHOOL, TRIP, as_new_trip, in_mixed_trip, in_same_school_trip, into, summarise, throw

MEAN_REMOVED, LONGEST_STRING, MOST_TRIPS = 10, 12, 12


class State(NamedTuple):
    """rows: int32 (B, M) codes; lengths: int64 (B,); bus: int32 (H,), −1 when unserved; cost: int64 (1,) metres."""

    rows: np.ndarray
    lengths: np.ndarray
    bus: np.ndarray
    cost: np.ndarray


class Memory(NamedTuple):
    """Scratch and history: trips (B, T, 7), counts (B,), misses (H,) how often a home stayed behind, dice uint64 (1,)."""

    trips: np.ndarray
    counts: np.ndarray
    misses: np.ndarray
    dice: np.ndarray
    scratch: np.ndarray


def empty_state(buses: int, homes: int, width: int) -> State:
    """Nobody served."""
    rows = np.zeros((buses, width), np.int32)
    return State(rows, np.zeros(buses, np.int64), np.full(homes, -1, np.int32), np.zeros(1, np.int64))


def new_memory(buses: int, homes: int, width: int, seed: int) -> Memory:
    """Start the dice from a seed."""
    dice = np.array([(seed * 2654435761 + 88172645463325252) % 2**64 or 1], np.uint64)
    trips = np.zeros((buses, min(width // 2 + 1, MOST_TRIPS + 1), TRIP), np.int64)
    counts, misses = np.zeros(buses, np.int64), np.ones(homes, np.int64)
    return Memory(trips, counts, misses, dice, np.zeros(width, np.int32))


@njit(cache=True)
def copy(source, target):
    """Make `target` equal to `source`."""
    target.rows[:, :] = source.rows
    target.lengths[:] = source.lengths
    target.bus[:] = source.bus
    target.cost[0] = source.cost[0]


@njit(cache=True)
def day_cost(w, bus, row, n):
    """Return the metres of a day and the price of those it carries."""
    total, place = 0, w.yard
    for k in range(n):
        total += w.metres[place, w.place[row[k]]]
        place = w.place[row[k]]
        if row[k] < len(w.kids):
            total += w.price[row[k], bus]
    return total


@njit(cache=True)
def refresh(w, state, memory, bus):
    """Summarise one changed day."""
    memory.counts[bus] = summarise(w, state.rows[bus], state.lengths[bus], memory.trips[bus])


@njit(cache=True)
def drop_marked(w, state, memory, bus):
    """Take out the homes that no longer belong to this bus, and visits of schools to which nobody rides."""
    homes, row, m = len(w.kids), state.rows[bus], 0
    aboard = np.zeros(len(w.opens), np.int64)
    before = day_cost(w, bus, row, state.lengths[bus])
    for k in range(state.lengths[bus]):
        code = row[k]
        if code < homes:
            if state.bus[code] != bus:
                continue
            aboard[w.school[code]] += 1
        else:
            if aboard[code - homes] == 0:
                continue
            aboard[code - homes] = 0
        row[m] = code
        m += 1
    state.lengths[bus] = m
    state.cost[0] += day_cost(w, bus, row, m) - before
    refresh(w, state, memory, bus)


@njit(cache=True)
def mark_string(w, state, dice, home, longest):
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
def mark_trip(w, state, memory, home):
    """Mark everybody on the trip that carries `home`."""
    bus = state.bus[home]
    row = state.rows[bus]
    for k in range(memory.counts[bus]):
        first, last = memory.trips[bus, k, FIRST], memory.trips[bus, k, LAST]
        for i in range(first, last + 1):
            if row[i] == home:
                for j in range(first, last + 1):
                    if row[j] < len(w.kids):
                        state.bus[row[j]] = -1
                return


@njit(cache=True)
def ruin(w, state, memory):
    """Remove strings (now and then whole trips) near a random home."""
    dice, homes = memory.dice, len(w.kids)
    strings = 1 + int(throw(dice) * (4.0 * MEAN_REMOVED / (1 + LONGEST_STRING)))
    seed = int(throw(dice) * homes)
    whole = throw(dice) < 0.08
    touched = np.zeros(len(w.seats), np.bool_)
    for home in w.near[seed]:
        bus = state.bus[home]
        if bus < 0 or touched[bus]:
            continue
        touched[bus] = True
        if whole:
            mark_trip(w, state, memory, home)
        else:
            mark_string(w, state, dice, home, LONGEST_STRING)
        drop_marked(w, state, memory, bus)
        strings -= 1
        if strings <= 0:
            return


@njit(cache=True)
def order(w, state, memory, key):
    """Return the unserved homes in one of five orders."""
    dice, yard = memory.dice, throw(memory.dice)
    waiting = np.flatnonzero(state.bus < 0)
    for k in range(len(waiting)):
        home = waiting[k]
        far = w.metres[w.place[home], w.place[len(w.kids) + w.school[home]]]
        if yard < 0.3:
            key[home] = throw(dice)
        elif yard < 0.5:
            key[home] = -w.kids[home] + 0.5 * throw(dice)
        elif yard < 0.65:
            key[home] = -far
        elif yard < 0.75:
            key[home] = far
        else:
            key[home] = -memory.misses[home] * (0.5 + throw(dice))
    return waiting[np.argsort(key[waiting])]


@njit(cache=True)
def insert(w, state, memory, home):
    """Put `home` where it costs least; False when it fits nowhere."""
    best, bus, gap, at, own = np.int64(2**40), -1, -1, -1, -1
    visit = len(w.kids) + w.school[home]
    for b in range(len(w.seats)):
        row, n = state.rows[b], state.lengths[b]
        if n + 2 > len(row):
            continue
        for k in range(memory.counts[b]):
            trip = memory.trips[b, k]
            if trip[SCHOOL] == w.school[home]:
                cost, i = in_same_school_trip(w, home, b, row, trip, best, memory.dice)
                if i >= 0:
                    best, bus, gap, at, own = cost, b, i, i, -1
            elif w.mixed:
                cost, i, j = in_mixed_trip(w, home, b, row, n, trip, best, memory.scratch)
                if i >= 0:
                    best, bus, gap, at, own = cost, b, i, j, visit if j >= 0 else -1
        cost, i = as_new_trip(w, home, b, row, n, memory.trips[b], memory.counts[b], best)
        if i >= 0:
            best, bus, gap, at, own = cost, b, i, i, visit
    if bus < 0:
        return False
    n = state.lengths[bus]
    m = into(state.rows[bus], n, gap, home, at, own, memory.scratch)
    state.rows[bus, :m] = memory.scratch[:m]
    state.lengths[bus] = m
    state.bus[home] = bus
    state.cost[0] += best
    refresh(w, state, memory, bus)
    return True


@njit(cache=True)
def missing(w, state, memory):
    """Return the metres the unserved weigh, and how often they were missed before."""
    weight, misses = 0, 0
    for home in range(len(w.kids)):
        if state.bus[home] < 0:
            weight += w.weight[home]
            misses += memory.misses[home]
    return weight, misses


@njit(cache=True)
def anneal(w, current, trial, best, memory, steps, hot, cold):
    """Take `steps` steps, cooling from `hot` to `cold` metres; `best` keeps the best day plan seen."""
    key = np.zeros(len(w.kids))
    for b in range(len(w.seats)):
        refresh(w, current, memory, b)
    kept = memory.trips.copy(), memory.counts.copy()
    weight, misses = missing(w, current, memory)
    record = missing(w, best, memory)[0] + best.cost[0]
    for step in range(steps):
        copy(current, trial)
        memory.trips[:, :, :] = kept[0]
        memory.counts[:] = kept[1]
        ruin(w, trial, memory)
        for home in order(w, trial, memory, key):
            if not insert(w, trial, memory, home):
                memory.misses[home] += 1
        new_weight, new_misses = missing(w, trial, memory)
        heat = hot * (cold / hot) ** (step / steps)
        gain = current.cost[0] + weight - trial.cost[0] - new_weight
        if gain > heat * np.log(max(throw(memory.dice), 1e-300)) or (new_misses < misses and new_weight <= weight):
            copy(trial, current)
            kept[0][:, :, :] = memory.trips
            kept[1][:] = memory.counts
            weight, misses = new_weight, new_misses
            if current.cost[0] + weight < record:
                record = current.cost[0] + weight
                copy(current, best)
        else:
            misses = missing(w, current, memory)[1]
