"""The working state of the search: every bus's day with its summary, who rides where, and what the search remembers."""

from typing import NamedTuple

import numpy as np
from numba import njit

from wanjia.planning.arrays import Array

from .kernel import STOP, TRIP, World, summarise

VERSION, COST, GAP, AT, OWN = range(5)  # columns of Memory.known
MOST_TRIPS = 12


class State(NamedTuple):
    """rows: int32 (B, M) codes; lengths, counts: int64 (B,) codes and trips of each day; trips (B, T, 8), stops (B, M, 4): their
    summaries; versions: int64 (B,), another number after every change; bus: int32 (H,), −1 unserved; cost: int64 (1,) metres."""

    rows: Array
    lengths: Array
    counts: Array
    trips: Array
    stops: Array
    versions: Array
    bus: Array
    cost: Array


class Memory(NamedTuple):
    """misses: int64 (H,) how often a home stayed behind; dice: uint64 (1,); row, schools: scratch; version: the last one given.

    known: int64 (H, B, 2, 5), the cheapest place of a home in a version of a day, without and with mixing schools: COST with
    GAP, AT and OWN, or GAP −1 where nothing costs less than COST. Most days do not change from one step to the next, so most answers are known.
    """

    misses: Array
    dice: Array
    row: Array
    schools: Array
    known: Array
    version: Array


def empty_state(buses: int, homes: int, width: int) -> State:
    """Nobody served."""
    lengths, counts, versions = (np.zeros(buses, np.int64) for _ in range(3))
    trips = np.zeros((buses, min(width // 2 + 1, MOST_TRIPS + 1), TRIP), np.int64)
    rows, stops = np.zeros((buses, width), np.int32), np.zeros((buses, width, STOP), np.int64)
    return State(rows, lengths, counts, trips, stops, versions, np.full(homes, -1, np.int32), np.zeros(1, np.int64))


def new_memory(buses: int, homes: int, schools: int, width: int, seed: int) -> Memory:
    """Start the dice from a seed."""
    dice = np.array([(seed * 2654435761 + 88172645463325252) % 2**64 or 1], np.uint64)
    known, scratch = np.zeros((homes, buses, 2, OWN + 1), np.int64), np.zeros((2, schools), np.int64)
    return Memory(np.ones(homes, np.int64), dice, np.zeros(width, np.int32), scratch, known, np.zeros(1, np.int64))


@njit(cache=True)
def copy(source: State, target: State) -> None:
    """Make `target` equal to `source`; days of the same version are equal already."""
    for bus in range(len(source.lengths)):
        if source.versions[bus] != target.versions[bus]:
            n, count = source.lengths[bus], source.counts[bus]
            for k in range(n):
                target.rows[bus, k] = source.rows[bus, k]
                for column in range(STOP):
                    target.stops[bus, k, column] = source.stops[bus, k, column]
            for k in range(count + 1):
                for column in range(TRIP):
                    target.trips[bus, k, column] = source.trips[bus, k, column]
            target.lengths[bus], target.counts[bus], target.versions[bus] = n, count, source.versions[bus]
    for home in range(len(source.bus)):
        target.bus[home] = source.bus[home]
    target.cost[0] = source.cost[0]


@njit(cache=True)
def day_cost(w: World, bus: int, row: Array, n: int) -> int:
    """Return the metres of a day and the price of those it carries."""
    total, place = 0, w.yard
    for k in range(n):
        total += w.metres[place, w.place[row[k]]]
        place = w.place[row[k]]
        if row[k] < len(w.kids):
            total += w.price[row[k], bus]
    return total


@njit(cache=True)
def refresh(w: World, state: State, memory: Memory, bus: int) -> None:
    """Sum up one changed day."""
    memory.version[0] += 1
    state.versions[bus] = memory.version[0]
    state.counts[bus] = summarise(w, state.rows[bus], state.lengths[bus], state.trips[bus], state.stops[bus])


@njit(cache=True)
def drop_marked(w: World, state: State, memory: Memory, bus: int) -> None:
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
