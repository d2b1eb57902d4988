"""Turn days of codes into a timed plan: each trip leaves as soon as it may and never waits with pupils on board."""

from itertools import pairwise

from .problem import NOT_SERVED, Plan, Problem, Stop, Trip


def plan_of(problem: Problem, days: list[list[int]], most: int, notes: tuple[str, ...] = ()) -> Plan:
    """days: per bus its codes (home < H, H + s for school s). Returns the plan with times, metres and moves."""
    trips = tuple(_day(problem, day) for day in days)
    homes = len(problem.households)
    rider = {code: bus for bus, day in enumerate(days) for code in day if code < homes}
    not_served = tuple(h for h in range(homes) if h not in rider)
    filed = ((number, home.filed_bus) for number, home in enumerate(problem.households))
    moved = tuple(h for h, bus in filed if bus != NOT_SERVED and rider.get(h, bus) != bus)
    metres = sum(_metres(problem, day) for day in days)
    return Plan(trips, not_served, problem.provenance, most, moved, metres, notes)


def _place(problem: Problem, code: int) -> int:
    homes = len(problem.households)
    return problem.households[code].place if code < homes else problem.schools[code - homes].place


def _metres(problem: Problem, day: list[int]) -> int:
    places = [problem.yard, *(_place(problem, code) for code in day)]
    return sum(int(problem.metres[a, b]) for a, b in pairwise(places))


def _day(problem: Problem, day: list[int]) -> tuple[Trip, ...]:
    free, place, trips = problem.earliest_s, problem.yard, []
    for codes in _split(problem, day):
        offsets, time, here = [], 0, place
        for code in codes:
            time += int(problem.seconds[here, _place(problem, code)])
            offsets.append(time)
            here = _place(problem, code)
            time += _standing(problem, code)
        leave = max([free] + [_opens(problem, code) - offset for code, offset in zip(codes, offsets, strict=True)])
        trips.append(Trip(leave, _stops(problem, codes, [leave + offset for offset in offsets])))
        free, place = leave + time, here
    return tuple(trips)


def _standing(problem: Problem, code: int) -> int:
    homes = len(problem.households)
    return problem.households[code].boarding_s if code < homes else problem.alighting_s


def _opens(problem: Problem, code: int) -> int:
    homes = len(problem.households)
    return 0 if code < homes else problem.schools[code - homes].opens_s


def _split(problem: Problem, day: list[int]) -> list[list[int]]:
    """Cut a day where the bus is empty."""
    homes, trips, aboard = len(problem.households), [list[int]()], set[int]()
    for code in day:
        trips[-1].append(code)
        if code < homes:
            aboard.add(problem.households[code].school)
        else:
            aboard.discard(code - homes)
            if not aboard:
                trips.append([])
    return [trip for trip in trips if trip]


def _stops(problem: Problem, codes: list[int], arrivals: list[int]) -> tuple[Stop, ...]:
    homes = len(problem.households)
    return tuple(
        Stop(_place(problem, code), at, (code,)) if code < homes else Stop(_place(problem, code), at, (), code - homes)
        for code, at in zip(codes, arrivals, strict=True)
    )
