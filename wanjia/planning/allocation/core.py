"""What the compiled loops work on: whole-number money, one flat list of edges, the claimants still to be placed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np

from wanjia.planning.allocation import kernels, sweeps
from wanjia.planning.allocation.buckets import Source
from wanjia.planning.allocation.kernels import CLOSED
from wanjia.planning.arrays import Array

T = TypeVar("T")

NO_OUTSIDE = np.zeros(1, np.int32)
TOP_MONEY = 1 << 27


class Workable(Protocol):
    """What fills, sweeps and auctions ask for: edges (`Core`), or a market whose rows are read from buckets (`market.MarketCore`)."""

    @property
    def places(self) -> Array: ...
    @property
    def ids(self) -> Array: ...
    @property
    def outside(self) -> Array: ...
    @property
    def mul(self) -> int: ...
    @property
    def n(self) -> int: ...
    @property
    def alike(self) -> bool: ...
    @property
    def top(self) -> int: ...
    @property
    def shift(self) -> int: ...
    @property
    def mask(self) -> int: ...
    @property
    def source(self) -> Source: ...
    def renew(self, price: Array) -> None: ...
    def guess(self, ids: Array, price: Array, short: Array, untried: Array, hands: "Hands") -> Array: ...
    def smooth(self, price: Array) -> Array: ...
    def place_rest(self, choice: Array, free: Array, price: Array, hands: "Hands") -> None: ...
    def new_short(self) -> Array: ...


@dataclass(frozen=True)
class Core:
    """A plain allocation in integers.

    lot uint16 | int32 and score int16 | int32: (n_edges,); row i is start[i]:start[i+1], or i*width:(i+1)*width when
    width > 0; places int64 (n_lots,); ids int32: the claimants to place; outside int32 (n,) or (1,): what staying out is
    worth to each, in money; mul: money per score step, a power of two.
    """

    start: Array
    width: int
    lot: Array
    score: Array
    places: Array
    ids: Array
    outside: Array
    mul: int
    n: int
    alike: bool = False  # whether many lots are worth the same to the same people

    @property
    def narrow(self) -> bool:
        """Tell whether an edge fits 31 bits."""
        return self.lot.dtype == np.uint16 and self.score.dtype == np.int16

    @property
    def top(self) -> int:
        """Return a score that none exceeds."""
        return TOP_MONEY // self.mul * 2

    @property
    def shift(self) -> int:
        """Return how many low bits of a short-list entry hold the score."""
        return 15 if self.narrow else 32

    @property
    def mask(self) -> int:
        """Return the mask of those bits."""
        return (1 << self.shift) - 1

    @property
    def edges(self) -> tuple[Array, int, Array, Array]:
        """Return the arguments that name the edges to a kernel."""
        return self.start, self.width, self.lot, self.score

    @property
    def source(self) -> Source:
        """Return what the kernels read rows from."""
        return self.edges

    def renew(self, price: Array) -> None:
        """Take note of new prices (a market sorts its buckets anew)."""

    def guess(self, ids: Array, price: Array, short: Array, untried: Array, hands: "Hands") -> Array:
        """Return a price for each untried lot: the most that a claimant of ids would give to move there."""
        guess = np.zeros((hands.threads, len(untried)), np.int32)
        hands.share(
            lambda part, lo, hi: sweeps.price_untried(
                ids, lo, hi, *self.edges, self.mul, short, self.shift, self.mask, untried, price, guess[part]
            ),
            len(ids),
        )
        most: Array = guess.max(0)
        return most

    def smooth(self, price: Array) -> Array:
        """Return a sample's prices with what is known about equal lots (a market knows which are)."""
        return price

    def place_rest(self, choice: Array, free: Array, price: Array, hands: "Hands") -> None:
        """Give each unplaced claimant the free lot with the best score minus price, in order; choice and free change in place."""
        if not free.any():
            return
        hopeful = np.zeros(self.n, np.bool_)
        hands.share(
            lambda _, lo, hi: sweeps.hope(self.ids, lo, hi, choice, free, self.start, self.width, self.lot, hopeful), len(self.ids)
        )
        sweeps.place_rest(choice, free, *self.edges, self.mul, price, np.flatnonzero(hopeful))

    def new_short(self) -> Array:
        """Return room for the short lists, 20 or 40 bytes a claimant."""
        return np.empty((self.n, 5), np.int32 if self.narrow else np.int64)


