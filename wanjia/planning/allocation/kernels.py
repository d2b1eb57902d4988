"""The auction's inner loops, compiled.

Bertsekas & Castañón, "The auction algorithm for the transportation problem" (Annals of Operations Research 20, 1989): a
lot keeps one bid per place in a heap; its price is the lowest of them once it is full. What is added here:

* every claimant keeps a **short list** of its SHORT best edges and `theta`, the value of the next one. While prices only
  rise, a bid whose second value is at least theta is exact, so most bids read 20 bytes instead of a row of 30 edges;
* `sweeps.demand` reads the short lists only, and gives the first and second derivative of the dual in each price, from which
  `levels.py` takes a few Newton steps before anybody bids.

Money is an integer: score * mul. A row of the short list is [theta, e1, e2, e3, e4], each e = (lot << shift) | score, best
first when written, -1 where the row ends. Rows of edges are `start[i]:start[i+1]`, or `i*width:(i+1)*width` when width > 0.
All functions work on a stretch of `ids`, so that a caller can stop between calls and two threads can share the work.
"""

from collections.abc import Callable

from numba import njit
from numba.extending import overload

from wanjia.planning.allocation.buckets import Source, list_from_buckets, move_down, two_in_buckets
from wanjia.planning.arrays import Array, int64

SHORT = 4
LOW = -(1 << 40)
LOW_THETA = -(1 << 29)
EDGES = 4  # a source of edges is (start, width, lot, score); a longer one is a market's index
CLOSED = 1 << 30  # price of a lot without places: nobody wants it


@njit(cache=True, nogil=True, inline="always")
def _span(start: Array, width: int, i: int) -> tuple[int, int]:
    if width > 0:
        return i * width, (i + 1) * width
    return start[i], start[i + 1]


@njit(cache=True, nogil=True)
def list_best(a: int, b: int, lot: Array, score: Array, price: Array, mul: int, shift: int, row: Array) -> None:
    """Write the short list of the edges a:b at these prices. Branch-free: the order of a row cannot be predicted."""
    low = int64(LOW) << 20
    k1 = low
    k2 = low
    k3 = low
    k4 = low
    k5 = low
    for e in range(a, b):
        x = ((int64(score[e]) * mul - price[lot[e]]) << 20) | (e - a)
        if x > k5:
            k1, x = max(k1, x), min(k1, x)
            k2, x = max(k2, x), min(k2, x)
            k3, x = max(k3, x), min(k3, x)
            k4, x = max(k4, x), min(k4, x)
            k5 = max(k5, x)
    row[0] = max(k5 >> 20, LOW_THETA)
    last = (1 << 20) - 1
    row[1] = -1
    row[2] = -1
    row[3] = -1
    row[4] = -1
    if k1 > low:
        e = a + (k1 & last)
        row[1] = (int64(lot[e]) << shift) | int64(score[e])
    if k2 > low:
        e = a + (k2 & last)
        row[2] = (int64(lot[e]) << shift) | int64(score[e])
    if k3 > low:
        e = a + (k3 & last)
        row[3] = (int64(lot[e]) << shift) | int64(score[e])
    if k4 > low:
        e = a + (k4 & last)
        row[4] = (int64(lot[e]) << shift) | int64(score[e])


@njit(cache=True, nogil=True, inline="always")
def _best_two(row: Array, price: Array, mul: int, shift: int, mask: int) -> tuple[int, int, int, int]:
    v1 = int64(LOW)
    v2 = int64(LOW)
    j1 = int64(-1)
    j2 = int64(-1)
    for c in range(1, SHORT + 1):
        edge = int64(row[c])
        if edge < 0:
            break
        j = edge >> shift
        v = (edge & mask) * mul - price[j]
        if v > v2:
            if v > v1:
                v2, j2 = v1, j1
                v1, j1 = v, j
            else:
                v2, j2 = v, j
    return v1, v2, j1, j2


def relist(source: Source, i: int, price: Array, mul: int, shift: int, row: Array) -> None:
    """Write the short list of claimant i: from his row of edges, or from a market's buckets (see buckets.py)."""


