"""Ruin strings of neighbouring homes, put them back where they cost least, accept as a cooling metal would.

After J. Christiaens and G. Vanden Berghe, Slack Induction by String Removals (Transportation Science 54, 2020), with trips,
schools and ride limits; homes that are hard to place weigh more each time they stay behind.
"""

import numpy as np
from numba import njit

from wanjia.planning.arrays import Array, int64

from ..dice import in_order, throw
from .insertion import BLINK, as_new_trip, in_mixed_trip, in_same_school_trip, into
from .kernel import FAR, SCHOOL, World
from .ruin import ruin
from .state import AT, COST, GAP, OWN, VERSION, Memory, State, copy, refresh

# Share of steps that may mix schools: they see more, but take several times as long and fill buses with short detours.
MIXING = 0.3


@njit(cache=True)
def order(w: World, state: State, memory: Memory, key: Array) -> Array:
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
    in_order(waiting, key)
    return waiting


@njit(cache=True)
def cheapest(w: World, state: State, memory: Memory, home: int, b: int, best: int, mixing: int) -> None:
    """Note in `known` where `home` costs least on bus b, if less than `best`."""
    row, n, trips, count = state.rows[b], state.lengths[b], state.trips[b], state.counts[b]
    visit, known = len(w.kids) + w.school[home], memory.known[home, b, mixing]
    gap, at, own = -1, -1, -1
    for k in range(count if n + 2 <= len(row) else 0):
        if trips[k, SCHOOL] == w.school[home]:
            best, i = in_same_school_trip(w, home, b, row, trips[k], best, memory.dice)
            if i >= 0:
                gap, at, own = i, i, -1
        elif mixing:
            best, i, j = in_mixed_trip(w, home, b, row, n, trips, count, k, state.stops[b], best, memory.schools)
            if i >= 0:
                gap, at, own = i, j, visit if j >= 0 else -1
    best, i = as_new_trip(w, home, b, row, n, trips, count, best)
    if i >= 0:
        gap, at, own = i, i, visit
    known[VERSION], known[COST], known[GAP], known[AT], known[OWN] = state.versions[b], best, gap, at, own


@njit(cache=True)
def insert(w: World, state: State, memory: Memory, home: int, mixing: int) -> bool:
    """Put `home` where it costs least; False when it fits nowhere."""
    best, bus = int64(FAR), -1
    for b in range(len(w.seats)):
        known = memory.known[home, b, mixing]
        if known[VERSION] != state.versions[b] or (known[GAP] < 0 and known[COST] < best):
            cheapest(w, state, memory, home, b, best, mixing)
        if known[GAP] >= 0 and known[COST] < best and throw(memory.dice) >= BLINK:
            best, bus = known[COST], b
    if bus < 0:
        return False
    known, n = memory.known[home, bus, mixing], state.lengths[bus]
    m = into(state.rows[bus], n, known[GAP], home, known[AT], known[OWN], memory.row)
    for k in range(m):
        state.rows[bus, k] = memory.row[k]
    state.lengths[bus] = m
    state.bus[home] = bus
    state.cost[0] += best
    refresh(w, state, memory, bus)
    return True


@njit(cache=True)
def missing(w: World, state: State, memory: Memory) -> tuple[int, int]:
    """Return the metres the unserved weigh, and how often they were missed before."""
    weight, misses = 0, 0
    for home in range(len(w.kids)):
        if state.bus[home] < 0:
            weight += w.weight[home]
            misses += memory.misses[home]
    return weight, misses


@njit(cache=True)
def anneal(w: World, current: State, trial: State, best: State, memory: Memory, steps: int, hot: float, cold: float) -> None:
    """Take `steps` steps, cooling from `hot` to `cold` metres; `best` keeps the best day plan seen."""
    key = np.zeros(len(w.kids))
    for b in range(len(w.seats)):
        refresh(w, current, memory, b)
    weight, misses = missing(w, current, memory)
    record = missing(w, best, memory)[0] + best.cost[0]
    for step in range(steps):
        copy(current, trial)
        ruin(w, trial, memory)
        mixing = 1 if w.mixed and throw(memory.dice) < MIXING else 0
        for home in order(w, trial, memory, key):
            if not insert(w, trial, memory, home, mixing):
                memory.misses[home] += 1
        new_weight, new_misses = missing(w, trial, memory)
        heat = hot * (cold / hot) ** (step / steps)
        gain = current.cost[0] + weight - trial.cost[0] - new_weight
        if gain > heat * np.log(max(throw(memory.dice), 1e-300)) or (new_misses < misses and new_weight <= weight):
            copy(trial, current)
            weight, misses = new_weight, new_misses
            if current.cost[0] + weight < record:
                record = current.cost[0] + weight
                copy(current, best)
        else:
            misses = missing(w, current, memory)[1]
