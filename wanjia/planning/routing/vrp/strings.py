"""Slack induction by string removals (Christiaens & Vanden Berghe 2020) for plain routing, compiled.

Routes are linked lists over nodes 0 … n−1; 0 is the depot and stands for both ends of every route. Lengths and times are
whole numbers. Used beside PyVRP, which gets stuck on long routes with windows; this search does not.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from wanjia.planning.arrays import Array, int64

from ..dice import in_order, throw

MEAN_REMOVED, LONGEST_STRING, BLINK = 10, 10, 0.01
ABSENT = -1


class Data(NamedTuple):
    """length, hours: int32 or int64 (n, n); demand, ready, due, service: int64 (n,); near: int32 (n, K) clients by distance."""

    length: Array
    hours: Array
    demand: Array
    ready: Array
    due: Array
    service: Array
    near: Array
    capacity: int
    timed: int


class Routes(NamedTuple):
    """before, after, route: int32 (n,); early, late: int64 (n,) service starts; first, last: int32 (R,); load: int64 (R,);
    cost: int64 (1,)."""

    before: Array
    after: Array
    route: Array
    early: Array
    late: Array
    first: Array
    last: Array
    load: Array
    cost: Array


def no_routes(nodes: int, vehicles: int) -> Routes:
    """Every client absent."""
    before, after = np.zeros(nodes, np.int32), np.zeros(nodes, np.int32)
    early, late = np.zeros(nodes, np.int64), np.zeros(nodes, np.int64)
    first, last = np.zeros(vehicles, np.int32), np.zeros(vehicles, np.int32)
    route, load = np.full(nodes, ABSENT, np.int32), np.zeros(vehicles, np.int64)
    return Routes(before, after, route, early, late, first, last, load, np.zeros(1, np.int64))


@njit(cache=True)
def copy(source: Routes, target: Routes) -> None:
    """Make `target` equal to `source`."""
    for node in range(len(source.before)):
        target.before[node], target.after[node], target.route[node] = source.before[node], source.after[node], source.route[node]
        target.early[node], target.late[node] = source.early[node], source.late[node]
    for r in range(len(source.load)):
        target.first[r], target.last[r], target.load[r] = source.first[r], source.last[r], source.load[r]
    target.cost[0] = source.cost[0]


@njit(cache=True)
def link(plan: Routes, r: int, a: int, b: int) -> None:
    """Let `b` follow `a` on route r; 0 is the depot at either end."""
    if a:
        plan.after[a] = b
    else:
        plan.first[r] = b
    if b:
        plan.before[b] = a
    else:
        plan.last[r] = a


@njit(cache=True)
def retime(data: Data, plan: Routes, r: int) -> None:
    """Recompute the earliest and latest starts along one route."""
    at, clock = 0, data.ready[0]
    node = plan.first[r]
    while node:
        clock = max(data.ready[node], clock + data.service[at] + data.hours[at, node])
        plan.early[node] = clock
        at, node = node, plan.after[node]
    at, limit = 0, data.due[0]
    node = plan.last[r]
    while node:
        limit = min(data.due[node], limit - data.hours[node, at] - data.service[node])
        plan.late[node] = limit
        at, node = node, plan.before[node]


@njit(cache=True)
def take_out(data: Data, plan: Routes, node: int) -> None:
    """Remove a client; the caller retimes the route."""
    r, a, b = plan.route[node], plan.before[node], plan.after[node]
    plan.cost[0] += data.length[a, b] - data.length[a, node] - data.length[node, b]
    plan.load[r] -= data.demand[node]
    plan.route[node] = ABSENT
    link(plan, r, a, b)


@njit(cache=True)
def put_in(data: Data, plan: Routes, node: int, r: int, a: int) -> None:
    """Insert a client after `a` (0: first) on route r."""
    b = plan.after[a] if a else plan.first[r]
    plan.cost[0] += data.length[a, node] + data.length[node, b] - data.length[a, b]
    plan.load[r] += data.demand[node]
    plan.route[node] = r
    link(plan, r, a, node)
    link(plan, r, node, b)
    if data.timed:
        retime(data, plan, r)


@njit(cache=True)
def in_time(data: Data, plan: Routes, node: int, a: int, b: int) -> bool:
    """Tell whether `node` between `a` and `b` keeps every window of the route."""
    start = data.ready[0] if a == 0 else plan.early[a] + data.service[a]
    start = max(data.ready[node], start + data.hours[a, node])
    if start > data.due[node]:
        return False
    limit = data.due[0] if b == 0 else plan.late[b]
    return bool(start + data.service[node] + data.hours[node, b] <= limit)


@njit(cache=True)
def insert(data: Data, plan: Routes, node: int, dice: Array) -> bool:
    """Put a client beside one of its neighbours, or on an empty route, where it costs least; False when it fits nowhere."""
    best, route, place = int64(2**60), -1, 0
    for near in data.near[node]:
        r = plan.route[near]
        if r < 0 or plan.load[r] + data.demand[node] > data.capacity:
            continue
        for side in range(2):
            a = near if side else plan.before[near]
            b = plan.after[near] if side else near
            extra = data.length[a, node] + data.length[node, b] - data.length[a, b]
            if extra < best and throw(dice) >= BLINK and (not data.timed or in_time(data, plan, node, a, b)):
                best, route, place = extra, r, a
    alone = 2 * data.length[0, node]
    if alone < best:
        for r in range(len(plan.load)):
            if plan.first[r] == 0:
                if not data.timed or in_time(data, plan, node, 0, 0):
                    route, place = r, 0
                break
    if route < 0:
        return False
    put_in(data, plan, node, route, place)
    return True


@njit(cache=True)
def remove_string(data: Data, plan: Routes, node: int, size: int, dice: Array) -> None:
    """Take out `size` neighbours in sequence around `node`, half the time sparing a stretch among them."""
    r, spared = plan.route[node], 0
    stretch = np.empty(len(plan.before), np.int32)
    total, at = 0, 0
    walker = plan.first[r]
    while walker:
        if walker == node:
            at = total
        stretch[total] = walker
        total += 1
        walker = plan.after[walker]
    size = min(size, total)
    if size > 1 and throw(dice) < 0.5:
        spared = 1
        while size + spared < total and throw(dice) > 0.01:
            spared += 1
        spared = min(spared, total - size)
    span = size + spared
    low, high = max(0, at - span + 1), min(at, total - span)
    start = low + int(throw(dice) * (high - low + 1))
    hole = start + 1 + int(throw(dice) * max(1, size - 1))
    for k in range(start, start + span):
        if not (spared and hole <= k < hole + spared):
            take_out(data, plan, stretch[k])
    if data.timed:
        retime(data, plan, r)


@njit(cache=True)
def ruin(data: Data, plan: Routes, dice: Array, mean_route: float) -> None:
    """Remove strings near a random client."""
    longest = min(float(LONGEST_STRING), mean_route)
    strings = int(throw(dice) * (4.0 * MEAN_REMOVED / (1.0 + longest) - 1.0)) + 1
    seed = 1 + int(throw(dice) * (len(plan.before) - 1))
    touched = np.zeros(len(plan.load), np.bool_)
    for k in range(-1, data.near.shape[1]):
        node = seed if k < 0 else data.near[seed, k]
        r = plan.route[node]
        if r < 0 or touched[r]:
            continue
        touched[r] = True
        remove_string(data, plan, node, 1 + int(throw(dice) * longest), dice)
        strings -= 1
        if strings <= 0:
            return


@njit(cache=True)
def order(data: Data, absent: Array, dice: Array, key: Array) -> Array:
    """Return the absent clients: at random, big first, far first, near first, or tight window first."""
    kind = throw(dice) * (12.0 if data.timed else 11.0)
    for node in absent:
        if kind < 4:
            key[node] = throw(dice)
        elif kind < 8:
            key[node] = -data.demand[node]
        elif kind < 10:
            key[node] = -data.length[0, node]
        elif kind < 11:
            key[node] = data.length[0, node]
        else:
            key[node] = data.due[node] - data.ready[node]
    in_order(absent, key)
    return absent


@njit(cache=True)
def build(data: Data, plan: Routes, dice: Array) -> int:
    """Insert every absent client; return how many fit nowhere."""
    left = 0
    for node in order(data, np.flatnonzero(plan.route[1:] < 0) + 1, dice, np.zeros(len(plan.before))):
        if not insert(data, plan, node, dice):
            left += 1
    return left


@njit(cache=True)
def anneal(data: Data, current: Routes, trial: Routes, best: Routes, dice: Array, steps: int, hot: float, cold: float) -> None:
    """Ruin and rebuild `steps` times while cooling from `hot` to `cold` (in lengths); `best` keeps the shortest."""
    nodes = len(current.before)
    key = np.zeros(nodes)
    used = 0
    for r in range(len(current.load)):
        used += current.first[r] != 0
    mean_route = (nodes - 1.0) / max(1, used)
    for step in range(steps):
        copy(current, trial)
        ruin(data, trial, dice, mean_route)
        whole = True
        for node in order(data, np.flatnonzero(trial.route[1:] < 0) + 1, dice, key):
            if not insert(data, trial, node, dice):
                whole = False
                break
        heat = hot * (cold / hot) ** (step / steps)
        if whole and trial.cost[0] < current.cost[0] - heat * np.log(max(throw(dice), 1e-300)):
            copy(trial, current)
            if current.cost[0] < best.cost[0]:
                copy(current, best)
