"""The most households that any plan could serve: an honest upper bound, quick and often loose."""

import numpy as np

from .problem import Problem


def unreachable(problem: Problem) -> list[int]:
    """List households that even an empty bus coming straight from the yard cannot bring in time.

    Sound only where the triangle inequality holds, as it does on roads.
    """
    most = max((bus.riders for bus in problem.buses), default=0)
    out = []
    for number, home in enumerate(problem.households):
        school = problem.schools[home.school]
        ride = home.boarding_s + int(problem.seconds[home.place, school.place])
        arrive = problem.earliest_s + int(problem.seconds[problem.yard, home.place]) + ride
        if home.children > most or ride > problem.max_ride_s or arrive > school.bell_s:
            out.append(number)
    return out


def most_servable(problem: Problem) -> int:
    """Return an upper bound on households served: reachable ones, cheapest first, until all bus time is used up.

    Every served household costs its boarding and at least the shortest drive to it from the yard, a school or another home.
    """
    lost = set(unreachable(problem))
    reachable = [h for number, h in enumerate(problem.households) if number not in lost]
    if not reachable or not problem.buses:
        return 0
    from_places = sorted({problem.yard, *(s.place for s in problem.schools), *(h.place for h in problem.households)})
    drive = problem.seconds[np.ix_(from_places, from_places)].astype(np.int64)
    np.fill_diagonal(drive, np.iinfo(np.int32).max)
    nearest = dict(zip(from_places, drive.min(axis=0), strict=True))
    shared = [h.place for h in reachable]
    last_bell = max(s.bell_s for s in problem.schools)
    budget = len(problem.buses) * (last_bell - problem.earliest_s)
    costs = sorted(h.boarding_s + (0 if shared.count(h.place) > 1 else int(nearest[h.place])) for h in reachable)
    return int(np.searchsorted(np.cumsum(costs), budget, side="right"))
