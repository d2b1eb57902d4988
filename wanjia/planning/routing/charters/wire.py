"""The JSON of the charter departures: a season in, a timetable with manifests out. Bad input names its place."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from wanjia.planning.arrays import Array
from wanjia.planning.contract import BadInput, refuse_strangers, strangers

from ..documents import rows, whole
from ..matrix import Matrix, Winding, uploaded
from .problem import Departure, Plan, Problem

COLUMNS = ("township", "destination", "earliest_day", "latest_day")
LIMITS = ("seats", "most_hubs", "hub_gap_m", "most_drops", "leave_s", "train_min", "train_seats")
# Every field of a season, by where it stands; `name` and `note` may stand anywhere, for people.
TOP = ("hubs", "cities", "townships", "days", "workers", "seconds", "metres", "detour", *LIMITS)
ROWS = {
    "hubs": ("id", "lat", "lon", "mountain_s"),
    "cities": ("id", "lat", "lon"),
    "townships": ("id", "hub", "feeder_s"),
    "workers": ("id", *COLUMNS),
}
ROAD = Winding(1.3, 75.0)
BOARDING_S = 30 * 60  # a feeder reaches the hub this long before the coach leaves


def read_problem(document: Any) -> Problem:
    """Turn a parsed season into a Problem.

    `hubs`: id, lat, lon, mountain_s; `cities`: id, lat, lon; `townships`: id, hub, feeder_s; `days`; `workers`: a list of
    {id, township, destination, earliest_day, latest_day} or one object of such columns. Optional: `seconds` and `metres` over
    hubs then cities, and any of LIMITS and `detour`.
    """
    hubs, cities, towns = (rows(document, key) for key in ("hubs", "cities", "townships"))
    refuse_strangers(_strangers(document))
    hub_index, city_index, town_index = (
        _index(part, name) for part, name in ((hubs, "hubs"), (cities, "cities"), (towns, "townships"))
    )
    days = whole(document, "days", "", 1)
    if days > 366:
        raise BadInput("days", "一季最多 366 天。", "a season has at most 366 days")
    columns = _columns(document.get("workers"))
    matrix = _matrix(document, hubs + cities)
    hub_of = [_known(row.get("hub"), hub_index, f"townships[{n}].hub") for n, row in enumerate(towns)]
    feeder = [whole(row, "feeder_s", f"townships[{n}].", 0, 0) for n, row in enumerate(towns)]
    mountain = [whole(row, "mountain_s", f"hubs[{n}].", 0, 0) for n, row in enumerate(hubs)]
    township, city, first, last = _workers(columns, town_index, city_index, days)
    least = {"seats": 1, "most_hubs": 1, "most_drops": 1, "train_min": 1}
    limits: dict[str, Any] = {key: whole(document, key, "", least.get(key, 0)) for key in LIMITS if key in document}
    if "detour" in document:
        limits["detour"] = _detour(document["detour"])
    ids = tuple(map(str, columns["id"]))
    return Problem(
        ids, township, city, first, last, tuple(hub_index), tuple(city_index), tuple(town_index), np.array(hub_of, np.int32),
        matrix.seconds, matrix.metres, np.array(feeder, np.int32), np.array(mountain, np.int32), days, matrix.provenance, **limits,
    )  # fmt: skip


def _strangers(document: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    yield from strangers(document, TOP, "{}")
    for table, known in ROWS.items():
        part = document.get(table)
        if isinstance(part, dict):
            yield from strangers(part, known, f"{table}.{{}}")
        for number, row in enumerate(part if isinstance(part, list) else ()):
            if isinstance(row, dict) and not row.keys() <= set(known):
                yield from strangers(row, known, f"{table}[{number}].{{}}")


def _detour(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 1.0 <= value <= 3.0:
        raise BadInput("detour", "绕行系数应在 1 到 3 之间。", "a detour factor is between 1 and 3")
    return float(value)


def _index(part: list[dict[str, Any]], name: str) -> dict[str, int]:
    index: dict[str, int] = {}
    for number, row in enumerate(part):
        if "id" not in row or str(row["id"]) in index:
            raise BadInput(f"{name}[{number}].id", "缺少编号或重复。", "the id is missing or used twice")
        index[str(row["id"])] = number
    if not index:
        raise BadInput(name, "不能为空。", "must not be empty")
    return index


def _known(name: Any, index: dict[str, int], place: str) -> int:
    if str(name) not in index:
        raise BadInput(place, f"没有「{str(name)[:40]}」。", f"unknown: {str(name)[:40]!r}")
    return index[str(name)]


def _columns(workers: Any) -> dict[str, list[Any]]:
    """Return workers by column; `id` is optional in columns."""
    if isinstance(workers, list):
        for number, row in enumerate(workers):
            lost = [key for key in ("id", *COLUMNS) if not isinstance(row, dict) or key not in row]
            if lost:
                raise BadInput(f"workers[{number}].{lost[0]}", "缺少这一项。", "this field is missing")
        return {key: [row[key] for row in workers] for key in ("id", *COLUMNS)}
    if not isinstance(workers, dict):
        raise BadInput("workers", "应为列表,或按列给出的对象。", "expected a list, or an object of columns")
    for key in COLUMNS:
        if not isinstance(workers.get(key), list) or len(workers[key]) != len(workers[COLUMNS[0]]):
            raise BadInput(f"workers.{key}", "应为列表,且各列一样长。", "expected lists of one length")
    count = len(workers[COLUMNS[0]])
    ids = workers.get("id", list(range(count)))
    if not isinstance(ids, list) or len(ids) != count or len(set(map(str, ids))) != count:
        raise BadInput("workers.id", "编号应每人一个,不重复。", "expected one distinct id for each worker")
    return {"id": ids, **{key: workers[key] for key in COLUMNS}}


def _matrix(document: dict[str, Any], points: list[dict[str, Any]]) -> Matrix:
    if "seconds" in document or "metres" in document:
        return uploaded(document.get("seconds"), document.get("metres"), len(points))
    places: list[tuple[float, float]] = []
    for number, row in enumerate(points):
        place: Any = (row.get("lat"), row.get("lon"))
        if not all(isinstance(x, int | float) and not isinstance(x, bool) for x in place):
            raise BadInput(f"hubs and cities [{number}].lat, lon", "缺少经纬度,也没有上传矩阵。", "no coordinates and no matrix")
        places.append(place)
    return ROAD.measure(places)


def _workers(
    columns: dict[str, list[Any]], towns: dict[str, int], cities: dict[str, int], days: int
) -> tuple[Array, Array, Array, Array]:
    """Return township, city, first and last day of every worker; the first fault is named by its row."""
    town = [towns.get(str(name), -1) for name in columns["township"]]
    city = [cities.get(str(name), -1) for name in columns["destination"]]
    for key, found in (("township", town), ("destination", city)):
        if -1 in found:
            row = found.index(-1)
            raise BadInput(f"workers[{row}].{key}", f"没有「{str(columns[key][row])[:40]}」。", "unknown place")
    first, last = (_days(columns[key], key) for key in ("earliest_day", "latest_day"))
    bad = np.flatnonzero((first < 0) | (last >= days) | (first > last))
    if len(bad):
        row = int(bad[0])
        raise BadInput(f"workers[{row}]", f"出发窗口应在第 0 到 {days - 1} 天内。", f"the window lies in day 0 to {days - 1}")
    return np.array(town, np.int32), np.array(city, np.int32), first, last


def _days(values: list[Any], key: str) -> Array:
    for row, value in enumerate(values):
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > 10_000:
            raise BadInput(f"workers[{row}].{key}", "应为第几天(整数)。", "expected a day number")
    return np.array(values, np.int32)


def write_plan(problem: Problem, plan: Plan) -> dict[str, Any]:
    """Return the timetable with pick-ups, arrivals, drivers' rests and manifests."""
    people = sum(len(d.workers) for d in plan.departures if not d.train)
    coaches = plan.coaches()
    trains = len(plan.departures) - coaches
    fill = people / (coaches * problem.seats) if coaches else 0.0
    zh = f"{coaches} 车次(下限 {plan.bound},逐日到期发车需 {plan.plain}),专列 {trains},满座率 {fill:.0%}"
    en = f"{coaches} coaches (at least {plan.bound}; the plain rule needs {plan.plain}), {trains} trains, {fill:.0%} full"
    return {
        "coaches": coaches,
        "trains": trains,
        "bound": plan.bound,
        "plain_rule": plan.plain,
        "fill": round(fill, 4),
        "departures": [_line(problem, d) for d in plan.departures],
        "not_carried": [problem.ids[w] for w in plan.not_carried],
        "provenance": plan.provenance,
        "summary": [f"{zh} / {en}"],
    }


