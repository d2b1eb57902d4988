"""The referee of the school buses. It walks a plan stop by stop and measures how far each rule is broken.

Shares no code with the solver: plain loops over the plan's own times.
"""

from dataclasses import dataclass

from .problem import Plan, Problem, Stop, Trip

KINDS = ("seats", "ride", "bell", "opens", "early", "travel", "waiting", "serving", "place", "total")


@dataclass(frozen=True)
class Breach:
    """kind: one of KINDS; bus, trip: where (−1: the whole plan); amount: seats, seconds or households beyond the rule."""

    kind: str
    bus: int
    trip: int
    amount: int
    zh: str
    en: str


def breaches(problem: Problem, plan: Plan) -> list[Breach]:
    """List every rule that the plan breaks, and by how much. Empty means valid."""
    said = _serving(problem, plan)
    for bus, trips in enumerate(plan.trips[: len(problem.buses)]):
        said += day_breaches(problem, bus, trips)
    metres = metres_of(problem, plan)
    if metres != plan.metres:
        said.append(_breach("total", -1, -1, abs(metres - plan.metres), ("里程合计不符", "the stated metres are wrong")))
    return said


def day_breaches(problem: Problem, bus: int, trips: tuple[Trip, ...]) -> list[Breach]:
    """List every rule that one bus's day breaks."""
    said = []
    free, place = problem.earliest_s, problem.yard
    for number, trip in enumerate(trips):
        if trip.leave_s < free:
            text = ("发车太早:上一趟还没有到,或未到最早发车时间", "leaves before it may")
            said.append(_breach("early", bus, number, free - trip.leave_s, text))
        said += _one_trip(problem, bus, number, place, trip)
        if trip.stops:
            free, place = trip.stops[-1].arrive_s + problem.alighting_s, trip.stops[-1].place
    return said


def metres_of(problem: Problem, plan: Plan) -> int:
    """Return the metres driven from the yard through every stop of every trip (the way back to the yard is not counted)."""
    total = 0
    for trips in plan.trips:
        place = problem.yard
        for trip in trips:
            for stop in trip.stops:
                total += int(problem.metres[place][stop.place])
                place = stop.place
    return total


def rides(problem: Problem, trip: Trip) -> dict[int, int]:
    """Return each household's seconds on board, from the arrival at its stop to the arrival at its school."""
    waiting: dict[int, int] = {}
    ride: dict[int, int] = {}
    for stop in trip.stops:
        if stop.school >= 0:
            for household in [h for h in waiting if problem.households[h].school == stop.school]:
                ride[household] = stop.arrive_s - waiting.pop(household)
        for household in stop.boards:
            waiting[household] = stop.arrive_s
    return ride


def standing_s(problem: Problem, stop: Stop) -> int:
    """Return how long the bus stands at a stop."""
    alighting = problem.alighting_s if stop.school >= 0 else 0
    return alighting + sum(problem.households[h].boarding_s for h in stop.boards)


def _breach(kind: str, bus: int, trip: int, amount: int, text: tuple[str, str]) -> Breach:
    return Breach(kind, bus, trip, int(amount), *text)


def _serving(problem: Problem, plan: Plan) -> list[Breach]:
    """Everyone rides once or stands on the list of those not served."""
    seen = [h for trips in plan.trips for trip in trips for stop in trip.stops for h in stop.boards]
    listed = sorted(seen + list(plan.not_served))
    said = []
    if listed != list(range(len(problem.households))):
        said.append(_breach("serving", -1, -1, 1, ("有乘车户遗漏或重复", "a household is missing or rides twice")))
    if len(plan.trips) > len(problem.buses):
        said.append(_breach("serving", -1, -1, 1, ("车辆不够", "more buses than there are")))
    return said


def _one_trip(problem: Problem, bus: int, number: int, place: int, trip: Trip) -> list[Breach]:
    said: list[Breach] = []
    clock, aboard = trip.leave_s, dict.fromkeys(range(len(problem.schools)), 0)
    for order, stop in enumerate(trip.stops):
        due = clock + int(problem.seconds[place][stop.place])
        if stop.arrive_s < due:
            said.append(_breach("travel", bus, number, due - stop.arrive_s, ("行驶时间不够", "arrives sooner than it can")))
        elif stop.arrive_s > due and order:
            text = ("车上有学生时停车等待", "waits with pupils on board")
            said.append(_breach("waiting", bus, number, stop.arrive_s - due, text))
        for household in stop.boards:
            aboard[problem.households[household].school] += problem.households[household].children
        said += _at_stop(problem, bus, number, stop, sum(aboard.values()))
        if stop.school >= 0:
            aboard[stop.school] = 0
        clock, place = stop.arrive_s + standing_s(problem, stop), stop.place
    left = sum(aboard.values())
    if left:
        said.append(_breach("serving", bus, number, left, ("收车时车上还有学生", "pupils are left on the bus")))
    worst = max(rides(problem, trip).values(), default=0) - problem.max_ride_s
    if worst > 0:
        said.append(_breach("ride", bus, number, worst, ("乘车时间超限", "a ride is too long")))
    return said


def _at_stop(problem: Problem, bus: int, number: int, stop: Stop, load: int) -> list[Breach]:
    said = []
    if load > problem.buses[bus].riders:
        over = load - problem.buses[bus].riders
        said.append(_breach("seats", bus, number, over, ("超员(条例第三十四条)", "more pupils than seats (art. 34)")))
    wrong = [h for h in stop.boards if problem.households[h].place != stop.place]
    if wrong or (stop.school >= 0 and problem.schools[stop.school].place != stop.place):
        said.append(_breach("place", bus, number, max(1, len(wrong)), ("停靠地点不对", "this is not where they board or learn")))
    if stop.school >= 0:
        school = problem.schools[stop.school]
        if stop.arrive_s > school.bell_s:
            said.append(_breach("bell", bus, number, stop.arrive_s - school.bell_s, ("到校晚于上课铃", "arrives after the bell")))
        if stop.arrive_s < school.opens_s:
            said.append(
                _breach("opens", bus, number, school.opens_s - stop.arrive_s, ("校门未开", "arrives before the gates open"))
            )
    return said
