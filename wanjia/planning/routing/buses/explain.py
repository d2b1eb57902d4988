"""Why a bus is late and why a household is not served: answered by the referee alone, never from inside the solver."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from wanjia.planning.contract import BadInput

from .check import Breach, day_breaches, metres_of, standing_s
from .problem import NOT_SERVED, Plan, Problem, Stop, Trip

RELAXABLE = ("seats", "ride", "bell", "early")


@dataclass(frozen=True)
class Lateness:
    """Why one bus is late. legs: (trip, stop, seconds it moved); slack_s: seconds each stop of each trip could still slip;
    inherits: later trips that start late because of it; breaches: the rules broken now."""

    bus: int
    legs: tuple[tuple[int, int, int], ...]
    late_s: tuple[tuple[int, ...], ...]
    slack_s: tuple[tuple[int, ...], ...]
    inherits: tuple[int, ...]
    breaches: tuple[Breach, ...]
    zh: str
    en: str


@dataclass(frozen=True)
class Relaxation:
    """One rule loosened by `amount` (seats or seconds) at one place in the plan, and the plan that then serves the household."""

    kind: str
    amount: int
    bus: int
    trip: int
    plan: Plan
    zh: str
    en: str


def why_late(problem: Problem, plan: Plan, bus: int, slips: dict[tuple[int, int], int]) -> Lateness:
    """Explain a bus's morning after some legs took longer. slips: (trip, stop) → extra seconds on the leg into that stop.

    Slack of a stop: the most seconds its arrival can slip, all after it slipping too, before any rule is broken.
    """
    _known_legs(plan, bus, slips)
    actual = _with_slips(problem, plan, bus, slips)
    late = tuple(
        tuple(now.arrive_s - then.arrive_s for now, then in zip(a.stops, b.stops, strict=True))
        for a, b in zip(actual.trips[bus], plan.trips[bus], strict=True)
    )
    slack = tuple(
        tuple(_slack(problem, plan, bus, t, k) for k in range(len(trip.stops))) for t, trip in enumerate(plan.trips[bus])
    )
    broken = tuple(b for b in day_breaches(problem, bus, actual.trips[bus]) if b.kind != "waiting")
    pairs = list(enumerate(zip(actual.trips[bus], plan.trips[bus], strict=True)))
    inherits = tuple(t for t, (now, then) in pairs if t and now.leave_s > then.leave_s)
    legs = tuple((t, k, s) for (t, k), s in sorted(slips.items()) if s > 0)
    return Lateness(bus, legs, late, slack, inherits, broken, *_late_words(problem, plan, bus, legs, inherits, broken))


def _known_legs(plan: Plan, bus: int, slips: dict[tuple[int, int], int]) -> None:
    if not 0 <= bus < len(plan.trips):
        raise BadInput(f"bus {bus}", "计划里没有这辆车。", "the plan has no such bus")
    for trip, stop in slips:
        if not (0 <= trip < len(plan.trips[bus]) and 0 <= stop < len(plan.trips[bus][trip].stops)):
            raise BadInput(f"trip {trip}, stop {stop}", "这趟车没有这个站。", "the trip has no such stop")


def _late_words(
    problem: Problem,
    plan: Plan,
    bus: int,
    legs: tuple[tuple[int, int, int], ...],
    inherits: tuple[int, ...],
    broken: tuple[Breach, ...],
) -> tuple[str, str]:
    name = problem.buses[bus].name
    if not legs:
        return f"{name} 号车各段都按计划行驶。", f"Bus {name} drove every leg as planned."
    trip, stop, seconds = max(legs, key=lambda leg: leg[2])
    place = problem.places[plan.trips[bus][trip].stops[stop].place]
    zh = f"{name} 号车第 {trip + 1} 趟到「{place}」的一段多用了 {seconds} 秒"
    en = f"Bus {name}, trip {trip + 1}: the leg to {place} took {seconds} s more"
    zh += f",第 {'、'.join(str(t + 1) for t in inherits)} 趟因此晚发车" if inherits else ",后面的车次不受影响"
    en += f"; trip {', '.join(str(t + 1) for t in inherits)} leaves late for it" if inherits else "; no later trip inherits it"
    zh += f";{broken[0].zh},超出 {broken[0].amount}。" if broken else ";没有违反任何规定。"
    en += f"; {broken[0].en}, by {broken[0].amount}." if broken else "; no rule is broken."
    return zh, en


def _with_slips(problem: Problem, plan: Plan, bus: int, slips: dict[tuple[int, int], int]) -> Plan:
    """Return the plan as driven: each slip moves what follows; a later trip leaves late only when its bus is not back."""
    free, driven = problem.earliest_s, []
    for number, trip in enumerate(plan.trips[bus]):
        shift = max(0, free - trip.leave_s)
        leave, stops = trip.leave_s + shift, []
        for order, stop in enumerate(trip.stops):
            shift += slips.get((number, order), 0)
            stops.append(dataclasses.replace(stop, arrive_s=stop.arrive_s + shift))
        driven.append(Trip(leave, tuple(stops)))
        free = stops[-1].arrive_s + problem.alighting_s if stops else free
    return _replaced(plan, bus, tuple(driven))


def _replaced(plan: Plan, bus: int, day: tuple[Trip, ...]) -> Plan:
    return dataclasses.replace(plan, trips=(*plan.trips[:bus], day, *plan.trips[bus + 1 :]))


def _legal_after(problem: Problem, plan: Plan, bus: int, trip: int, stop: int, seconds: int) -> bool:
    """Ask the referee; a slip on the road is no `waiting`."""
    driven = _with_slips(problem, plan, bus, {(trip, stop): seconds})
    return all(b.kind == "waiting" for b in day_breaches(problem, bus, driven.trips[bus]))


def _slack(problem: Problem, plan: Plan, bus: int, trip: int, stop: int) -> int:
    """Return the most seconds that keep the bus legal, by halving (a longer slip is never more legal)."""
    low, high = 0, max(s.bell_s for s in problem.schools) - problem.earliest_s + problem.max_ride_s
    if not _legal_after(problem, plan, bus, trip, stop, 0):
        return 0
    while high - low > 1:
        middle = (low + high) // 2
        if _legal_after(problem, plan, bus, trip, stop, middle):
            low = middle
        else:
            high = middle
    return low


def why_not_served(problem: Problem, plan: Plan, household: int) -> list[Relaxation]:
    """Return, for each rule that alone could give way, the smallest loosening that serves the household in this plan.

    Every position of every trip and a trip of its own after each trip are tried; the rest of the plan keeps its order.
    `early`: the buses leave the yard so many seconds sooner. Sorted with the fewest seats first, then seconds.
    An empty amount list means: no single rule helps; `amount` 0 means the plan could serve it as the rules stand.
    """
    if household not in plan.not_served:
        raise BadInput(f"household {household}", "这一户已经安排上车。", "this household is already served")
    best: dict[str, Relaxation] = {}
    for bus in range(len(plan.trips)):
        for trip, stops in _insertions(problem, plan, bus, household):
            for kind, amount, day in _options(problem, bus, stops):
                if kind not in best or amount < best[kind].amount:
                    words = _relax_words(problem, kind, amount, bus, trip, household)
                    best[kind] = Relaxation(kind, amount, bus, trip, _served(problem, plan, bus, day, household), *words)
    return sorted(best.values(), key=lambda r: (r.amount > 0, r.kind != "seats", r.amount))


def _options(problem: Problem, bus: int, stops: list[tuple[Stop, ...]]) -> list[tuple[str, int, tuple[Trip, ...]]]:
    """Return (kind, amount, day) for each single rule whose loosening makes these stops legal."""
    day = _retimed(problem, stops)
    broken = day_breaches(problem, bus, day)
    kinds = {b.kind for b in broken}
    if len(kinds) > 1 or not kinds <= set(RELAXABLE):
        return []
    kind, amount = (kinds.pop() if kinds else "ride"), max((b.amount for b in broken), default=0)
    found = [(kind, amount, day)]
    if kind == "bell" and amount <= problem.earliest_s:
        sooner = relaxed(problem, "early", amount, bus)
        early = _retimed(sooner, stops)
        if not day_breaches(sooner, bus, early):
            found.append(("early", amount, early))
    return found


def _served(problem: Problem, plan: Plan, bus: int, day: tuple[Trip, ...], household: int) -> Plan:
    left = tuple(h for h in plan.not_served if h != household)
    served = dataclasses.replace(_replaced(plan, bus, day), not_served=left)
    return dataclasses.replace(served, metres=metres_of(problem, served))


def _relax_words(problem: Problem, kind: str, amount: int, bus: int, trip: int, household: int) -> tuple[str, str]:
    home, name = problem.households[household].name, problem.buses[bus].name
    if amount == 0:
        return f"{home} 可以直接加入 {name} 号车第 {trip + 1} 趟。", f"{home} fits bus {name}, trip {trip + 1}, as it is."
    zh = {"seats": f"多 {amount} 个座位", "ride": f"乘车时限放宽 {amount} 秒", "bell": f"推迟上课 {amount} 秒"}
    en = {"seats": f"{amount} more seats", "ride": f"{amount} s longer rides", "bell": f"a bell {amount} s later"}
    zh["early"], en["early"] = f"最早发车提前 {amount} 秒", f"buses leaving {amount} s sooner"
    return (
        f"{home} 未能安排:若{zh[kind]},可由 {name} 号车第 {trip + 1} 趟接送。",
        f"{home} is not served: with {en[kind]}, bus {name} could take it on trip {trip + 1}.",
    )


def relaxed(problem: Problem, kind: str, amount: int, bus: int) -> Problem:
    """Return the problem with one rule loosened by `amount`: seats of one bus, or everybody's ride, bell or start."""
    if kind == "seats":
        fleet = list(problem.buses)
        fleet[bus] = dataclasses.replace(fleet[bus], riders=fleet[bus].riders + amount)
        return dataclasses.replace(problem, buses=tuple(fleet))
    if kind == "ride":
        return dataclasses.replace(problem, max_ride_s=problem.max_ride_s + amount)
    if kind == "bell":
        schools = tuple(dataclasses.replace(s, bell_s=s.bell_s + amount) for s in problem.schools)
        return dataclasses.replace(problem, schools=schools)
    if kind == "early":
        return dataclasses.replace(problem, earliest_s=problem.earliest_s - amount)
    raise BadInput(kind, "没有这种放宽。", f"a rule to loosen is one of {', '.join(RELAXABLE)}")


