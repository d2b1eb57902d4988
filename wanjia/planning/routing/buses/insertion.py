"""Where one more home costs least in a bus's day: on a trip to its own school, on a trip of several schools, on one of its own.

Every test is exact, and looks at one trip only: later trips are summed up in the latest end that each trip may have.
"""

from numba import njit

from wanjia.planning.arrays import Array, int64

from ..dice import throw
from .kernel import ABOARD, FAR, FIRST, FREE, LAST, LATEST, LEAVE, LOAD, OFFSET, RIDE, SPAN, TIME, World

BLINK = 0.01  # share of good places overlooked, so that the search does not walk in circles


@njit(cache=True)
def into(row: Array, n: int, i: int, home: int, j: int, visit: int, out: Array) -> int:
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
def in_same_school_trip(w: World, home: int, bus: int, row: Array, trip: Array, best: int, dice: Array) -> tuple[int, int]:
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
def fits(
    w: World, bus: int, row: Array, trip: Array, home: int, i: int, j: int, visit: int, limit: int, aboard: Array, boarded: Array
) -> bool:
    """Tell whether the trip keeps every rule with `home` before position i and, when visit ≥ 0, that visit before position j.

    limit: when the trip must have ended; aboard, boarded: scratch, one number a school.
    """
    homes, first, last = len(w.kids), trip[FIRST], trip[LAST]
    place = w.yard if first == 0 else w.place[row[first - 1]]
    time, load, soonest, latest = 0, 0, trip[FREE], FAR
    aboard[:] = 0
    k, step = first, 0  # step: which of the two newcomers has had its turn at this position
    while True:
        if step == 0 and k == i:
            code = home
        elif step <= 1 and visit >= 0 and k == j:
            code = visit
        elif k <= last:
            code = row[k]
        else:
            break
        here = w.place[code]
        time += w.seconds[place, here]
        place = here
        if code < homes:
            s = w.school[code]
            if aboard[s] == 0:
                boarded[s] = time
            aboard[s] += w.kids[code]
            load += w.kids[code]
            if load > w.seats[bus]:
                return False
            time += w.boarding[code]
        else:
            s = code - homes
            if aboard[s] == 0 or time - boarded[s] > w.max_ride:
                return False
            soonest = max(soonest, w.opens[s] - time)
            latest = min(latest, w.bell[s] - time)
            if soonest > latest:
                return False
            load -= aboard[s]
            aboard[s] = 0
            time += w.alighting
        if step == 0 and k == i:
            step = 1
        elif step <= 1 and visit >= 0 and k == j:
            step = 2
        else:
            k, step = k + 1, 0
    return bool(soonest + time <= limit)


@njit(cache=True)
def _must_end(w: World, row: Array, trips: Array, count: int, k: int, visit: int) -> int:
    """Return when trip k must have ended if its last call is `visit` (−1: as now), so that later trips keep their windows."""
    if k + 1 >= count:
        return FAR
    leave: int = trips[k + 1, LATEST] - trips[k + 1, TIME]
    if visit < 0:
        return leave
    after = w.place[row[trips[k + 1, FIRST]]]
    return int64(leave + w.seconds[w.place[row[trips[k, LAST]]], after] - w.seconds[w.place[visit], after])


@njit(cache=True)
def _visit_at(w: World, row: Array, trip: Array, j: int, visit: int) -> int:
    """Tell whether the school may be called at before position j: 2 it is called at there, 1 beside another school, 0 no."""
    homes, last = len(w.kids), trip[LAST]
    if j <= last and row[j] == visit:
        return 2
    return 1 if row[j - 1] >= homes or (j <= last and row[j] >= homes) else 0


@njit(cache=True)
def _reach(w: World, row: Array, stops: Array, j: int, visit: int) -> int:
    """Return the seconds from leaving to calling at `visit` right after position j − 1."""
    last = row[j - 1]
    stay = w.boarding[last] if last < len(w.kids) else w.alighting
    return int64(stops[j - 1, OFFSET] + stay + w.seconds[w.place[last], w.place[visit]])


@njit(cache=True)
def _added(w: World, row: Array, n: int, i: int, code: int) -> tuple[int, int]:
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
def in_mixed_trip(
    w: World, home: int, bus: int, row: Array, n: int, trips: Array, count: int, k: int, stops: Array, best: int, scratch: Array
) -> tuple[int, int, int]:
    """Return the cheapest cost, gap and visit position (−1: a visit is there already) in a trip with other schools."""
    gap, at, trip = -1, -1, trips[k]
    visit, school = len(w.kids) + w.school[home], w.school[home]
    if n + 2 > len(row):
        return best, gap, at
    for j in range(trip[FIRST] + 1, trip[LAST] + 2):
        how = _visit_at(w, row, trip, j, visit)
        if how == 0:
            continue
        extra, late = (0, 0) if how == 2 else _added(w, row, n, j, visit)
        inside = j <= trip[LAST]
        if how == 1:
            late += w.alighting
        if extra + w.price[home, bus] >= best or (how == 1 and inside and late > stops[j, SPAN]):
            continue
        arrive = stops[j, OFFSET] if how == 2 else _reach(w, row, stops, j, visit)
        limit = _must_end(w, row, trips, count, k, -1 if inside else visit)
        load = stops[j, ABOARD] if inside else 0
        for i in range(j + how - 2, trip[FIRST] - 1, -1):
            load = max(load, stops[i, ABOARD])
            if load + w.kids[home] > w.seats[bus] or arrive - stops[i, OFFSET] > w.max_ride:
                break
            metres, seconds = _added(w, row, n, i, home)
            metres += extra + w.price[home, bus]
            if metres >= best:
                continue
            seconds += w.boarding[home]
            leave = trip[FREE] + seconds
            if seconds > stops[i, SPAN] or leave + arrive > w.bell[school]:
                continue
            if inside and (leave > stops[i, LEAVE] or leave + late > stops[j, LEAVE]):
                continue
            if fits(w, bus, row, trip, home, i, j, -1 if how == 2 else visit, limit, scratch[0], scratch[1]):
                best, gap, at = metres, i, -1 if how == 2 else j
    return best, gap, at


@njit(cache=True)
def as_new_trip(w: World, home: int, bus: int, row: Array, n: int, trips: Array, count: int, best: int) -> tuple[int, int]:
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
