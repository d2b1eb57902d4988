"""Riders, bells and vehicles as a morning of the routing engine, and its answer as drafted lines.

What reaches the engine is where a home's door lies, to which school how many children ride, on which bus they ride today: nobody's name. Children of one door
who go to one school are one home. A home that rides on another bus than the filed one weighs as much as some kilometres: the permit names line, times, stops.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from wanjia.doors.words import in_english
from wanjia.planning.routing.buses import check, explain
from wanjia.planning.routing.buses.problem import NOT_SERVED, Household, Problem, School
from wanjia.planning.routing.buses.problem import Bus as Vehicle
from wanjia.planning.routing.buses.solve import solve as engine
from wanjia.planning.routing.effort import Effort
from wanjia.planning.routing.matrix import Winding
from wanjia.policy import school_bus
from wanjia.solving.kinds import Answer
from wanjia.verdict import Refused

from ..bus_states import ServiceKind
from ..models import Bus, BusLine, BusSeat, BusStop, Operator, Rider, Unserved
from ..models import School as SchoolRow
from ..year.bells import Year

KIND = "bus_routes"
CPU_S, LEAST_S, EACH_HOME_S = 30.0, 2.0, 0.1  # of the processor: for any number of homes, for none, for each home more
MISSING = {
    "door": ("没有登记家门口的位置,没有排:登记位置以后再排。", "the place of the door is not known: note it, then have lines drawn again."),
    "school": ("学校没有登记校门的位置,或者那一天没有上学的作息,没有排。", "the school's place is not known, or nobody comes to it on that day."),
}


@dataclass(frozen=True)
class Posed:
    """A morning and whose rows it is made of. homes: riders' keys by home of the problem; buses, schools: rows in its order; leaves: by school, or None;
    unplaced: (rider, why) of those without a door, or whose school has no place or no bell on the day.
    """

    problem: Problem
    homes: list
    buses: list
    schools: list
    leaves: list
    day: date
    unplaced: list
    points: list


def build(plan):
    """Return the Posed of a plan. Raises Refused when there is nobody to carry, or nothing lawful to carry them in."""
    operator, day = Operator.objects.select_related("area").get(pk=plan.about), date.fromisoformat(plan.settings["day"])
    buses = [one for one in Bus.objects.on(day).filter(operator=operator).exclude(kind=ServiceKind.OTHER).select_related("operator").order_by("label", "pk") if _lawful(one, day)]
    if not buses:
        raise Refused(_("没有证照齐全的车辆,排不了线路。"))
    first, end = operator.area.span()
    riders = list(Rider.objects.on(day).filter(school__area__gte=first, school__area__lt=end, child__died_on=None, child__merged_into=None).order_by("school_id", "pk"))
    bells = _bells({one.school_id for one in riders}, day)
    placed = [one for one in riders if one.lat is not None and one.school_id in bells]
    unplaced = [(one.pk, "door" if one.lat is None else "school") for one in riders if one.lat is None or one.school_id not in bells]
    if not placed:
        raise Refused(_("没有登记了家门口位置的乘车学生,或者那一天学校不上课。"))
    return posed(placed, bells, buses, tuple(plan.settings["yard"]), day, unplaced=unplaced)


def _lawful(bus, day):
    return all(until is not None and until >= day for until in school_bus.vehicle_papers(bus.papers).values())


def _bells(keys, day):
    """Return {school: (School row, when it is come to, when it is gone from or None)} of the schools that are open on a day."""
    rows = list(SchoolRow.objects.filter(pk__in=keys, lat__isnull=False).select_related("unit", "area"))
    year, found = Year(rows, day, day + timedelta(days=1)), {}
    for one in rows:
        rings = year.rings(one, day)
        comes, goes = [ring.at for ring in rings if not ring.going], [ring.at for ring in rings if ring.going]
        if comes:
            found[one.pk] = one, min(comes), max(goes, default=None)
    return found


def posed(riders, bells, buses, yard, day, *, unplaced=()):
    """Return the Posed of loaded riders with a door, the bells of their schools, vehicles and the place where these stand at night."""
    schools, doors = [bells[key] for key in sorted(bells, key=str)], defaultdict(list)
    row_of = {one[0].pk: n for n, one in enumerate(schools)}
    for one in riders:
        doors[round(one.lat, 5), round(one.lon, 5), row_of[one.school_id]].append(one.pk)
    keys = sorted(doors)
    points = [yard, *((lat, lon) for lat, lon, _school in keys), *((one[0].lat, one[0].lon) for one in schools)]
    numbers = school_bus.in_force(day)
    matrix = measured(points, numbers)
    filed, homes = _filed({pk for pks in doors.values() for pk in pks}, buses), []
    for n, key in enumerate(keys):
        riding = [filed[pk] for pk in doors[key] if pk in filed]
        homes.append(Household(f"{n + 1}号户", n + 1, key[2], len(doors[key]), numbers.stop_seconds + numbers.child_seconds * len(doors[key]), n + 1, riding[0] if riding else NOT_SERVED))
    problem = Problem(
        ("车场", *(home.name for home in homes), *(f"学校{n + 1}" for n in range(len(schools)))), matrix.seconds, matrix.metres, matrix.provenance,
        tuple(School(f"学校{n + 1}", 1 + len(keys) + n, max(0, seconds(comes) - 60 * numbers.opens_minutes), seconds(comes)) for n, (_row, comes, _goes) in enumerate(schools)), tuple(homes),
        tuple(Vehicle(one.label, one.seats, one.room) for one in buses), 0, seconds(time.fromisoformat(numbers.earliest)), 60 * numbers.max_ride_minutes, numbers.school_seconds, numbers.move_metres, mixed=False,
    )  # fmt: skip
    return Posed(problem, [doors[key] for key in keys], buses, [one[0] for one in schools], [one[2] for one in schools], day, list(unplaced), points)


def measured(points, numbers):
    """Return the Matrix among places: mountain roads, estimated (every plan says so), never faster than the law lets."""
    return Winding(numbers.road_factor, numbers.road_kmh).measure(points).capped(numbers.most_kmh)


def _filed(riders, buses):
    """Return {rider: row of the bus on which it rides today}."""
    rows = {one.pk: n for n, one in enumerate(buses)}
    seats = BusSeat.objects.filter(rider__in=riders, to_on=None, drafted=False).values_list("rider", "stop__line__bus")
    return {rider: rows[bus] for rider, bus in seats if bus in rows}


def seconds(clock):
    """Return a time of the day as seconds after midnight."""
    return clock.hour * 3600 + clock.minute * 60 + clock.second


def clock(s):
    """Return seconds after midnight as a time of the day, to the minute, never later than it is."""
    return (datetime.min + timedelta(seconds=s - s % 60)).time()


def solve(posed, control):
    """Run the engine."""
    problem = posed.problem
    found = engine(problem, control=control, effort=Effort(cpu_seconds=min(CPU_S, LEAST_S + EACH_HOME_S * len(problem.households))))
    rides = [seconds_on for trips in found.trips for trip in trips for seconds_on in check.rides(problem, trip).values()]
    served = len(problem.households) - len(found.not_served)
    words = {
        "homes": len(problem.households), "served": served, "most": found.most_servable, "children": sum(home.children for n, home in enumerate(problem.households) if n not in found.not_served),
        "trips": sum(map(len, found.trips)), "longest": max(rides, default=0) // 60, "km": round(found.metres / 1000), "moved": len(found.moved), "unplaced": len(posed.unplaced),
        "road": found.provenance.split(" / ")[in_english()] if " / " in found.provenance else found.provenance,
    }  # fmt: skip
    return Answer(found, words, gap=max(0.0, (found.most_servable - served) / found.most_servable) if found.most_servable else 0.0, stopped=control.should_stop())


def judge(posed, answer):
    """Return what the referee finds: seats, rides, bells, every leg's time, everybody once."""
    return [one.en if in_english() else one.zh for one in check.breaches(posed.problem, answer.plan)]


