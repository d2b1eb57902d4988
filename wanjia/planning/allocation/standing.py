"""Everybody's standing bid at known prices: what a later re-planning starts from."""

from dataclasses import dataclass

import numpy as np
from numba import njit

from wanjia.planning.allocation import core as engine
from wanjia.planning.allocation.core import Core, Hands
from wanjia.planning.allocation.kernels import _best_two, _span, push
from wanjia.planning.arrays import Array, int64


@dataclass(frozen=True)
class Kept:
    """What a later re-planning starts from: prices in money, the short lists written at them, everybody's standing bid."""

    price: Array
    short: Array
    mul: int
    size: Array
    heap: Array


@njit(cache=True, nogil=True)
def standing(
    ids: Array,
    start: Array,
    width: int,
    lot: Array,
    score: Array,
    mul: int,
    shift: int,
    mask: int,
    price: Array,
    short: Array,
    choice: Array,
    base: Array,
    size: Array,
    heap: Array,
    eps: int,
    patience: int,
    queue: Array,
) -> int:
    """Enter everybody's standing bid for the lot he holds; queue those who hold none or would be better off elsewhere.

    Whoever gains more than `patience` by moving lets go. Returns how many queue.
    """
    waiting = 0
    for i in ids:
        v1, v2, j1, _ = _best_two(short[i], price, mul, shift, mask)
        c = int64(choice[i])
        held = int64(-(1 << 60))
        if c >= 0:
            if c == j1:
                held = v1
            else:
                a, b = _span(start, width, i)
                for e in range(a, b):
                    if lot[e] == c:
                        held = int64(score[e]) * mul - price[c]
                        break
        best = max(v1, 0)
        if c >= 0 and held + patience >= best and size[c] < base[c + 1] - base[c]:
            other = max(v2, 0) if c == j1 else best
            amount = price[c] + max(0, min(held, max(0, held - other) + eps))
            push(heap, base[c], size[c], (int64(amount) << 32) | i)
            size[c] += 1
        else:
            choice[i] = -1
            if v1 > 0:
                queue[waiting] = i
                waiting += 1
    return waiting


def standing_bids(core: Core, price: Array, choice: Array, short: Array, threads: int) -> Kept:
    """Return what `replan` starts from: short lists written at the final prices, and everybody's standing bid."""
    hands = Hands(threads)
    engine.fill(core, hands, core.ids, price, short)
    hands.close()
    base, size, heap = no_bids(core)
    queue = np.empty(len(core.ids), np.int32)
    standing(
        core.ids, *core.edges, core.mul, core.shift, core.mask, price, short, choice.copy(), base, size, heap, 1, 1 << 40, queue,
    )  # fmt: skip
    return Kept(price, short, core.mul, size, heap)


def no_bids(core: Core) -> tuple[Array, Array, Array]:
    base = np.concatenate([[0], np.cumsum(core.places)]).astype(np.int64)
    return base, np.zeros(len(core.places), np.int32), np.empty(base[-1], np.int64)