def _insertions(problem: Problem, plan: Plan, bus: int, household: int) -> Iterator[tuple[int, list[tuple[Stop, ...]]]]:
    """Yield (trip, stops of each trip) for every way to add the household to a bus's day."""
    home = problem.households[household]
    own = Stop(home.place, 0, (household,))
    school = Stop(problem.schools[home.school].place, 0, (), home.school)
    days = [trip.stops for trip in plan.trips[bus]]
    for number, stops in enumerate(days):
        last = max((k for k, stop in enumerate(stops) if stop.school == home.school), default=NOT_SERVED)
        for k in range(last + 1):
            yield number, [*days[:number], (*stops[:k], own, *stops[k:]), *days[number + 1 :]]
    for number in range(len(days) + 1):
        yield number, [*days[:number], (own, school), *days[number:]]


def _retimed(problem: Problem, days: list[tuple[Stop, ...]]) -> tuple[Trip, ...]:
    """Drive the stops one after the other, each trip as soon as it may, waiting only with an empty bus."""
    free, place, trips = problem.earliest_s, problem.yard, []
    for stops in days:
        clock, arrivals, here = 0, [], place
        for stop in stops:
            clock += int(problem.seconds[here][stop.place])
            arrivals.append(clock)
            clock, here = clock + standing_s(problem, stop), stop.place
        gates = [problem.schools[s.school].opens_s - at for s, at in zip(stops, arrivals, strict=True) if s.school >= 0]
        leave = max([free, *gates])
        timed = tuple(dataclasses.replace(s, arrive_s=leave + at) for s, at in zip(stops, arrivals, strict=True))
        trips.append(Trip(leave, timed))
        free, place = leave + clock, here
    return tuple(trips)
