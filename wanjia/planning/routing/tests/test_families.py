"""Whom the engine parted from his family is brought to it, and the referee finds nothing."""

import dataclasses

from wanjia.planning.routing.charters.check import breaches
from wanjia.planning.routing.charters.example import season
from wanjia.planning.routing.charters.families import apart, lay_out, together
from wanjia.planning.routing.charters.solve import solve
from wanjia.planning.routing.charters.wire import read_problem


def parted(seats):
    """A season of 900, and pairs of one township, one city and one window that follow one another."""
    problem = dataclasses.replace(read_problem(season(900, hubs=4, cities=5, days=12)), seats=seats)
    alike = {}
    for worker in range(len(problem.ids)):
        key = (int(problem.hub_of[problem.township[worker]]), int(problem.city[worker]))
        alike.setdefault(key, []).append(worker)
    families = [[group[n], group[-1 - n]] for group in alike.values() for n in range(min(3, len(group) // 2))]
    for one, other in families:  # both can leave on the days on which each can, where there are some
        first, last = max(problem.first[one], problem.first[other]), min(problem.last[one], problem.last[other])
        if first <= last:
            problem.first[[one, other]], problem.last[[one, other]] = first, last
    return problem, [pair for pair in families if problem.first[pair[0]] == problem.first[pair[1]] and problem.last[pair[0]] == problem.last[pair[1]]]


def test_families_are_brought_together_and_nothing_breaks():
    problem, families = parted(20)
    found = solve(problem)
    assert apart(found.departures, families), "the control: the engine alone parts some"
    mended = together(problem, list(found.departures), families)
    assert apart(mended, families) == []
    assert breaches(problem, dataclasses.replace(found, departures=tuple(mended))) == []


def test_where_no_coach_has_room_they_have_one_of_their_own():
    problem, families = parted(2)
    found = solve(problem)
    mended = together(problem, list(found.departures), families)
    assert apart(mended, families) == [] and breaches(problem, dataclasses.replace(found, departures=tuple(mended))) == []


def test_a_coach_of_people_who_may_not_share_one_is_none():
    problem, _families = parted(20)
    everybody = [next(w for w in range(len(problem.ids)) if problem.city[w] == city) for city in range(len(problem.cities))]
    assert lay_out(problem, everybody, 0) is None
