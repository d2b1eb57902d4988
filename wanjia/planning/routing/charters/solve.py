"""Plan a season of departures: trains where they fill, pools of hubs and cities, the lazy rule in each, light coaches merged.

Deterministic: no dice, so the same problem gives the same plan on any machine.
"""

import time
from collections import defaultdict

import numpy as np

from wanjia.planning.arrays import Array
from wanjia.planning.contract import Control

from .drive import drive, route_legs
from .plain import plain_rule_coaches, waiting_table
from .pools import Callers, Lane, fewest_coaches, may_share, merge_pools, route_order
from .problem import Departure, Plan, Problem, Segment

Load = tuple[int, list[int]]  # day, workers
# (hubs, cities, leave) → (log, seconds of arrival at each city)
Journeys = dict[tuple[tuple[int, ...], tuple[int, ...], int], tuple[tuple[Segment, ...], tuple[int, ...]]]


def solve(problem: Problem, *, control: Control | None = None, cpu_until: float | None = None, seed: int = 0) -> Plan:
    """Return a plan that carries everybody who has a hub, a city and a window.

    cpu_until: process CPU seconds at which the last, optional merging ends; seed is accepted and not needed.
    """
    control = control or Control()
    control.progress(0.05, "trains")
    hub = problem.hub()
    left: Array = np.ones(len(problem.ids), bool)
    trains = _trains(problem, hub)
    for _, _, workers in trains:
        left[workers] = False
    table = _rest_table(problem, hub, left)
    control.progress(0.1, "pools")
    pools = merge_pools(problem, table)
    control.progress(0.5, "coaches")
    loads = [load for lanes in pools for load in _lazy_loads(problem, hub, left, lanes)]
    control.progress(0.7, "light coaches")
    loads = _merge_light(problem, hub, loads, control, cpu_until)
    control.progress(0.9, "timetable")
    departures = _timetable(problem, hub, loads) + [_train(problem, *train) for train in trains]
    departures.sort(key=lambda d: (d.day, d.hubs, d.cities, d.workers[:1]))
    control.progress(1.0, f"{len(loads)}")
    return Plan(tuple(departures), (), fewest_coaches(problem, table), plain_rule_coaches(problem), problem.provenance)


def _rest_table(problem: Problem, hub: Array, left: Array) -> Array:
    table = waiting_table(problem, hub)
    np.subtract.at(table, (hub[~left], problem.city[~left], problem.first[~left], problem.last[~left]), 1)
    return table


def _trains(problem: Problem, hub: Array) -> list[tuple[int, int, Array]]:
    """Return (day, city, workers) of trains: the city and day with most people who may leave then, while a train fills."""
    if problem.train_seats < problem.train_min or problem.train_seats <= 0:
        return []
    left = np.ones(len(problem.ids), bool)
    counts = np.zeros((len(problem.cities), problem.days), np.int64)
    for day in range(problem.days):
        around = (problem.first <= day) & (day <= problem.last)
        counts[:, day] = np.bincount(problem.city[around], minlength=len(problem.cities))
    trains = []
    while counts.max(initial=0) >= problem.train_min:
        city, day = map(int, np.unravel_index(counts.argmax(), counts.shape))
        may = np.flatnonzero(left & (problem.city == city) & (problem.first <= day) & (day <= problem.last))
        chosen = may[np.lexsort((problem.township[may], problem.last[may]))][: problem.train_seats]
        trains.append((day, city, chosen))
        left[chosen] = False
        for other in range(problem.days):
            gone = (problem.first[chosen] <= other) & (other <= problem.last[chosen])
            counts[city, other] -= int(gone.sum())
    return trains