def money_per_step(top_score: int) -> int:
    """Return the largest power of two that keeps the dearest score under TOP_MONEY, at most 4096."""
    return 1 << min(12, max(0, (TOP_MONEY // max(1, top_score)).bit_length() - 1))


class Hands:
    """One or more threads that share sweeps; the kernels release the interpreter, so nothing spins while it waits."""

    def __init__(self, threads: int) -> None:
        self.threads = max(1, threads)
        self._pool = ThreadPoolExecutor(self.threads - 1) if self.threads > 1 else None

    def close(self) -> None:
        """Let the threads go."""
        if self._pool:
            self._pool.shutdown()

    def share(self, work: Callable[[int, int, int], T], n: int, slice_size: int = 1 << 19) -> list[T]:
        """Call work(part, lo, hi) over 0:n in slices and return the answers in order."""
        step = min(slice_size, -(-n // self.threads)) or 1
        spans = [(lo, min(n, lo + step)) for lo in range(0, n, step)]

        def run(part: int) -> list[T]:
            return [work(part, lo, hi) for lo, hi in spans[part :: self.threads]]

        lists = self.together(run)
        return [lists[k % self.threads][k // self.threads] for k in range(len(spans))]

    def together(self, run: Callable[[int], T]) -> list[T]:
        """Call run(part) for every part at once and return the answers."""
        if not self._pool:
            return [run(0)]
        others = [self._pool.submit(run, part) for part in range(1, self.threads)]
        return [run(0), *(other.result() for other in others)]


def fill(core: Workable, hands: Hands, ids: Array, price: Array, short: Array) -> None:
    """Write the short lists of ids at these prices."""
    core.renew(price)
    hands.share(lambda _, lo, hi: kernels.fill(ids, lo, hi, core.source, core.mul, core.shift, price, short), len(ids))


def demand(core: Workable, hands: Hands, ids: Array, price: Array, short: Array, bandwidth: int) -> tuple[Array, Array, float]:
    """Return (wanted, near, mean slack): see sweeps.demand."""
    wanted = np.zeros((hands.threads, len(price)), np.int32)
    near = np.zeros_like(wanted)
    slack = hands.share(
        lambda part, lo, hi: sweeps.demand(
            ids, lo, hi, short, price, core.mul, core.shift, core.mask, core.outside, bandwidth, wanted[part], near[part]
        ),
        len(ids),
    )
    return wanted.sum(0), near.sum(0), sum(slack) / max(1, len(ids))


def bound_money(core: Workable, hands: Hands, price: Array) -> int:
    """Return the dual D(price) in money: no plan can be worth more (staying out counts as `outside`)."""
    core.renew(price)
    parts = hands.share(
        lambda _, lo, hi: sweeps.dual(core.ids, lo, hi, core.source, core.mul, price, core.outside), len(core.ids)
    )
    open_lots = core.places > 0
    return sum(parts) + int((core.places[open_lots] * price[open_lots].astype(np.int64)).sum())


def value_steps(core: Workable, hands: Hands, choice: Array) -> int:
    """Return the sum of chosen scores, in score steps."""
    return sum(hands.share(lambda _, lo, hi: sweeps.value_of(core.ids, lo, hi, core.source, choice), len(core.ids)))


def closed_prices(core: Workable) -> Array:
    """Return prices of nought, and CLOSED where there is no place."""
    return np.where(core.places > 0, 0, CLOSED).astype(np.int32)
