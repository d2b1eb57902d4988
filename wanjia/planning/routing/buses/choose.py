"""Choose one day per bus out of all days seen, by set packing (HiGHS through SciPy, which stays silent): serve the most, then drive the least."""

import numpy as np

from .kernel import World, walk
from .problem import Problem

Seen = dict[tuple[int, ...], tuple[int, frozenset[int]]]  # (bus, *codes) → (bus, homes)


def choose_days(problem: Problem, world: World, days: list[list[int]], seen: Seen, seconds: float) -> list[list[int]]:
    """Return better days than `days` where the pool holds them, else `days`.

    seen: (bus, *codes) → (bus, homes). A home chosen twice is simply dropped from one day, which keeps every rule,
    so the packing asks for *at least* once and pays for a miss.
    """
    alike = _alike(problem, world)
    columns = [list(key[1:]) for key in seen]
    owners = [alike[key[0]] for key in seen]
    picked = _solve(problem, world, columns, owners, list(seen.values()), seconds)
    if picked is None:
        return days
    fresh: list[list[int]] = [[] for _ in problem.buses]
    free = list(range(len(problem.buses)))
    for index in picked:
        bus = next(b for b in free if alike[b] == owners[index])
        free.remove(bus)
        fresh[bus] = columns[index]
    fresh = _each_once(problem, world, fresh)
    return fresh if _worth(problem, world, fresh) > _worth(problem, world, days) else days


def _alike(problem: Problem, world: World) -> list[int]:
    """Return for each bus the first bus that can stand in for it: same riders, same prices."""
    marks = [(bus.riders, world.price[:, b].tobytes()) for b, bus in enumerate(problem.buses)]
    return [marks.index(mark) for mark in marks]


def _worth(problem: Problem, world: World, days: list[list[int]]) -> tuple[int, int]:
    """Return (households served, minus cost in metres)."""
    return sum(code < len(problem.households) for day in days for code in day), -sum(
        _cost(world, bus, day) for bus, day in enumerate(days)
    )


def _cost(world: World, bus: int, day: list[int]) -> int:
    homes = len(world.kids)
    return int(walk(world, bus, np.array(day, np.int32), len(day))) + sum(int(world.price[c, bus]) for c in day if c < homes)


def _solve(
    problem: Problem,
    world: World,
    columns: list[list[int]],
    owners: list[int],
    sets: list[tuple[int, frozenset[int]]],
    seconds: float,
) -> list[int] | None:
    """Return the columns of the best packing found, or None."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    homes, days = len(problem.households), len(columns)
    alike = _alike(problem, world)
    kinds = sorted(set(alike))
    entries = [(home, index) for index, (_, members) in enumerate(sets) for home in sorted(members)]
    entries += [(home, days + home) for home in range(homes)]
    entries += [(homes + kinds.index(owner), index) for index, owner in enumerate(owners)]
    row, column = np.array(entries).T
    matrix = csr_array((np.ones(len(row)), (row, column)), shape=(homes + len(kinds), days + homes))
    low = np.concatenate([np.ones(homes), np.zeros(len(kinds))])
    high = np.concatenate([np.full(homes, np.inf), [alike.count(kind) for kind in kinds]])
    cost = [_cost(world, bus, day) / 1000 for bus, day in zip(owners, columns, strict=True)] + [1_000.0] * homes
    whole = np.concatenate([np.ones(days), np.zeros(homes)])
    limits = {"time_limit": seconds, "mip_rel_gap": 1e-5}
    rules = LinearConstraint(matrix, low, high)
    found = milp(np.array(cost), constraints=rules, integrality=whole, bounds=Bounds(0, 1), options=limits)
    return None if found.x is None else [index for index in range(days) if found.x[index] > 0.5]


def _each_once(problem: Problem, world: World, days: list[list[int]]) -> list[list[int]]:
    """Drop second rides where that saves most, then visits of schools to which nobody rides."""
    homes = len(problem.households)
    where: dict[int, list[int]] = {}
    for bus, day in enumerate(days):
        for code in day:
            if code < homes:
                where.setdefault(code, []).append(bus)
    for home, riders in where.items():
        for _ in riders[1:]:
            options = [bus for bus in riders if home in days[bus]]
            without = {bus: tidy(problem, [c for c in days[bus] if c != home]) for bus in options}
            gain = {bus: _cost(world, bus, days[bus]) - _cost(world, bus, without[bus]) for bus in options}
            bus = max(options, key=lambda b: (gain[b], -b))
            days[bus] = without[bus]
    return days


def tidy(problem: Problem, day: list[int]) -> list[int]:
    """Drop visits of schools to which nobody rides."""
    homes, kept, aboard = len(problem.households), [], set()
    for code in day:
        if code < homes:
            aboard.add(problem.households[code].school)
        elif code - homes not in aboard:
            continue
        else:
            aboard.discard(code - homes)
        kept.append(code)
    return kept