def _lazy_loads(problem: Problem, hub: Array, left: Array, lanes: list[Lane]) -> list[Load]:
    """Return the coaches of one pool by the lazy rule, riders sorted so that each coach makes few calls."""
    member = np.zeros((len(problem.hubs), len(problem.cities)), bool)
    member[tuple(np.array(lanes).T)] = True
    rows = np.flatnonzero(left & member[hub, problem.city])
    rows = rows[np.lexsort((problem.township[rows], hub[rows], problem.city[rows], problem.last[rows]))]
    waiting, loads, seats = rows, [], problem.seats
    for day in range(problem.days):
        here = problem.first[waiting] <= day
        forced = int((here & (problem.last[waiting] == day)).sum())
        if not forced:
            continue
        sent = waiting[here][: -(-forced // seats) * seats]
        waiting = np.setdiff1d(waiting, sent, assume_unique=True)
        waiting = waiting[np.argsort(problem.last[waiting], kind="stable")]
        sent = sent[np.lexsort((problem.township[sent], hub[sent], problem.city[sent]))]
        loads += [(day, sent[k : k + seats].tolist()) for k in range(0, len(sent), seats)]
    return loads


def _calls(problem: Problem, hub: Array, workers: list[int]) -> tuple[frozenset[int], frozenset[int]]:
    return frozenset(hub[workers].tolist()), frozenset(problem.city[workers].tolist())


def _merge_light(problem: Problem, hub: Array, loads: list[Load], control: Control, cpu_until: float | None) -> list[Load]:
    """Join pairs of part-filled coaches of different pools, the fullest first, wherever the riders' windows share a day."""
    light = sorted((n for n, (_, w) in enumerate(loads) if len(w) < problem.seats), key=lambda n: (-len(loads[n][1]), n))
    first = {n: int(problem.first[loads[n][1]].max()) for n in light}
    last = {n: int(problem.last[loads[n][1]].min()) for n in light}
    calls = {n: _calls(problem, hub, loads[n][1]) for n in light}
    sizes = {n: len(loads[n][1]) for n in light}
    gone: set[int] = set()
    known: dict[Callers, bool] = {}
    joined: list[Load] = []
    for place, a in enumerate(light):
        if control.should_stop() or (cpu_until is not None and time.process_time() > cpu_until):
            break
        if a in gone:
            continue
        for b in light[place + 1 :]:
            day = max(first[a], first[b])
            if b in gone or sizes[a] + sizes[b] > problem.seats or day > min(last[a], last[b]):
                continue
            key = (calls[a][0] | calls[b][0], calls[a][1] | calls[b][1])
            if key not in known:
                known[key] = may_share(problem, *key)
            if known[key]:
                gone |= {a, b}
                joined.append((day, loads[a][1] + loads[b][1]))
                break
    return [load for n, load in enumerate(loads) if n not in gone] + joined


def _timetable(problem: Problem, hub: Array, loads: list[Load]) -> list[Departure]:
    journeys: Journeys = {}
    return [_departure(problem, hub, day, workers, journeys) for day, workers in loads]


def _departure(problem: Problem, hub: Array, day: int, workers: list[int], journeys: Journeys) -> Departure:
    order = route_order(problem, *_calls(problem, hub, workers))
    assert order is not None, "a load breaks the sharing rules"
    hubs, cities = order
    leave = leaving_s(problem, max(int(problem.feeder_s[t]) for t in problem.township[workers].tolist()))
    if (hubs, cities, leave) not in journeys:
        log = drive(problem.rules, leave, route_legs(problem, hubs, cities), len(hubs) - 1)
        drops = tuple(part.start_s for part in log if part.what == "drop")
        journeys[hubs, cities, leave] = (log, drops)
    log, drops = journeys[hubs, cities, leave]
    return Departure(day, hubs, cities, leave, drops, tuple(sorted(workers)), log)


def leaving_s(problem: Problem, longest_feeder_s: int) -> int:
    """Return when a coach leaves: as usual, or later so that the farthest feeder starts by daylight; whole ten minutes."""
    earliest = problem.rules.day_from_s + longest_feeder_s + 30 * 60
    return -(-max(problem.leave_s, earliest) // 600) * 600


def _train(problem: Problem, day: int, city: int, workers: Array) -> Departure:
    """A train keeps the railway's own timetable: no times are promised here."""
    hubs: dict[int, int] = defaultdict(int)
    for hub in problem.hub()[workers].tolist():
        hubs[hub] += 1
    return Departure(day, tuple(sorted(hubs)), (city,), problem.leave_s, (), tuple(sorted(workers.tolist())), (), True)
