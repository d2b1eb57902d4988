"""Compiled dice and ordering, shared by the searches.

Written as plain loops: NumPy's sorting and slicing take seconds of a first run to compile.
"""

import numpy as np
from numba import njit

from wanjia.planning.arrays import Array


@njit(cache=True)
def throw(dice: Array) -> float:
    """Return a number in [0, 1) (xorshift64)."""
    x = dice[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    dice[0] = x
    return float((x >> np.uint64(11)) * (1.0 / 9007199254740992.0))


@njit(cache=True)
def in_order(items: Array, key: Array) -> None:
    """Sort a short list of items by `key[item]`, in place, ties as they stood."""
    for k in range(1, len(items)):
        item, at = items[k], k
        while at and key[items[at - 1]] > key[item]:
            items[at] = items[at - 1]
            at -= 1
        items[at] = item
