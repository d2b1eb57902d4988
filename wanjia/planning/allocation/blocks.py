"""An auction held by two threads: many bid at the same prices, then each thread enters the bids of its own lots."""

import numpy as np

from wanjia.planning.allocation import kernels

BLOCK = 32_768  # claimants at a time: smaller ones wait on each other, in larger ones too many bid for the same place


class Blocks:
    """The rooms of a block's bids. levels: the `Levels` whose prices and short lists it works on."""

    def __init__(self, levels) -> None:
        self.levels, self.hands = levels, levels.hands
        self.target = np.empty(BLOCK, np.int32)
        self.key = np.empty(BLOCK, np.int64)
        self.losers = np.empty((levels.hands.threads, BLOCK), np.int32)

    def round(self, queue, waiting, eps, base, size, heap, tally) -> int:
        """Let the last block of the queue bid; the losers queue again."""
        c, parts, levels = self.levels.core, self.hands.threads, self.levels
        block = min(BLOCK, max(4096, waiting // 4), waiting)
        lo = waiting - block
        mine = queue[lo:waiting]
        cuts = [block * p // parts for p in range(parts + 1)]
        rows = self.hands.together(
            lambda p: kernels.offer(
                mine, cuts[p], cuts[p + 1], c.source, c.mul, c.shift, c.mask, levels.price, levels.short, c.outside, int(eps),
                self.target, self.key,
            )
        )
        lost = self.hands.together(
            lambda p: kernels.settle(
                p, parts, 0, block, self.target, self.key, c.source, c.mul, levels.price, base, size, heap, self.losers[p]
            )
        )
        for p, count in enumerate(lost):
            queue[lo : lo + count] = self.losers[p, :count]
            lo += count
        tally[0] += block
        tally[1] += sum(rows)
        return lo