def rows_of(plan, posed, found):
    """Yield (BusLine, [BusStop], [BusSeat]) of each trip: a draft, until it is filed. Its crew is that of the bus's present lines."""
    problem, crews, goes_s = posed.problem, _crews(posed.buses), 60 * school_bus.in_force(posed.day).leaves_minutes
    for bus, trips in zip(posed.buses, found.trips, strict=True):
        for number, trip in enumerate(trips, 1):
            ends = trip.stops[-1]
            school = posed.schools[ends.school]
            crew = crews.get(bus.pk, {})
            line = BusLine(bus=bus, name=_("方案%(plan)s 第%(n)s趟") % {"plan": plan.number, "n": number}, school=school, plan=plan, from_on=posed.day, **crew)
            stops, seats, goes = [], [], posed.leaves[ends.school]
            for turn, stop in enumerate([one for one in trip.stops if one.boards], 1):
                back = None if goes is None else clock(seconds(goes) + goes_s + ends.arrive_s - stop.arrive_s)
                home = problem.households[stop.boards[0]]
                lat, lon = posed.points[home.place]
                stops.append(BusStop(line=line, turn=turn, name=_("第%(n)s站") % {"n": turn}, lat=lat, lon=lon, at=clock(stop.arrive_s), back_at=back))
                seats += [BusSeat(rider_id=rider, stop=stops[-1], drafted=True, from_on=posed.day) for n in stop.boards for rider in posed.homes[n]]
            yield line, stops, seats


def _crews(buses):
    lines = BusLine.objects.filter(bus__in=buses, to_on=None, plan=None).exclude(driver=None).order_by("pk")
    return {one.bus_id: {"driver_id": one.driver_id, "attendant_id": one.attendant_id} for one in lines}


def unserved(plan, posed, found):
    """Yield an Unserved for each rider of each home that is not served, with the smallest loosening that would serve it; and for each who was not placed, with what is missing."""
    for rider, why in posed.unplaced:
        yield Unserved(plan=plan, rider_id=rider, kind=why, zh=MISSING[why][0], en=MISSING[why][1])
    for n in found.not_served:
        options = explain.why_not_served(posed.problem, found, n)
        best = options[0] if options else None
        words = (best.zh, best.en) if best else (_none_zh(posed, n), f"{posed.problem.households[n].name}: no single rule would do.")
        for rider in posed.homes[n]:
            yield Unserved(plan=plan, rider_id=rider, kind=best.kind if best else "", amount=best.amount if best else 0, zh=words[0][:200], en=words[1][:300])


def _none_zh(posed, n):
    return f"{posed.problem.households[n].name} 放宽哪一条都接不到:加车,或者换一个上车点。"
