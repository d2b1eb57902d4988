"""How many vehicles the loads need, whatever the roads: bin packing. Too few of them no amount of time can mend.

Bound: S. Martello, P. Toth, "Lower bounds and reduction procedures for the bin packing problem" (1990), L2. Packing: best fit
decreasing, and where that needs too many, a depth-first search that gives up after STEPS steps rather than guess.
"""

from collections.abc import Iterable

import numpy as np

from wanjia.planning.arrays import Array
from wanjia.planning.contract import BadInput

STEPS = 200_000
SLACK = 1e-9

Bins = list[list[int]]


def refuse_too_few(loads: Array, capacity: float, vehicles: int) -> None:
    """Raise BadInput at VEHICLES when the loads provably do not fit into so many vehicles."""
    least = fewest(loads, capacity)
    if least <= vehicles and packed(loads, capacity, vehicles) == []:
        least = vehicles + 1
    if least > vehicles:
        raise BadInput(
            "VEHICLES",
            f"装不下:这些需求至少要 {least} 辆车,现在只有 {vehicles} 辆,给更多时间也没有用。请增加车辆或载量。",
            f"the demands need at least {least} vehicles, there are {vehicles}; more time never helps: add vehicles or capacity",
        )


def fewest(loads: Array, capacity: float) -> int:
    """Return a number of vehicles below which no packing exists (L2)."""
    sizes = np.sort(np.asarray(loads, float))[::-1]
    sizes = sizes[sizes > 0]
    if not len(sizes):
        return 1
    sums, half = np.concatenate([[0.0], np.cumsum(sizes)]), int(np.searchsorted(-sizes, -(capacity / 2 + SLACK), "right"))
    best = int(np.ceil(sums[-1] / capacity - SLACK))
    for threshold in (0.0, *np.unique(sizes[half:])):
        alone = int(np.searchsorted(-sizes, -(capacity - threshold + SLACK), "right"))
        upto = int(np.searchsorted(-sizes, -(threshold - SLACK), "right"))
        room = (half - min(alone, half)) * capacity - (sums[half] - sums[min(alone, half)])
        spill = max(0.0, sums[max(upto, half)] - sums[half] - room)
        best = max(best, half + int(np.ceil(spill / capacity - SLACK)))
    return best


def packed(loads: Array, capacity: float, vehicles: int) -> Bins | None:
    """Return lists of load numbers, one a vehicle; [] when there is provably no packing; None when that is not known."""
    order = sorted(range(len(loads)), key=lambda i: -loads[i])
    bins = _best_fit(loads, capacity, order)
    return bins if len(bins) <= vehicles else _searched(loads, capacity, vehicles, order)


def _best_fit(loads: Array, capacity: float, order: Iterable[int]) -> Bins:
    bins: Bins = []
    room: list[float] = []
    for i in order:
        open_bins = [b for b in range(len(bins)) if room[b] + SLACK >= loads[i]]
        if not open_bins:
            bins.append([])
            room.append(capacity)
            open_bins = [len(bins) - 1]
        chosen = min(open_bins, key=lambda b: room[b])
        bins[chosen].append(i)
        room[chosen] -= loads[i]
    return bins


def _searched(loads: Array, capacity: float, vehicles: int, order: list[int]) -> Bins | None:
    """Lay the loads, largest first, into each vehicle with another room left; without recursion, for there may be thousands."""
    rest = float(np.sum(loads))
    room, chosen = [capacity] * vehicles, [-1] * len(order)
    depth, steps = 0, 0
    while 0 <= depth < len(order):
        steps += 1
        if steps > STEPS:
            return None
        load, before = loads[order[depth]], chosen[depth]
        if before >= 0:
            room[before] += load
            rest += load
        chosen[depth] = _next_bin(room, load, before)
        if chosen[depth] < 0:
            depth -= 1
            continue
        room[chosen[depth]] -= load
        rest -= load
        # Room too small for the smallest load that is left is lost; what is left must fit into the others.
        small = loads[order[-1]] if depth + 1 < len(order) else 0.0
        if sum(r for r in room if r + SLACK >= small) + SLACK >= rest:
            depth += 1
    if depth < 0:
        return []
    return [[order[d] for d in range(len(order)) if chosen[d] == b] for b in range(vehicles)]


def _next_bin(room: list[float], load: float, after: int) -> int:
    """The next vehicle that holds the load, or -1; vehicles with the same room left are one and the same."""
    tried = {round(r, 9) for r in room[: after + 1]} if after >= 0 else set()
    for b in range(after + 1, len(room)):
        if room[b] + SLACK >= load and round(room[b], 9) not in tried:
            return b
        tried.add(round(room[b], 9))
    return -1
