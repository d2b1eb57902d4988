"""The JSON of the school buses: read an instance, write a plan, read a plan back. Bad input names its place.

Which riders a bus holds. An instance's `seats` may or may not count the attendant (条例第三十八条: one on every trip). Unless the
file says `"attendant": "own_seat"`, the attendant takes one of these seats, which never breaks the stricter reading.
"""

from collections.abc import Iterator
from typing import Any

from wanjia.planning.contract import BadInput, refuse_strangers, strangers

from ..documents import rows, whole
from ..matrix import Matrix, MatrixProvider, Winding, uploaded
from .problem import NOT_SERVED, Bus, Household, Plan, Problem, School, Stop, Trip

# Every field of an instance, by where it stands; `name` and `note` may stand anywhere, for people.
TOP = ("places", "seconds", "metres", "points", "households", "fleet", "schools", "school_opens_s", "bell_s", "earliest_departure_s",
       "max_ride_s", "alighting_seconds", "move_metres", "speed_cap_kmh", "attendant", "driver")  # fmt: skip
ROWS = {"households": ("id", "school", "children", "boarding_seconds", "stop", "home", "place", "filed_bus"), "fleet": ("seats", "buses")}
WINDOW = ("school_opens_s", "bell_s")
WORDS = {"driver": "in_seats", "attendant": "own_seat"}  # the one word that each may say
SPEED_CAP_KMH = 60.0  # 条例第三十五条: roads other than motorways


def read_problem(document: Any, *, mixed: bool = True, roads: MatrixProvider | None = None) -> Problem:
    """Turn an instance (the parsed JSON) into a Problem.

    Distances are the file's `seconds` and `metres`, or are measured by `roads` between its `points` (latitude, longitude for
    each place); points without roads are estimated along mountain roads.
    """
    names = document.get("places") if isinstance(document, dict) else None
    if not isinstance(names, list) or not names or len({str(n) for n in names}) != len(names):
        raise BadInput("places", "应为不重名的地点列表,第一个是车场。", "expected a list of distinct places, the yard first")
    refuse_strangers(_strangers(document))
    _only_words(document)
    index = {str(name): number for number, name in enumerate(names)}
    measured = _measured(document, len(names), roads).capped(_cap(document))
    schools = _schools(document, index)
    numbers = {school.name: number for number, school in enumerate(schools)}
    buses = _buses(document)
    homes = tuple(
        _household(row, f"households[{n}].", index, numbers, len(buses)) for n, row in enumerate(rows(document, "households"))
    )
    doubles = [h.name for h in homes]
    if len(set(doubles)) != len(doubles):
        raise BadInput("households", "乘车户编号重复。", "two households have one id")
    return Problem(
        tuple(map(str, names)),
        measured.seconds,
        measured.metres,
        measured.provenance,
        schools,
        homes,
        buses,
        yard=0,
        earliest_s=whole(document, "earliest_departure_s", "", 0),
        max_ride_s=whole(document, "max_ride_s", "", 1),
        alighting_s=whole(document, "alighting_seconds", "", 0, 0),
        move_metres=whole(document, "move_metres", "", 0, 5_000),
        mixed=mixed,
    )


