"""Drive a long road by the rules and note every hour of it: arrival times that include rests, night stops and daylight."""

from itertools import pairwise

from .problem import DriveRules, Problem, Segment

DAY = 86_400


def route_legs(problem: Problem, hubs: tuple[int, ...], cities: tuple[int, ...]) -> list[tuple[int, int]]:
    """Return (mountain seconds, other seconds) of each leg between calls; legs between hubs are all mountain road."""
    shift = len(problem.hubs)
    stops = [*hubs, *(shift + c for c in cities)]
    legs = []
    for order, (a, b) in enumerate(pairwise(stops)):
        total = int(problem.seconds[a, b])
        mountain = total if order + 1 < len(hubs) else 0
        if order + 1 == len(hubs):
            mountain = min(total, int(problem.mountain_s[a]))
        legs.append((mountain, total - mountain))
    return legs


def drive(rules: DriveRules, leave_s: int, legs: list[tuple[int, int]], drops_from: int) -> tuple[Segment, ...]:
    """Return the log of the journey. drops_from: the first leg that ends in a city; there people get off for drop_s."""
    log: list[Segment] = []
    clock = leave_s
    for leg, parts in enumerate(legs):
        for what, seconds in zip(("mountain", "drive"), parts, strict=True):
            clock = _cover(rules, log, clock, seconds, what, leg)
        if leg >= drops_from:
            log.append(Segment(clock, clock + rules.drop_s, "drop", leg))
            clock += rules.drop_s
    return tuple(log)


def _cover(rules: DriveRules, log: list[Segment], clock: int, seconds: int, what: str, leg: int) -> int:
    while seconds > 0:
        rest = _must_rest(rules, log, clock, what)
        if rest > 0:
            log.append(Segment(clock, clock + rest, "rest", leg))
            clock += rest
            continue
        step = min(seconds, _may_drive(rules, log, clock, what))
        log.append(Segment(clock, clock + step, what, leg))
        clock += step
        seconds -= step
    return clock


def _since_rest(rules: DriveRules, log: list[Segment], clock: int, night: bool) -> int:
    """Return the seconds driven since the last rest long enough; by night those driven since nightfall only."""
    total = 0
    nightfall = clock - ((clock - rules.night_from_s) % DAY)
    for part in reversed(log):
        if part.what in ("rest", "drop"):
            if part.end_s - part.start_s >= rules.rest_s:
                break
            continue
        total += part.end_s - max(part.start_s, nightfall) if night and part.end_s > nightfall else 0
        total += part.end_s - part.start_s if not night else 0
    return total


def _last_day(rules: DriveRules, log: list[Segment], clock: int) -> int:
    """Return the seconds driven in the 24 h before `clock`."""
    return sum(max(0, p.end_s - max(p.start_s, clock - DAY)) for p in log if p.what not in ("rest", "drop"))


def _is_night(rules: DriveRules, clock: int) -> bool:
    return clock % DAY >= rules.night_from_s or clock % DAY < rules.night_to_s


def _must_rest(rules: DriveRules, log: list[Segment], clock: int, what: str) -> int:
    """Return how long the coach must stand now, 0 when it may go on."""
    hour = clock % DAY
    if rules.closed_from_s <= hour < rules.closed_to_s:
        return rules.closed_to_s - hour
    if what == "mountain" and not rules.day_from_s <= hour < rules.day_to_s:
        return (rules.day_from_s - hour) % DAY
    if _last_day(rules, log, clock) >= rules.drivers * rules.driver_day_s:
        return rules.driver_day_s
    tired = _since_rest(rules, log, clock, False) >= rules.stretch_s
    tired = tired or (_is_night(rules, clock) and _since_rest(rules, log, clock, True) >= rules.night_stretch_s)
    return rules.rest_s if tired else 0


def _may_drive(rules: DriveRules, log: list[Segment], clock: int, what: str) -> int:
    """Return how long the coach may drive before the rules must be asked again."""
    limits = [rules.stretch_s - _since_rest(rules, log, clock, False)]
    limits.append(rules.drivers * rules.driver_day_s - _last_day(rules, log, clock))
    if _is_night(rules, clock):
        limits.append(rules.night_stretch_s - _since_rest(rules, log, clock, True))
    marks = [rules.closed_from_s, rules.night_from_s, rules.night_to_s]
    marks += [rules.day_to_s] if what == "mountain" else []
    limits += [(mark - clock) % DAY or DAY for mark in marks]
    return max(1, min(limits))