@overload(relist)
def _relist(source: Source, i: int, price: Array, mul: int, shift: int, row: Array) -> Callable[..., None]:
    if len(source) == EDGES:

        def from_edges(source: Source, i: int, price: Array, mul: int, shift: int, row: Array) -> None:
            start, width, lot, score = source
            a, b = _span(start, width, i)
            list_best(a, b, lot, score, price, mul, shift, row)

        return from_edges

    def from_buckets(source: Source, i: int, price: Array, mul: int, shift: int, row: Array) -> None:
        list_from_buckets(source, i, mul, shift, row)

    return from_buckets


def two_best(
    source: Source, i: int, row: Array, price: Array, mul: int, shift: int, mask: int, stay: int
) -> tuple[int, int, int, int]:
    """Return (best value, second, best lot, rows read) of claimant i at these prices; `stay`: what staying out is worth."""
    raise NotImplementedError  # what is compiled in its place stands below


@overload(two_best)
def _two_best(
    source: Source, i: int, row: Array, price: Array, mul: int, shift: int, mask: int, stay: int
) -> Callable[..., tuple[int, int, int, int]]:
    if len(source) == EDGES:

        def from_short_list(
            source: Source, i: int, row: Array, price: Array, mul: int, shift: int, mask: int, stay: int
        ) -> tuple[int, int, int, int]:
            v1, v2, j, _ = _best_two(row, price, mul, shift, mask)
            if v2 >= row[0] or row[0] <= stay:
                return v1, v2, j, 0
            relist(source, i, price, mul, shift, row)
            v1, v2, j, _ = _best_two(row, price, mul, shift, mask)
            return v1, v2, j, 1

        return from_short_list

    def from_buckets(
        source: Source, i: int, row: Array, price: Array, mul: int, shift: int, mask: int, stay: int
    ) -> tuple[int, int, int, int]:
        # among lots worth the same a short list is stale at once: it would be read anew for nine bids in ten
        v1, v2, j = two_in_buckets(source, i, mul)
        return v1, v2, j, 1

    return from_buckets


def repriced(source: Source, j: int, price: Array, mul: int) -> None:
    """Take note that the price of lot j has risen."""


@overload(repriced)
def _repriced(source: Source, j: int, price: Array, mul: int) -> Callable[..., None]:
    if len(source) == EDGES:

        def nothing(source: Source, j: int, price: Array, mul: int) -> None:
            pass

        return nothing

    def in_buckets(source: Source, j: int, price: Array, mul: int) -> None:
        move_down(source, j, int64(source[8][j]) * mul - price[j])

    return in_buckets


def hand_of(source: Source, j: int) -> int:
    """Return a number per lot: lots that cannot be repriced by two threads at once have the same."""
    raise NotImplementedError


@overload(hand_of)
def _hand_of(source: Source, j: int) -> Callable[..., int]:
    if len(source) == EDGES:

        def itself(source: Source, j: int) -> int:
            return j

        return itself

    def bucket(source: Source, j: int) -> int:
        return int64(int64(source[6][j]) * source[3] + source[7][j])

    return bucket


@njit(cache=True, nogil=True)
def fill(ids: Array, lo: int, hi: int, source: Source, mul: int, shift: int, price: Array, short: Array) -> None:
    """Write the short lists of ids[lo:hi]."""
    for t in range(lo, hi):
        relist(source, int64(ids[t]), price, mul, shift, short[ids[t]])


@njit(cache=True, nogil=True)
def push(heap: Array, h: int, s: int, key: int) -> None:
    """Put a bid among the s bids of a lot whose heap begins at h."""
    p = s
    while p > 0:
        q = (p - 1) >> 1
        if heap[h + q] <= key:
            break
        heap[h + p] = heap[h + q]
        p = q
    heap[h + p] = key


@njit(cache=True, nogil=True)
def replace_lowest(heap: Array, h: int, s: int, key: int) -> int:
    """Put a bid in place of the lowest of s bids; return the one who loses the place."""
    out: int = heap[h] & 0xFFFFFFFF
    p = 0
    while True:
        c = 2 * p + 1
        if c >= s:
            break
        if c + 1 < s and heap[h + c + 1] < heap[h + c]:
            c += 1
        if heap[h + c] >= key:
            break
        heap[h + p] = heap[h + c]
        p = c
    heap[h + p] = key
    return out


