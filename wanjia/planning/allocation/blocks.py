"""An auction held by two threads: many bid at the same prices, then each thread enters the bids of its own lots."""

import numpy as np

from wanjia.planning.allocation import kernels
from wanjia.planning.allocation.core import Hands, Workable
from wanjia.planning.arrays import Array

BLOCK = 32_768  # claimants at a time: smaller ones wait on each other, in larger ones too many bid for the same place


class Blocks:
    """The rooms of a block's bids."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.target = np.empty(BLOCK, np.int32)
        self.key = np.empty(BLOCK, np.int64)
        self.losers = np.empty((hands.threads, BLOCK), np.int32)

    def round(self, c: Workable, price: Array, short: Array, queue: Array, waiting: int, eps: int, base: Array, size: Array, heap: Array, tally: Array) -> int:
        """Let the last block of the queue bid at these prices; the losers queue again."""
        parts = self.hands.threads
        block = min(BLOCK, max(4096, waiting // 4), waiting)
        lo = waiting - block
        mine = queue[lo:waiting]
        cuts = [block * p // parts for p in range(parts + 1)]
        rows = self.hands.together(
            lambda p: kernels.offer(
                mine, cuts[p], cuts[p + 1], c.source, c.mul, c.shift, c.mask, price, short, c.outside, int(eps),
                self.target, self.key,
            )
        )
        lost = self.hands.together(
            lambda p: kernels.settle(
                p, parts, 0, block, self.target, self.key, c.source, c.mul, price, base, size, heap, self.losers[p]
            )
        )
        for p, count in enumerate(lost):
            queue[lo : lo + count] = self.losers[p, :count]
            lo += count
        tally[0] += block
        tally[1] += sum(rows)
        return lo
