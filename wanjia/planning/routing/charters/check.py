"""The referee of the charter departures: riders, windows, seats, sharing rules and every hour of the drivers' log.

Shares no code with the solver.
"""

from dataclasses import dataclass

from .problem import Departure, DriveRules, Plan, Problem, Segment

DAY = 86_400


@dataclass(frozen=True)
class Breach:
    """departure: index in the plan, −1 for the whole plan."""

    kind: str
    departure: int
    zh: str
    en: str


def breaches(problem: Problem, plan: Plan) -> list[Breach]:
    """List every rule that the plan breaks. Empty means valid."""
    riders = [worker for departure in plan.departures for worker in departure.workers] + list(plan.not_carried)
    said = []
    if sorted(riders) != list(range(len(problem.ids))):
        said.append(Breach("riders", -1, "有人遗漏或重复", "a worker is missing or rides twice"))
        return said
    judged: dict[tuple[object, ...], list[tuple[str, str, str]]] = {}
    for number, departure in enumerate(plan.departures):
        found = rider_faults(problem, departure)
        if departure.train:
            found += _train_faults(problem, departure)
        else:
            key = (departure.hubs, departure.cities, departure.leave_s, departure.arrive_s, departure.log)
            if key not in judged:
                judged[key] = sharing_faults(problem, departure.hubs, departure.cities) + _log_faults(problem, departure)
            found += judged[key] + _feeder_faults(problem, departure)
        said += [Breach(kind, number, zh, en) for kind, zh, en in found]
    return said


def rider_faults(problem: Problem, departure: Departure) -> list[tuple[str, str, str]]:
    """Return what is wrong with who rides: seats, windows, hubs and cities."""
    said = []
    seats = problem.train_seats if departure.train else problem.seats
    if len(departure.workers) > seats:
        said.append(("seats", "超员", "more riders than seats"))
    for worker in departure.workers:
        if not int(problem.first[worker]) <= departure.day <= int(problem.last[worker]):
            said.append(("window", f"{problem.ids[worker]} 不能在这天走", f"{problem.ids[worker]} may not leave on this day"))
        if int(problem.hub_of[problem.township[worker]]) not in departure.hubs:
            said.append(("hub", f"{problem.ids[worker]} 的集散点不停", f"no call at the hub of {problem.ids[worker]}"))
        if int(problem.city[worker]) not in departure.cities:
            said.append(("city", f"{problem.ids[worker]} 的城市不停", f"no call at the city of {problem.ids[worker]}"))
    return said


def sharing_faults(problem: Problem, hubs: tuple[int, ...], cities: tuple[int, ...]) -> list[tuple[str, str, str]]:
    """Return what is wrong with the calls of one coach."""
    said = []
    if len(hubs) > problem.most_hubs or len(cities) > problem.most_drops:
        said.append(("calls", "停靠太多", "too many calls"))
    gaps = [int(problem.metres[a][b]) for a in hubs for b in hubs if a != b]
    if max(gaps, default=0) > problem.hub_gap_m:
        said.append(("gap", "集散点相距太远", "the hubs are too far apart"))
    stops = list(hubs) + [len(problem.hubs) + city for city in cities]
    way = 0
    for k in range(1, len(stops)):
        way += int(problem.metres[stops[k - 1]][stops[k]])
    if way > problem.detour * int(problem.metres[stops[0]][stops[-1]]):
        said.append(("detour", "绕行太多", "too long a detour"))
    return said


def _train_faults(problem: Problem, departure: Departure) -> list[tuple[str, str, str]]:
    few = len(departure.workers) < problem.train_min
    return [("train", "人数不够开专列", "too few people for a train")] if few else []


def _feeder_faults(problem: Problem, departure: Departure) -> list[tuple[str, str, str]]:
    longest = max((int(problem.feeder_s[problem.township[w]]) for w in departure.workers), default=0)
    dark = departure.leave_s - longest < problem.rules.day_from_s
    return [("feeder", "接驳车天亮前就要出发", "a feeder would start before daylight")] if dark else []


def _log_faults(problem: Problem, departure: Departure) -> list[tuple[str, str, str]]:
    said, log, rules = [], departure.log, problem.rules
    clock = departure.leave_s
    for part in log:
        if part.start_s != clock or part.end_s <= part.start_s:
            said.append(("log", "行车记录不连续", "the log has a gap"))
            break
        clock = part.end_s
    stops = [*departure.hubs, *(len(problem.hubs) + c for c in departure.cities)]
    for leg in range(len(stops) - 1):
        said += _leg_faults(problem, departure, leg, int(problem.seconds[stops[leg]][stops[leg + 1]]))
    drops = tuple(part.start_s for part in log if part.what == "drop")
    if drops != departure.arrive_s or len(drops) != len(departure.cities):
        said.append(("arrival", "到达时间与行车记录不符", "arrivals differ from the log"))
    return said + driver_faults(rules, log)


def _leg_faults(problem: Problem, departure: Departure, leg: int, needed: int) -> list[tuple[str, str, str]]:
    parts = [part for part in departure.log if part.leg == leg]
    driven = {what: sum(p.end_s - p.start_s for p in parts if p.what == what) for what in ("drive", "mountain")}
    out = len(departure.hubs) - 1
    mountain = needed if leg < out else min(needed, int(problem.mountain_s[departure.hubs[-1]])) if leg == out else 0
    if driven["mountain"] != mountain or driven["drive"] != needed - mountain:
        return [("travel", "行车时间不够", "the log drives less or more than the road asks")]
    return []


def driver_faults(rules: DriveRules, log: tuple[Segment, ...]) -> list[tuple[str, str, str]]:
    """Return which driving rule a log breaks, minute by minute over its driving parts."""
    said = set()
    driving = [p for p in log if p.what in ("drive", "mountain")]
    for p in driving:
        if _overlap(p, rules.closed_from_s, rules.closed_to_s):
            said.add(("closed", "2 点到 5 点行车", "drives between 02:00 and 05:00"))
        if p.what == "mountain" and (_overlap(p, 0, rules.day_from_s) or _overlap(p, rules.day_to_s, DAY)):
            said.add(("mountain", "夜间走山路", "takes a mountain road by night"))
    stretch = night = 0
    for p in log:
        if p.what in ("rest", "drop"):
            if p.end_s - p.start_s >= rules.rest_s:
                stretch = night = 0
            continue
        stretch += p.end_s - p.start_s
        dark = _overlap(p, 0, rules.night_to_s) + _overlap(p, rules.night_from_s, DAY)
        night = night + dark if dark and not _overlap(p, rules.night_to_s, rules.night_from_s) else dark
        if stretch > rules.stretch_s or night > rules.night_stretch_s:
            said.add(("stretch", "连续驾驶太久", "drives too long without a rest"))
    for p in driving:
        day = sum(max(0, min(q.end_s, p.end_s) - max(q.start_s, p.end_s - DAY)) for q in driving)
        if day > rules.drivers * rules.driver_day_s:
            said.add(("hours", "司机一天驾驶太久", "the drivers drive too long in 24 hours"))
    return sorted(said)


def _overlap(part: Segment, low: int, high: int) -> int:
    """Return how many seconds of a segment lie between two hours of the day."""
    total = 0
    for day in range(part.start_s // DAY, part.end_s // DAY + 1):
        total += max(0, min(part.end_s, day * DAY + high) - max(part.start_s, day * DAY + low))
    return total