def _strangers(document: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    yield from strangers(document, TOP, "{}")
    for table, known in ROWS.items():
        for number, row in enumerate(rows(document, table)):
            yield from strangers(row, known, f"{table}[{number}].{{}}")
    windows = document.get("schools")
    for name, window in windows.items() if isinstance(windows, dict) else ():
        if isinstance(window, dict):
            yield from strangers(window, WINDOW, f"schools.{str(name).replace('{', '').replace('}', '')}.{{}}")


def _only_words(document: dict[str, Any]) -> None:
    for field, word in WORDS.items():
        if document.get(field) not in (None, word):
            raise BadInput(field, f"只能写 {word},或者不写。", f'may only be "{word}", or left out')


def _measured(document: dict[str, Any], size: int, roads: MatrixProvider | None) -> Matrix:
    if roads is None and "points" not in document:
        return uploaded(document.get("seconds"), document.get("metres"), size)
    points = document.get("points")
    if not isinstance(points, list) or len(points) != size:
        raise BadInput("points", f"应为 {size} 个(纬度, 经度)。", f"expected {size} pairs of latitude and longitude")
    for number, point in enumerate(points):
        good = isinstance(point, list) and all(isinstance(x, int | float) and not isinstance(x, bool) for x in point)
        if not good:
            raise BadInput(f"points[{number}]", "应为(纬度, 经度)。", "expected latitude and longitude")
    return (roads or Winding()).measure([tuple(point) for point in points])


def _cap(document: dict[str, Any]) -> float:
    cap = document.get("speed_cap_kmh", SPEED_CAP_KMH)
    if isinstance(cap, bool) or not isinstance(cap, int | float) or not 0 < cap <= 80:
        raise BadInput(
            "speed_cap_kmh", "限速应在 0 到 80 之间(条例第三十五条)。", "a cap is above 0 and at most 80 km/h (art. 35)"
        )
    return float(cap)


def _known(name: Any, index: dict[str, int], place: str) -> int:
    if str(name) not in index:
        raise BadInput(place, f"没有这个地点或学校:{str(name)[:40]}。", f"unknown place or school {str(name)[:40]!r}")
    return index[str(name)]


def _schools(document: dict[str, Any], index: dict[str, int]) -> tuple[School, ...]:
    """Schools are named by the households; `schools` may give each its own window."""
    windows = document.get("schools", {})
    if not isinstance(windows, dict):
        raise BadInput("schools", "应为「学校 → 时间窗」的对象。", "expected an object of school to window")
    first: dict[str, int] = {}
    for number, row in enumerate(rows(document, "households")):
        first.setdefault(str(row.get("school")), number)
    names = sorted(set(first) | set(windows))
    found = []
    for name in names:
        place = f"schools.{name}" if name in windows else "households.school"
        own = windows.get(name, {})
        if not isinstance(own, dict):
            raise BadInput(place, "应为对象。", "expected an object")
        both = {key: whole({**document, **own}, key, f"{place}.", 0) for key in ("school_opens_s", "bell_s")}
        if both["school_opens_s"] > both["bell_s"]:
            raise BadInput(place, "开门晚于上课铃。", "the gates open after the bell")
        named = place if name in windows else f"households[{first[name]}].school"
        found.append(School(name, _known(name, index, named), both["school_opens_s"], both["bell_s"]))
    return tuple(found)


def _household(row: dict[str, Any], place: str, index: dict[str, int], schools: dict[str, int], buses: int) -> Household:
    if "id" not in row:
        raise BadInput(f"{place}id", "缺少乘车户编号。", "the household has no id")
    stop = _known(row.get("stop", row.get("place", row["id"])), index, f"{place}id")
    home = _known(row.get("home", row.get("place", row["id"])), index, f"{place}id")
    filed = row.get("filed_bus")
    filed = NOT_SERVED if filed is None else whole(row, "filed_bus", place, 0)
    if filed >= buses:
        raise BadInput(f"{place}filed_bus", "备案车辆不在车队里。", "the filed bus is not in the fleet")
    school = _known(row.get("school"), schools, f"{place}school")
    children = whole(row, "children", place, 1)
    return Household(str(row["id"]), stop, school, children, whole(row, "boarding_seconds", place, 0, 60), home, filed)


def _buses(document: dict[str, Any]) -> tuple[Bus, ...]:
    less = 0 if document.get("attendant") == "own_seat" else 1
    less += 1 if document.get("driver") == "in_seats" else 0
    buses: list[Bus] = []
    for number, row in enumerate(rows(document, "fleet")):
        place = f"fleet[{number}]."
        seats, count = whole(row, "seats", place, 1), whole(row, "buses", place, 0)
        if count > 10_000:
            raise BadInput(f"{place}buses", "车辆太多。", "too many buses")
        buses += [Bus(f"{seats}-{number + 1}-{k + 1}", seats, max(0, seats - less)) for k in range(count)]
    return tuple(buses)


def write_plan(problem: Problem, plan: Plan) -> dict[str, Any]:
    """Return the plan as the JSON object that the command prints."""
    buses = [
        {"seats": bus.seats, "trips": [_trip(problem, trip) for trip in trips]}
        for bus, trips in zip(problem.buses, plan.trips, strict=True)
    ]
    return {
        "buses": buses,
        "not_served": [problem.households[h].name for h in plan.not_served],
        "served": len(problem.households) - len(plan.not_served),
        "most_servable": plan.most_servable,
        "km": round(plan.metres / 1000, 3),
        "moved": [problem.households[h].name for h in plan.moved],
        "provenance": plan.provenance,
        "notes": list(plan.notes),
    }


def _trip(problem: Problem, trip: Trip) -> dict[str, Any]:
    stops = []
    for stop in trip.stops:
        line: dict[str, Any] = {"place": problem.places[stop.place], "arrive_s": stop.arrive_s}
        names = [problem.households[h].name for h in stop.boards]
        if names and names != [line["place"]]:
            line["boards"] = names
        stops.append(line)
    return {"leave_s": trip.leave_s, "stops": stops}


def read_plan(problem: Problem, document: Any) -> Plan:
    """Read a written plan back, so that the referee can judge a file."""
    places = {name: number for number, name in enumerate(problem.places)}
    homes = {home.name: number for number, home in enumerate(problem.households)}
    schools = {school.place: number for number, school in enumerate(problem.schools)}
    trips = []
    for b, bus in enumerate(rows(document, "buses")):
        day = []
        for t, trip in enumerate(rows(bus, "trips", f"buses[{b}].")):
            where = f"buses[{b}].trips[{t}]."
            lines = rows(trip, "stops", where)
            stops = [_stop(line, f"{where}stops[{k}].", places, homes, schools) for k, line in enumerate(lines)]
            day.append(Trip(whole(trip, "leave_s", where, 0), tuple(stops)))
        trips.append(tuple(day))
    left = document.get("not_served", [])
    if not isinstance(left, list):
        raise BadInput("not_served", "应为列表。", "expected a list")
    not_served = tuple(_known(name, homes, "not_served") for name in left)
    km = document.get("km", 0.0)
    if isinstance(km, bool) or not isinstance(km, int | float) or not 0 <= km < 2**31:
        raise BadInput("km", "应为不小于 0 的数。", "expected a number of at least 0")
    metres = round(float(km) * 1000)
    return Plan(tuple(trips), not_served, str(document.get("provenance", "")), metres=metres)


def _stop(line: dict[str, Any], place: str, places: dict[str, int], homes: dict[str, int], schools: dict[int, int]) -> Stop:
    at = _known(line.get("place"), places, f"{place}place")
    names = line.get("boards", [line["place"]] if str(line["place"]) in homes else [])
    if not isinstance(names, list):
        raise BadInput(f"{place}boards", "应为列表。", "expected a list")
    boards = tuple(_known(name, homes, f"{place}boards") for name in names)
    school = NOT_SERVED if boards else schools.get(at, NOT_SERVED)
    return Stop(at, whole(line, "arrive_s", place, 0), boards, school)
