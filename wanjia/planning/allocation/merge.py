"""Equal lots as one: the same claimants at the same scores, so that nobody bids one against the other.

Bertsekas & Castañón 1989 call them similar objects. Forty equal lots and one claimant too many would otherwise raise their
prices by eps in turn. Lots are equal when two 64-bit sums over all their edges agree.
"""

import numpy as np
from numba import njit

from wanjia.planning.allocation.core import Core
from wanjia.planning.allocation.kernels import _span
from wanjia.planning.arrays import Array

SAMPLE = 1 << 15


@njit(cache=True, nogil=True)
def signatures(start: Array, width: int, lot: Array, score: Array, n: int, stride: int, sums: Array) -> None:
    """Add each claimant's mark, times the score, to the sums (2, n_lots) of the lots in the row; every `stride`-th row."""
    for i in range(0, n, stride):
        x = np.uint64(i + 1) * np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
        x = x ^ (x >> np.uint64(32))
        a, b = _span(start, width, i)
        for e in range(a, b):
            s = np.uint64(score[e]) + np.uint64(1)
            sums[0, lot[e]] += x * s
            sums[1, lot[e]] += (x ^ (s * np.uint64(0x94D049BB133111EB))) * (x | np.uint64(1))


@njit(cache=True, nogil=True)
def rewrite(
    start: Array, width: int, lot: Array, score: Array, n: int, group: Array, new_start: Array, new_lot: Array, new_score: Array
) -> int:
    """Write the rows with each group of lots named once; return how many edges remain."""
    seen = np.full(group.max() + 1, -1, np.int64)
    k = 0
    for i in range(n):
        a, b = _span(start, width, i)
        for e in range(a, b):
            g = group[lot[e]]
            if seen[g] != i:
                seen[g] = i
                new_lot[k] = g
                new_score[k] = score[e]
                k += 1
        new_start[i + 1] = k
    return k


def equal_lots(start: Array, width: int, lot: Array, score: Array, n: int, m: int) -> Array | None:
    """Return group int32 (m,) of equal lots, or None when there are none worth merging."""
    for stride in (max(1, n // SAMPLE), 1):
        sums = np.zeros((2, m), np.uint64)
        signatures(start, width, lot, score, n, stride, sums)
        alone = (sums == 0).all(0)
        sums[1, alone] = np.arange(1, alone.sum() + 1)
        _, group = np.unique(sums, axis=1, return_inverse=True)
        group = group.reshape(-1).astype(np.int32)
        if group.max() + 1 > 0.99 * m:
            return None
        if stride == 1:
            return group
    return group


def merged(core: Core, group: Array) -> Core:
    """Return the core with each group of lots as one."""
    from dataclasses import replace

    new_start = np.zeros(core.n + 1, np.int64)
    lot, score = np.empty_like(core.lot), np.empty_like(core.score)
    k = rewrite(*core.edges, core.n, group, new_start, lot, score)
    places = np.bincount(group, weights=core.places).astype(np.int64)
    return replace(core, start=new_start, width=0, lot=lot[:k], score=score[:k], places=places)


def split(choice: Array, group: Array, places: Array) -> Array:
    """Return the choice among the lots themselves: each group's people fill its lots in order."""
    out = np.full(len(choice), -1, np.int32)
    placed = np.flatnonzero(choice >= 0)
    people = placed[np.argsort(choice[placed], kind="stable")]
    lots = np.argsort(group, kind="stable")
    seats = np.repeat(lots, places[lots])
    first_seat = np.concatenate([[0], np.cumsum(np.bincount(group, weights=places).astype(np.int64))])
    g = choice[people]
    first_person = np.searchsorted(g, np.arange(len(first_seat) - 1))
    rank = np.arange(len(g)) - first_person[g]
    out[people] = seats[first_seat[g] + rank]
    return out