def _line(problem: Problem, departure: Departure) -> dict[str, Any]:
    workers = list(departure.workers)
    towns = Counter(problem.township[workers].tolist())
    drops = Counter(problem.city[workers].tolist())
    calls = dict.fromkeys(departure.hubs, departure.leave_s)
    for leg, hub in enumerate(departure.hubs[1:] if departure.log else ()):
        calls[hub] = max(part.end_s for part in departure.log if part.leg == leg)
    pick_ups = [
        {
            "township": problem.townships[t],
            "hub": problem.hubs[problem.hub_of[t]],
            "people": n,
            "leave_s": calls[int(problem.hub_of[t])] - int(problem.feeder_s[t]) - BOARDING_S,
        }
        for t, n in sorted(towns.items())
    ]
    arrivals = departure.arrive_s or (None,) * len(departure.cities)
    return {
        "kind": "train" if departure.train else "coach",
        "day": departure.day,
        "hubs": [problem.hubs[h] for h in departure.hubs],
        "leave_s": None if departure.train else departure.leave_s,
        "drivers": 0 if departure.train else problem.rules.drivers,
        "pick_ups": pick_ups,
        "drops": [
            {"city": problem.cities[c], "people": drops[c], "arrive_s": at}
            for c, at in zip(departure.cities, arrivals, strict=True)
        ],
        "rests": [[p.start_s, p.end_s] for p in departure.log if p.what == "rest"],
        "manifest": [problem.ids[w] for w in workers],
    }