@njit(cache=True, nogil=True)
def auction(
    queue: Array,
    waiting: int,
    source: Source,
    mul: int,
    shift: int,
    mask: int,
    price: Array,
    base: Array,
    size: Array,
    heap: Array,
    short: Array,
    outside: Array,
    eps: int,
    most: int,
    tally: Array,
) -> int:
    """Let queue[:waiting] bid, last first, each loser at once, until nobody waits or `most` bids were made.

    Gauss-Seidel order. Returns how many still wait (their ids are queue[:result]). tally[0] counts bids, tally[1] rows read.
    """
    bids = 0
    rows = 0
    has_outside = outside.size > 1
    while waiting > 0 and bids < most:
        waiting -= 1
        i = int64(queue[waiting])
        while True:
            bids += 1
            stay = int64(outside[i]) if has_outside else int64(0)
            v1, v2, j, read = two_best(source, i, short[i], price, mul, shift, mask, stay)
            rows += read
            if v1 <= stay:
                break
            amount = price[j] + min(v1 - stay, v1 - max(v2, stay) + eps)  # never above what the lot is worth to i
            key = (int64(amount) << 32) | i
            h = base[j]
            places = base[j + 1] - h
            s = int64(size[j])
            if s < places:
                push(heap, h, s, key)
                size[j] = s + 1
                if s + 1 == places:
                    price[j] = max(int64(price[j]), heap[h] >> 32)
                    repriced(source, j, price, mul)
                break
            if s == 0:
                price[j] = CLOSED
                repriced(source, j, price, mul)
                continue
            i = replace_lowest(heap, h, s, key)
            price[j] = heap[h] >> 32
            repriced(source, j, price, mul)
            if bids >= most:
                queue[waiting] = i
                waiting += 1
                break
    tally[0] += bids
    tally[1] += rows
    return waiting


@njit(cache=True, nogil=True)
def offer(
    queue: Array,
    lo: int,
    hi: int,
    source: Source,
    mul: int,
    shift: int,
    mask: int,
    price: Array,
    short: Array,
    outside: Array,
    eps: int,
    target: Array,
    key: Array,
) -> int:
    """Write the bid of each queue[lo:hi] at these prices: target lot (-1 stays out) and key. For work by two threads."""
    rows = 0
    has_outside = outside.size > 1
    for t in range(lo, hi):
        i = int64(queue[t])
        stay = int64(outside[i]) if has_outside else int64(0)
        v1, v2, j, read = two_best(source, i, short[i], price, mul, shift, mask, stay)
        rows += read
        if v1 <= stay:
            target[t] = -1
        else:
            target[t] = j
            key[t] = ((int64(price[j]) + min(v1 - stay, v1 - max(v2, stay) + eps)) << 32) | i
    return rows


@njit(cache=True, nogil=True)
def settle(
    part: int,
    parts: int,
    lo: int,
    hi: int,
    target: Array,
    key: Array,
    source: Source,
    mul: int,
    price: Array,
    base: Array,
    size: Array,
    heap: Array,
    losers: Array,
) -> int:
    """Enter the bids lo:hi on this part's lots (see hand_of); write who lost and return how many."""
    lost = 0
    for t in range(lo, hi):
        j = int64(target[t])
        if j < 0 or hand_of(source, j) % parts != part:
            continue
        h = base[j]
        places = base[j + 1] - h
        s = int64(size[j])
        if s < places:
            push(heap, h, s, key[t])
            size[j] = s + 1
            if s + 1 == places:
                price[j] = max(int64(price[j]), heap[h] >> 32)
                repriced(source, j, price, mul)
        elif s > 0 and key[t] > heap[h]:
            losers[lost] = replace_lowest(heap, h, s, key[t])
            lost += 1
            price[j] = heap[h] >> 32
            repriced(source, j, price, mul)
        else:
            if s == 0 and price[j] != CLOSED:
                price[j] = CLOSED
                repriced(source, j, price, mul)
            losers[lost] = key[t] & 0xFFFFFFFF
            lost += 1
    return lost
