"""Compiled arithmetic of a bus's day: walk it and sum it up.

A day is a row of codes: 0 … H−1 a home, H + s a visit of school s. A *trip* runs from an empty bus to an empty bus. Within a
trip the bus never waits, so a trip is a fixed shape that slides in time as a whole; waiting happens with nobody on board.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from wanjia.planning.arrays import Array

FAR = 2**40
TRIP = 8  # columns of a trip's summary; one row more than there are trips holds when the bus is free at last
FIRST, LAST, FREE, TIME, LATEST, SCHOOL, LOAD, RIDE = range(TRIP)
MIXED = -1
STOP = 4  # columns of a day's stops, one row a position of the day
OFFSET, LEAVE, SPAN, ABOARD = range(STOP)


class World(NamedTuple):
    """Everything fixed. P places, H homes, C = H + schools codes, B buses; seconds and metres are int64.

    price: int64 (H, B), metres that carrying a home on that bus costs beyond driving (the filed plan); weight: int64 (H,),
    metres an unserved home costs; near: int32 (H, K), the nearest homes, itself first; mixed: 1 when trips may mix schools.
    """

    seconds: Array
    metres: Array
    place: Array
    school: Array
    kids: Array
    boarding: Array
    opens: Array
    bell: Array
    seats: Array
    price: Array
    weight: Array
    near: Array
    yard: int
    earliest: int
    max_ride: int
    alighting: int
    mixed: int


@njit(cache=True)
def walk(w: World, bus: int, row: Array, n: int) -> int:
    """Return the metres of a day that keeps every rule, or −1."""
    homes = len(w.kids)
    place, free, at, metres = w.yard, w.earliest, 0, 0
    aboard = np.zeros(len(w.opens), np.int64)
    boarded = np.zeros(len(w.opens), np.int64)
    while at < n:
        time, load, soonest, latest = 0, 0, free, FAR
        while True:
            if at == n:
                return -1
            code = row[at]
            here = w.place[code]
            time += w.seconds[place, here]
            metres += w.metres[place, here]
            place = here
            at += 1
            if code < homes:
                s = w.school[code]
                if aboard[s] == 0:
                    boarded[s] = time
                aboard[s] += w.kids[code]
                load += w.kids[code]
                if load > w.seats[bus]:
                    return -1
                time += w.boarding[code]
                continue
            s = code - homes
            if aboard[s] == 0 or time - boarded[s] > w.max_ride:
                return -1
            soonest = max(soonest, w.opens[s] - time)
            latest = min(latest, w.bell[s] - time)
            load -= aboard[s]
            aboard[s] = 0
            time += w.alighting
            if load == 0:
                break
        if soonest > latest:
            return -1
        free = soonest + time
    return metres


@njit(cache=True)
def summarise(w: World, row: Array, n: int, trips: Array, stops: Array) -> int:
    """Fill `trips` (T, 8) and `stops` (M, 4) for a valid day and return how many trips it has.

    OFFSET: seconds from leaving to arriving there; LEAVE: the trip's latest leave for the windows from there on and of later
    trips; SPAN: how much longer the rides on board before that stop may last; ABOARD: children on board before it.
    """
    place, free, at, count = w.yard, w.earliest, 0, 0
    aboard, boarded = np.zeros(len(w.opens), np.int64), np.zeros(len(w.opens), np.int64)
    while at < n:
        trips[count, FIRST], trips[count, FREE] = at, free
        at, soonest = _one_trip(w, row, place, trips[count], stops, aboard, boarded)
        place = w.place[row[at - 1]]
        free = soonest + trips[count, TIME]
        count += 1
    trips[count, FIRST], trips[count, FREE] = n, free
    _latest(w, row, trips, count, stops)
    return count


@njit(cache=True)
def _one_trip(w: World, row: Array, place: int, trip: Array, stops: Array, aboard: Array, boarded: Array) -> tuple[int, int]:
    """Sum up the trip that begins at `trip[FIRST]`; return the position after it and its soonest leave."""
    homes, at = len(w.kids), trip[FIRST]
    trip[SCHOOL], trip[LOAD], time, load, soonest = w.school[row[at]], 0, 0, 0, trip[FREE]
    while True:
        code = row[at]
        here = w.place[code]
        time += w.seconds[place, here]
        place = here
        stops[at, OFFSET], stops[at, SPAN], stops[at, ABOARD] = time, FAR, load
        if code < homes:
            s = w.school[code]
            if load == 0:
                trip[RIDE] = -time
            if aboard[s] == 0:
                boarded[s] = at
            aboard[s] += w.kids[code]
            load += w.kids[code]
            trip[LOAD] += w.kids[code]
            time += w.boarding[code]
            if s != trip[SCHOOL]:
                trip[SCHOOL] = MIXED
        else:
            s = code - homes
            left = w.max_ride - time + stops[boarded[s], OFFSET]
            for gap in range(boarded[s] + 1, at + 1):
                stops[gap, SPAN] = min(stops[gap, SPAN], left)
            soonest = max(soonest, w.opens[s] - time)
            load -= aboard[s]
            aboard[s] = 0
            if load == 0:
                break
            time += w.alighting
        at += 1
    trip[RIDE] += time
    trip[LAST], trip[TIME] = at, time + w.alighting
    return at + 1, soonest


@njit(cache=True)
def _latest(w: World, row: Array, trips: Array, count: int, stops: Array) -> None:
    """Fill in the latest leave at every stop and the latest end of every trip, later trips considered."""
    homes, end = len(w.kids), FAR
    for k in range(count - 1, -1, -1):
        trip = trips[k]
        leave = end - trip[TIME]
        for at in range(trip[LAST], trip[FIRST] - 1, -1):
            if row[at] >= homes:
                leave = min(leave, w.bell[row[at] - homes] - stops[at, OFFSET])
            stops[at, LEAVE] = leave
        trip[LATEST] = leave + trip[TIME]
        end = leave
