"""Pools: which hubs and cities share coaches. Two facts make this quick and exact where it matters.

For one pool the *lazy* rule needs the fewest coaches: wait until somebody must leave, send as few coaches as carry those who
must, fill their seats with those whose windows end first (delaying a coach to the day it is forced never loses a rider, and
exchanging a rider for one with an earlier end never hurts). So a pool's cost is known exactly, and pools are merged
best saving first, as in Clarke & Wright (1964).
"""

import heapq
from itertools import combinations, pairwise

import numpy as np
from numba import njit

from wanjia.planning.arrays import Array

from .problem import Problem

Lane = tuple[int, int]  # hub, city
Callers = tuple[frozenset[int], frozenset[int]]  # hubs, cities


@njit(cache=True)
def lazy_coaches(table: Array, seats: int) -> int:
    """Return the fewest coaches for int (days, days) workers by first and last day."""
    days = len(table)
    waiting = np.zeros(days, np.int64)
    total = 0
    for day in range(days):
        waiting += table[day]
        coaches = -(-waiting[day] // seats)
        if coaches == 0:
            continue
        total += coaches
        room = coaches * seats
        for end in range(day, days):
            taken = min(room, waiting[end])
            waiting[end] -= taken
            room -= taken
    return total


def fewest_coaches(problem: Problem, table: Array) -> int:
    """Return a lower bound: the lazy rule as if every hub and city could share every coach."""
    return int(lazy_coaches(table.sum(axis=(0, 1)).astype(np.int64), problem.seats))


def route_order(problem: Problem, hubs: frozenset[int], cities: frozenset[int]) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Return the order of calling, or None when these may not share a coach.

    Cities are called at by growing distance from the first hub; of two hubs the one farther from the cities comes first.
    """
    if len(hubs) > problem.most_hubs or len(cities) > problem.most_drops:
        return None
    if any(problem.metres[a, b] > problem.hub_gap_m for a in hubs for b in hubs if a != b):
        return None
    shift = len(problem.hubs)
    middle = sorted(cities)
    start = tuple(sorted(hubs, key=lambda h: (-sum(int(problem.metres[h, shift + c]) for c in middle), h)))
    drops = tuple(sorted(cities, key=lambda c: (int(problem.metres[start[-1], shift + c]), c)))
    stops = [*start, *(shift + c for c in drops)]
    way = sum(int(problem.metres[a, b]) for a, b in pairwise(stops))
    return (start, drops) if way <= problem.detour * int(problem.metres[stops[0], stops[-1]]) else None


def may_share(problem: Problem, hubs: frozenset[int], cities: frozenset[int]) -> bool:
    """Tell whether coaches may call at these hubs and cities, and at any part of them (a coach rarely has riders for all)."""
    if len(hubs) > problem.most_hubs or len(cities) > problem.most_drops:
        return False
    return all(route_order(problem, h, c) is not None for h in _parts(hubs) for c in _parts(cities))


def _parts(whole: frozenset[int]) -> list[frozenset[int]]:
    return [frozenset(part) for size in range(1, len(whole) + 1) for part in combinations(sorted(whole), size)]


def merge_pools(problem: Problem, table: Array) -> list[list[Lane]]:
    """Return the lanes of each pool, merged greedily by the coaches saved; every pool obeys the sharing rules."""
    pools = {n: [(int(h), int(c))] for n, (h, c) in enumerate(np.argwhere(table.sum(axis=(2, 3)) > 0))}
    counts = {n: table[lanes[0]].astype(np.int64) for n, lanes in pools.items()}
    cost = {n: int(lazy_coaches(count, problem.seats)) for n, count in counts.items()}
    known: dict[tuple[frozenset[int], frozenset[int]], bool] = {}
    heap: list[tuple[float, int, int]] = []
    numbers = sorted(pools)
    for i, a in enumerate(numbers):
        for b in numbers[i + 1 :]:
            _offer(problem, pools, counts, cost, known, heap, a, b)
    fresh = len(pools)
    while heap:
        _, a, b = heapq.heappop(heap)
        if a not in pools or b not in pools:
            continue
        pools[fresh] = pools.pop(a) + pools.pop(b)
        counts[fresh] = counts.pop(a) + counts.pop(b)
        cost[fresh] = int(lazy_coaches(counts[fresh], problem.seats))
        for other in sorted(pools):
            if other != fresh:
                _offer(problem, pools, counts, cost, known, heap, other, fresh)
        fresh += 1
    return [sorted(pools[n]) for n in sorted(pools)]


def _offer(
    problem: Problem,
    pools: dict[int, list[Lane]],
    counts: dict[int, Array],
    cost: dict[int, int],
    known: dict[Callers, bool],
    heap: list[tuple[float, int, int]],
    a: int,
    b: int,
) -> None:
    """Put the merger of two pools on the heap when it is allowed and saves coaches; most saved a rider first."""
    lanes = pools[a] + pools[b]
    key = (frozenset(h for h, _ in lanes), frozenset(c for _, c in lanes))
    if len(key[0]) > problem.most_hubs or len(key[1]) > problem.most_drops:
        return
    if key not in known:
        known[key] = may_share(problem, *key)
    if not known[key]:
        return
    saved = cost[a] + cost[b] - int(lazy_coaches(counts[a] + counts[b], problem.seats))
    if saved > 0:
        # A merger uses up the freedom to merge elsewhere: prefer the saving that touches few other lanes and coaches.
        heapq.heappush(heap, (-saved / (cost[a] + cost[b]), a, b))
