"""From a nearly optimal plan to a proven one: improving cycles until none is left.

Lots are nodes, and so is the outside, where the unplaced wait. Moving claimant i from a to b gains s_ib - s_ia; labels with
label[b] >= label[a] + gain for every possible move prove the plan optimal, and label - label[outside] are then its prices.
Labels start from the auction's prices and are corrected first in, first out (Bellman-Ford-Moore); when the chain of
corrections bites its tail the cycle improves the plan and is carried out (Klein, "A primal method for minimal cost flows",
Management Science 14, 1967). From a plan within a few hundred yuan of the best this takes a few hundred cycles.
"""

import numpy as np
from numba import njit

from wanjia.planning.allocation.kernels import _span
from wanjia.planning.arrays import Array, int64

EMPTY = -1  # the mover of an empty place
NOBODY = -2


@njit(cache=True, nogil=True)
def _carry_out(
    x: int, parent: Array, mover: Array, member: Array, base: Array, size: Array, where: Array, choice: Array, m: int
) -> None:
    """Move everybody along the cycle through x; the outside is node m."""
    y = x
    while True:
        i = mover[y]
        if i >= 0:
            a = parent[y]
            size[a] -= 1
            last = member[base[a] + size[a]]
            member[where[i]] = last
            where[last] = where[i]
        y = parent[y]
        if y == x:
            break
    while True:
        i = mover[y]
        if i >= 0:
            member[base[y] + size[y]] = i
            where[i] = base[y] + size[y]
            size[y] += 1
            choice[i] = y if y < m else -1
        y = parent[y]
        if y == x:
            break


@njit(cache=True, nogil=True)
def prove(
    start: Array,
    width: int,
    lot: Array,
    score: Array,
    places: Array,
    ids: Array,
    choice: Array,
    label: Array,
    most: int,
    tally: Array,
) -> bool:
    """Improve `choice` in place until the labels prove it optimal; label int64 (n_lots + 1,), the last is the outside's.

    Returns True when proven, False after `most` edges were read. tally[0] edges read, tally[1] cycles carried out.
    """
    m = len(places)
    n = len(choice)
    base = np.zeros(m + 2, np.int64)
    for j in range(m):
        base[j + 1] = base[j] + min(int64(places[j]), int64(n))
    base[m + 1] = base[m] + n
    size = np.zeros(m + 1, np.int64)
    member = np.empty(base[m + 1], np.int64)
    where = np.zeros(n, np.int64)
    for i in ids:
        j = choice[i] if choice[i] >= 0 else m
        where[i] = base[j] + size[j]
        member[where[i]] = i
        size[j] += 1
    parent = np.full(m + 1, -1, np.int64)
    mover = np.full(m + 1, NOBODY, np.int64)
    line = np.empty(m + 1, np.int64)
    waiting = np.zeros(m + 1, np.bool_)
    head = 0
    count = 0
    for j in range(m + 1):
        line[count] = j
        waiting[j] = True
        count += 1
    while count > 0:
        a = line[head]
        head = (head + 1) % (m + 1)
        count -= 1
        waiting[a] = False
        if tally[0] > most:
            return False
        k = base[a]
        cycle = -1
        while k <= base[a] + size[a]:
            # the slot behind the last member stands for an empty place
            i = member[k] if k < base[a] + size[a] else EMPTY
            if i == EMPTY:
                lo = int64(0)
                hi = int64(m) if a == m else int64(1)
                if a < m and size[a] >= places[a]:
                    break
                mine = label[a]
            else:
                lo, hi = _span(start, width, i)
                held = int64(0)
                if a < m:
                    for e in range(lo, hi):
                        if lot[e] == a:
                            held = int64(score[e])
                            break
                mine = label[a] - held
                hi += 1  # one more turn for staying out
            tally[0] += hi - lo
            for e in range(lo, hi):
                if i == EMPTY:
                    b = int64(e) if a == m else int64(m)
                    new = mine
                elif e == hi - 1:
                    b = int64(m)
                    new = mine
                else:
                    b = int64(lot[e])
                    new = mine + score[e]
                if new <= label[b] or b == a or (b < m and places[b] == 0):
                    continue
                y = a
                steps = 0
                while y >= 0 and y != b and steps <= m + 1:
                    y = parent[y]
                    steps += 1
                label[b] = new
                parent[b] = a
                mover[b] = i
                if y == b:
                    cycle = b
                    break
                if not waiting[b]:
                    waiting[b] = True
                    line[(head + count) % (m + 1)] = b
                    count += 1
            if cycle >= 0:
                break
            k += 1
        if cycle >= 0:
            tally[1] += 1
            y = cycle
            while True:
                if not waiting[y]:
                    waiting[y] = True
                    line[(head + count) % (m + 1)] = y
                    count += 1
                y = parent[y]
                if y == cycle:
                    break
            _carry_out(cycle, parent, mover, member, base, size, where, choice, m)
            parent[:] = -1
    return True
