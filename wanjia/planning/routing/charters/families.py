"""Families ride together: the engine plans people, and whoever it parted is brought together by swaps that break no rule, else by a coach of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .drive import drive, route_legs
from .pools import route_order
from .problem import Departure, Problem
from .solve import leaving_s

Family = list[int]


def apart(departures: Sequence[Departure], families: Iterable[Family]) -> list[Family]:
    """Return the families (lists of workers) that more than one departure carries."""
    where = {worker: n for n, one in enumerate(departures) for worker in one.workers}
    return [family for family in families if len({where.get(worker) for worker in family}) > 1]


def together(problem: Problem, departures: list[Departure], families: Sequence[Family]) -> list[Departure]:
    """Return the departures with every family on one of them, by index as before; a coach of their own stands at the end."""
    aboard = [set(one.workers) for one in departures]
    where = {worker: n for n, riders in enumerate(aboard) for worker in riders}
    bound = {worker for family in families for worker in family}
    new: list[Departure] = []
    for family in families:
        places = sorted({where[worker] for worker in family}, key=lambda n: (-sum(where[worker] == n for worker in family), n))
        if len(places) > 1 and not any(_bring(problem, departures, aboard, where, bound, family, n) for n in places):
            for worker in family:
                aboard[where[worker]].discard(worker)
            own = lay_out(problem, family, max(int(problem.first[worker]) for worker in family))
            assert own is not None, "a family from places that may not share a coach"
            new.append(own)
    changed = [one if set(one.workers) == riders else replace(one, workers=tuple(sorted(riders))) for one, riders in zip(departures, aboard, strict=True)]
    return [one for one in changed if one.workers] + new


def _fits(problem: Problem, one: Departure, worker: int) -> bool:
    """Whether a departure may take a worker, seats aside."""
    hub = int(problem.hub_of[problem.township[worker]])
    light = one.train or one.leave_s - int(problem.feeder_s[problem.township[worker]]) >= problem.rules.day_from_s
    near: bool = hub in one.hubs and int(problem.city[worker]) in one.cities and int(problem.first[worker]) <= one.day <= int(problem.last[worker])
    return near and light


def _bring(
    problem: Problem, departures: list[Departure], aboard: list[set[int]], where: dict[int, int], bound: set[int], family: Family, n: int
) -> bool:
    """Bring a family onto one departure; where seats lack, riders who are bound to nobody change with them. Returns whether it went."""
    coming = [worker for worker in family if where[worker] != n]
    if not all(_fits(problem, departures[n], worker) for worker in coming):
        return False
    seats = problem.train_seats if departures[n].train else problem.seats
    lacking = max(0, len(aboard[n]) + len(coming) - seats)
    going: list[tuple[int, int]] = []
    for rider in sorted(aboard[n] - bound):
        if len(going) == lacking:
            break
        source = where[coming[len(going)]]
        if _fits(problem, departures[source], rider):
            going.append((rider, source))
    if len(going) < lacking:
        return False
    for rider, source in going:
        _move(aboard, where, rider, source)
    for worker in coming:
        _move(aboard, where, worker, n)
    return True


def _move(aboard: list[set[int]], where: dict[int, int], worker: int, to: int) -> None:
    aboard[where[worker]].discard(worker)
    aboard[to].add(worker)
    where[worker] = to


def lay_out(problem: Problem, workers: Sequence[int], day: int, *, leave_s: int | None = None) -> Departure | None:
    """Return the Departure of one coach with these people on a day, its hours by the driving rules; None where they may not share one."""
    hubs = frozenset(int(problem.hub_of[problem.township[worker]]) for worker in workers)
    cities = frozenset(int(problem.city[worker]) for worker in workers)
    order = route_order(problem, hubs, cities)
    if order is None:
        return None
    leave = leave_s if leave_s is not None else leaving_s(problem, max(int(problem.feeder_s[problem.township[worker]]) for worker in workers))
    log = drive(problem.rules, leave, route_legs(problem, *order), len(order[0]) - 1)
    drops = tuple(part.start_s for part in log if part.what == "drop")
    return Departure(day, *order, leave, drops, tuple(sorted(workers)), log)
