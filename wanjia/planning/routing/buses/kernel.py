"""Compiled arithmetic of a bus's day: walk it, summarise it, and find where one more home costs least.

A day is a row of codes: 0 … H−1 a home, H + s a visit of school s. A *trip* runs from an empty bus to an empty bus. Within a
trip the bus never waits, so a trip is a fixed shape that slides in time as a whole; waiting happens with nobody on board.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

FAR = 2**40
TRIP = 8  # columns of a trip's summary; one row more than there are trips holds when the bus is free at last
FIRST, LAST, FREE, TIME, LATEST, SCHOOL, LOAD, RIDE = range(TRIP)
MIXED = -1
BLINK = 0.01  # share of good places overlooked, so that the search does not walk in circles


class World(NamedTuple):
    """Everything fixed. P places, H homes, C = H + schools codes, B buses; seconds and metres are int64.

    price: int64 (H, B), metres that carrying a home on that bus costs beyond driving (the filed plan); weight: int64 (H,),
    metres an unserved home costs; near: int32 (H, K), the nearest homes, itself first; mixed: 1 when trips may mix schools.
    """

    seconds: np.ndarray
    metres: np.ndarray
    place: np.ndarray
    school: np.ndarray
    kids: np.ndarray
    boarding: np.ndarray
    opens: np.ndarray
    bell: np.ndarray
    seats: np.ndarray
    price: np.ndarray
    weight: np.ndarray
    near: np.ndarray
    yard: int
    earliest: int
    max_ride: int
    alighting: int
    mixed: int


@njit(cache=True)
def throw(dice):
    """Return a number in [0, 1) (xorshift64)."""
    x = dice[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    dice[0] = x
    return (x >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@njit(cache=True)
def walk(w, bus, row, n):
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
def summarise(w, row, n, trips):
    """Fill `trips` (T, 7) for a valid day and return how many trips it has."""
    homes = len(w.kids)
    place, free, at, count = w.yard, w.earliest, 0, 0
    aboard = np.zeros(len(w.opens), np.int64)
    while at < n:
        trip = trips[count]
        trip[FIRST], trip[FREE], trip[SCHOOL], trip[LOAD] = at, free, w.school[row[at]], 0
        time, load, soonest, latest = 0, 0, free, FAR
        while True:
            code = row[at]
            here = w.place[code]
            time += w.seconds[place, here]
            place = here
            at += 1
            if code < homes:
                if load == 0:
                    trip[RIDE] = -time
                aboard[w.school[code]] += w.kids[code]
                load += w.kids[code]
                trip[LOAD] += w.kids[code]
                time += w.boarding[code]
                if w.school[code] != trip[SCHOOL]:
                    trip[SCHOOL] = MIXED
                continue
            s = code - homes
            soonest = max(soonest, w.opens[s] - time)
            latest = min(latest, w.bell[s] - time)
            load -= aboard[s]
            aboard[s] = 0
            if load == 0:
                break
            time += w.alighting
        trip[RIDE] += time
        time += w.alighting
        trip[LAST], trip[TIME], trip[LATEST] = at - 1, time, latest
        free = soonest + time
        count += 1
    trips[count, FIRST], trips[count, FREE] = n, free
    return _latest_ends(trips, count)


@njit(cache=True)
def _latest_ends(trips, count):
    """Turn each trip's latest leave into its latest end, later trips considered."""
    leave = FAR
    for k in range(count - 1, -1, -1):
        trip = trips[k]
        end = min(trip[LATEST] + trip[TIME], leave)
        leave = end - trip[TIME]
        trip[LATEST] = end
    return count


@njit(cache=True)
def at_gap(w, row, n, i, code):
    """Return the metres and seconds that driving past `code` adds before position i."""
    before = w.yard if i == 0 else w.place[row[i - 1]]
    here = w.place[code]
    metres, seconds = w.metres[before, here], w.seconds[before, here]
    if i < n:
        after = w.place[row[i]]
        metres += w.metres[here, after] - w.metres[before, after]
        seconds += w.seconds[here, after] - w.seconds[before, after]
    return metres, seconds


