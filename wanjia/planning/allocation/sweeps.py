"""Single sweeps over all claimants, compiled: demand, dual bound, value, what is left over."""

from collections.abc import Callable

import numpy as np
from numba import njit
from numba.extending import overload

from wanjia.planning.allocation.buckets import Source, score_in_market, two_in_buckets
from wanjia.planning.allocation.kernels import EDGES, LOW, _best_two, _span
from wanjia.planning.arrays import Array, int64


@njit(cache=True, nogil=True)
def demand(
    ids: Array,
    lo: int,
    hi: int,
    short: Array,
    price: Array,
    mul: int,
    shift: int,
    mask: int,
    outside: Array,
    h: int,
    wanted: Array,
    near: Array,
) -> int:
    """Count who wants each lot at these prices, and how many choices turn within h of money (the dual's curvature).

    Adds to wanted and near (int32 per lot); returns the sum of min(best - second, 2**24).
    """
    total = int64(0)
    has_outside = outside.size > 1
    for t in range(lo, hi):
        i = ids[t]
        v1, v2, j1, j2 = _best_two(short[i], price, mul, shift, mask)
        stay = int64(outside[i]) if has_outside else int64(0)
        if v1 < stay:
            v1, v2, j1, j2 = stay, v1, int64(-1), j1
        elif v2 < stay:
            v2, j2 = stay, int64(-1)
        if j1 >= 0:
            wanted[j1] += 1
        slack = v1 - v2
        total += min(slack, 1 << 24)
        if slack < h:
            if j1 >= 0:
                near[j1] += 1
            if j2 >= 0:
                near[j2] += 1
    return total


def best_value(source: Source, i: int, price: Array, mul: int) -> int:
    """Return claimant i's best score minus price, in money, over all his lots."""
    raise NotImplementedError  # what is compiled in its place stands below


@overload(best_value)
def _best_value(source: Source, i: int, price: Array, mul: int) -> Callable[..., int]:
    if len(source) == EDGES:

        def from_edges(source: Source, i: int, price: Array, mul: int) -> int:
            start, width, lot, score = source
            a, b = _span(start, width, i)
            v = int64(LOW)
            for e in range(a, b):
                v = max(v, int64(score[e]) * mul - price[lot[e]])
            return v

        return from_edges

    def from_buckets(source: Source, i: int, price: Array, mul: int) -> int:
        return two_in_buckets(source, i, mul)[0]

    return from_buckets


def score_of(source: Source, i: int, j: int) -> int:
    """Return the score of claimant i at lot j, which he may take."""
    raise NotImplementedError


@overload(score_of)
def _score_of(source: Source, i: int, j: int) -> Callable[..., int]:
    if len(source) == EDGES:

        def from_edges(source: Source, i: int, j: int) -> int:
            start, width, lot, score = source
            a, b = _span(start, width, i)
            for e in range(a, b):
                if lot[e] == j:
                    return int64(score[e])
            return int64(0)

        return from_edges

    def from_buckets(source: Source, i: int, j: int) -> int:
        return score_in_market(source, i, j)

    return from_buckets


@njit(cache=True, nogil=True)
def dual(ids: Array, lo: int, hi: int, source: Source, mul: int, price: Array, outside: Array) -> int:
    """Return the sum over ids[lo:hi] of max(outside, best value): the claimants' part of the dual, in int64 money."""
    total = int64(0)
    has_outside = outside.size > 1
    for t in range(lo, hi):
        i = int64(ids[t])
        stay = int64(outside[i]) if has_outside else int64(0)
        total += max(stay, best_value(source, i, price, mul))
    return total


@njit(cache=True, nogil=True)
def read_choices(base: Array, size: Array, heap: Array, choice: Array) -> None:
    """Write the lot of each claimant that holds a place; the others keep what they have."""
    for j in range(size.size):
        for k in range(base[j], base[j] + size[j]):
            choice[heap[k] & 0xFFFFFFFF] = j


@njit(cache=True, nogil=True)
def hope(ids: Array, lo: int, hi: int, choice: Array, free: Array, start: Array, width: int, lot: Array, hopeful: Array) -> None:
    """Mark those of ids[lo:hi] who hold nothing and have an edge to a lot with a free place."""
    for t in range(lo, hi):
        i = ids[t]
        if choice[i] >= 0:
            continue
        a, b = _span(start, width, i)
        for e in range(a, b):
            if free[lot[e]] > 0:
                hopeful[i] = True
                break


@njit(cache=True, nogil=True)
def place_rest(
    choice: Array, free: Array, start: Array, width: int, lot: Array, score: Array, mul: int, price: Array, order: Array
) -> int:
    """Give each unplaced claimant of `order` the free lot with the best score minus price; return how many were placed.

    Any free place taken adds its score to the value, even at a price that claimant would not pay.
    """
    placed = 0
    for i in order:
        if choice[i] >= 0:
            continue
        a, b = _span(start, width, i)
        at = -1
        v = int64(LOW)
        for e in range(a, b):
            x = int64(score[e]) * mul - price[lot[e]]
            if x > v and free[lot[e]] > 0:
                v = x
                at = lot[e]
        if at >= 0:
            choice[i] = at
            free[at] -= 1
            placed += 1
    return placed


@njit(cache=True, nogil=True)
def value_of(ids: Array, lo: int, hi: int, source: Source, choice: Array) -> int:
    """Return the sum of the chosen pairs' scores (not money) of ids[lo:hi]."""
    total = int64(0)
    for t in range(lo, hi):
        i = int64(ids[t])
        if choice[i] >= 0:
            total += score_of(source, i, int64(choice[i]))
    return total


@njit(cache=True, nogil=True)
def scores(ids: Array, source: Source, choice: Array, out: Array) -> None:
    """Write the score of each of ids at the lot he holds."""
    for t in range(len(ids)):
        out[t] = score_of(source, int64(ids[t]), int64(choice[ids[t]]))


@njit(cache=True, nogil=True)
def price_untried(
    ids: Array,
    lo: int,
    hi: int,
    start: Array,
    width: int,
    lot: Array,
    score: Array,
    mul: int,
    short: Array,
    shift: int,
    mask: int,
    untried: Array,
    price: Array,
    guess: Array,
) -> None:
    """Raise guess[j] of each untried lot to the most that a claimant of ids[lo:hi] would give to move there.

    A lot of two places has none in a sample of 1/64: this is the price at which its first taker would come.
    """
    for t in range(lo, hi):
        i = ids[t]
        v1, _, _, _ = _best_two(short[i], price, mul, shift, mask)
        mine = max(v1, int64(0))
        a, b = _span(start, width, i)
        for e in range(a, b):
            j = lot[e]
            if untried[j]:
                guess[j] = max(int64(guess[j]), int64(score[e]) * mul - mine)


@njit(cache=True, nogil=True)
def first_fault(lot: Array, start: Array, width: int, n: int, n_lots: int) -> int:
    """Return the first edge whose lot is unknown or named twice in its row, -1 when all is well."""
    seen = np.full(n_lots, -1, np.int32)
    for i in range(n):
        a, b = _span(start, width, i)
        for e in range(a, b):
            j = int64(lot[e])
            if j < 0 or j >= n_lots or seen[j] == i:
                return e
            seen[j] = i
    return -1