@njit(cache=True)
def into(row, n, i, home, j, visit, out):
    """Write `row` with `home` before position i and, when visit ≥ 0, that visit before position j ≥ i; return its length."""
    m = 0
    for k in range(n + 1):
        if k == i:
            out[m] = home
            m += 1
        if visit >= 0 and k == j:
            out[m] = visit
            m += 1
        if k < n:
            out[m] = row[k]
            m += 1
    return m


@njit(cache=True)
def in_same_school_trip(w, home, bus, row, trip, best, dice):
    """Return the cheapest cost and gap of `home` within a trip to its own school alone; exact in constant time a gap."""
    spare = trip[LATEST] - trip[FREE] - trip[TIME] - w.boarding[home]
    gap, first = -1, trip[FIRST]
    if spare < 0 or trip[LOAD] + w.kids[home] > w.seats[bus]:
        return best, gap
    there, price = w.place[home], w.price[home, bus]
    before = w.yard if first == 0 else w.place[row[first - 1]]
    for i in range(first, trip[LAST] + 1):
        after = w.place[row[i]]
        metres = w.metres[before, there] + w.metres[there, after] - w.metres[before, after] + price
        if metres < best:
            longer = w.seconds[there, after]
            seconds = w.seconds[before, there] + longer - w.seconds[before, after]
            if i > first:
                longer = seconds
            if seconds <= spare and trip[RIDE] + longer + w.boarding[home] <= w.max_ride and throw(dice) >= BLINK:
                best, gap = metres, i
        before = after
    return best, gap


@njit(cache=True)
def in_mixed_trip(w, home, bus, row, n, trip, best, scratch):
    """Return the cheapest cost, gap and visit position (−1: a visit is there already) in a trip with other schools."""
    gap, at = -1, -1
    visit = len(w.kids) + w.school[home]
    spare = trip[LATEST] - trip[FREE] - trip[TIME] - w.boarding[home]
    if spare < 0 or n + 2 > len(scratch):
        return best, gap, at
    for j in range(trip[FIRST] + 1, trip[LAST] + 2):
        added, late, own = 0, 0, -1
        if j <= trip[LAST] and row[j] == visit:
            own = 1
        elif row[j - 1] >= len(w.kids) or (j <= trip[LAST] and row[j] >= len(w.kids)):
            if trip[SCHOOL] >= 0 and trip[LOAD] + w.kids[home] > w.seats[bus]:
                continue
            added, late = at_gap(w, row, n, j, visit)
        else:
            continue
        if added >= best or (j <= trip[LAST] and late > spare):
            continue
        for i in range(trip[FIRST], j + 1):
            metres, seconds = at_gap(w, row, n, i, home)
            metres += added + w.price[home, bus]
            if i == j and own < 0:
                continue
            if metres >= best or seconds > spare:
                continue
            m = into(row, n, i, home, j, -1 if own > 0 else visit, scratch)
            if walk(w, bus, scratch, m) >= 0:
                best, gap, at = metres, i, -1 if own > 0 else j
    return best, gap, at


@njit(cache=True)
def as_new_trip(w, home, bus, row, n, trips, count, best):
    """Return the cheapest cost and gap of a trip of its own for `home`; exact in constant time a gap."""
    gap = -1
    school = w.school[home]
    there, target = w.place[home], w.place[len(w.kids) + school]
    ride = w.boarding[home] + w.seconds[there, target]
    if n + 2 > len(row) or count + 2 > len(trips) or w.kids[home] > w.seats[bus] or ride > w.max_ride:
        return best, gap
    for k in range(count + 1):
        i = trips[k, FIRST]
        before = w.yard if i == 0 else w.place[row[i - 1]]
        metres = w.metres[before, there] + w.metres[there, target] + w.price[home, bus]
        arrival = max(trips[k, FREE] + w.seconds[before, there] + ride, w.opens[school])
        if arrival > w.bell[school]:
            break
        if k < count:
            after = w.place[row[i]]
            metres += w.metres[target, after] - w.metres[before, after]
            later = trips[k, TIME] + w.seconds[target, after] - w.seconds[before, after]
            if arrival + w.alighting + later > trips[k, LATEST]:
                continue
        if metres < best:
            best, gap = metres, i
    return best, gap
