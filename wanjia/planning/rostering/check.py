"""The referee: which rules a roster breaks, in words, and what it costs. Shares no code with the solver.

Written for clarity, one rule at a time, from the rules alone; `explain` asks the same questions of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from wanjia.planning.rostering.problem import Cell, Duty, Guard, Problem, Seat


@dataclass(frozen=True)
class Breach:
    """One broken rule. rule: its short name; place: where; zh, en: a sentence to act on."""

    rule: str
    place: str
    zh: str
    en: str


@dataclass(frozen=True)
class Score:
    """The points of a roster and how they come about. Every field is in points but `open_seats` and `people`."""

    total: int
    open_seats: int
    people: int
    cover: int
    fixed: int
    km: int
    fairness: int
    changes: int
    stability: int


def breaches(problem: Problem, plan: Mapping[Cell, str | None]) -> list[Breach]:
    """List every rule that the plan breaks. Empty means valid."""
    found = _shape_breaches(problem, plan)
    seats, guards, days, duties = problem.seat_named(), problem.guard_named(), set(problem.days), defaultdict(list)
    for (code, day), who in plan.items():
        seat = seats.get(code)
        if seat is None or day not in days:
            continue
        found += lock_breaches(problem, seat, day, who)
        if who is not None and who in guards:
            found += seat_breaches(problem, seat, day, guards[who])
            duties[who].append((day, seat.slot))
    for who in sorted(duties):
        found += guard_breaches(problem, guards[who], duties[who])
    return found


def _shape_breaches(problem: Problem, plan: Mapping[Cell, str | None]) -> list[Breach]:
    wanted = {(seat.id, day) for seat in problem.seats for day in problem.days}
    people, found = {guard.id for guard in problem.guards}, []
    for seat, day in sorted(wanted - plan.keys()):
        found.append(Breach("missing", f"{seat} {day}", "名册缺少这一岗次。", "This seat and day is missing."))
    for seat, day in sorted(plan.keys() - wanted):
        found.append(Breach("unknown", f"{seat} {day}", "没有这一岗次或日期。", "No such seat or day."))
    for (seat, day), who in plan.items():
        if who is not None and who not in people:
            found.append(Breach("unknown", f"{seat} {day}", f"没有 {who} 这个人。", f"No such guard: {who}."))
    return found


def lock_breaches(problem: Problem, seat: Seat, day: str, who: str | None) -> list[Breach]:
    """Tell whether a locked seat and day has become something else."""
    locked = problem.locks.get((seat.id, day), who)
    if locked == who:
        return []
    return [Breach("lock", f"{seat.id} {day}", f"已锁定为 {locked or '空岗'}。", f"It is locked to {locked or 'open'}.")]


def seat_breaches(problem: Problem, seat: Seat, day: str, guard: Guard) -> list[Breach]:
    """Tell why this guard may not take this seat on this day, whatever else he does; most basic rule first."""
    place, name, found = f"{seat.id} {day}", guard.called, []
    if seat.kinds and guard.kind not in seat.kinds:
        found.append(Breach("kind", place, f"{name} 的类别不符合本岗次。", f"{name} is not of a kind for this seat."))
    lacking = [need for need in seat.qualifications if need not in guard.qualifications]
    if lacking:
        words = "、".join(lacking)
        found.append(Breach("qualification", place, f"{name} 缺少资格:{words}。", f"{name} lacks: {', '.join(lacking)}."))
    if guard.id not in seat.allowed:
        found.append(Breach("allowed", place, f"{name} 不在本岗次名单内。", f"{name} is not on the list of this seat."))
    if (guard.id, day, seat.slot) in problem.absent:
        found.append(Breach("absent", place, f"{name} 该时段请假。", f"{name} is absent in that slot."))
    return found


def guard_breaches(problem: Problem, guard: Guard, duties: Iterable[tuple[str, str]]) -> list[Breach]:
    """Tell which rules a guard's (day, slot) duties break, those served before the roster counted in."""
    known, before = set(problem.days_before), _served_by(problem.served_before).get(guard.id, [])
    mine, now = Counter([*duties, *(duty for duty in before if duty[0] in known)]), set(problem.days)
    found = [
        Breach(
            "slot", f"{guard.id} {day} {slot}", f"{guard.called} 同一时段在 {n} 处。", f"{guard.called} is in {n} places at once."
        )
        for (day, slot), n in sorted(mine.items())
        if n > 1 and day in now
    ]
    found += _over(guard, mine, now, lambda day: day, guard.cap_per_day, "day_cap", ("每天", "a day"))
    found += _over(guard, mine, now, iso_week, guard.cap_per_week, "week_cap", ("每周", "a week"))
    found += _over(guard, mine, now, lambda day: day[:7], guard.cap_per_month, "month_cap", ("每月", "a month"))
    return found + _rest_breaches(problem, guard, mine)


@lru_cache(maxsize=64)
def _served_by(duties: frozenset[Duty]) -> dict[str, list[tuple[str, str]]]:
    """Return (guard, day, slot) triples by guard; a question about one guard must not read everybody's."""
    by_guard: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for guard, day, slot in duties:
        by_guard[guard].append((day, slot))
    return by_guard


@cache
def iso_week(day: str) -> str:
    """Return the ISO week of a day, such as 2026-W37."""
    year, week, _ = date.fromisoformat(day).isocalendar()
    return f"{year}-W{week:02d}"


def _over(
    guard: Guard,
    mine: Counter[tuple[str, str]],
    now: set[str],
    span_of: Callable[[str], str],
    cap: int | None,
    rule: str,
    words: tuple[str, str],
) -> list[Breach]:
    if cap is None:
        return []
    total: Counter[str] = Counter()
    for (day, _), n in mine.items():
        total[span_of(day)] += n
    touched = {span_of(day) for day, _ in mine if day in now}
    return [
        Breach(
            rule,
            f"{guard.id} {span}",
            f"{guard.called} {words[0]}最多 {cap} 岗,已排 {total[span]} 岗。",
            f"{guard.called} may serve {cap} duties {words[1]} and has {total[span]}.",
        )
        for span in sorted(touched)
        if total[span] > cap
    ]


def _rest_breaches(problem: Problem, guard: Guard, mine: Counter[tuple[str, str]]) -> list[Breach]:
    rules, line = problem.rules, [*problem.days_before, *problem.days]
    if guard.kind not in rules.no_three_days_with_both_ends:
        return []
    full = [mine[day, rules.first_slot] > 0 and mine[day, rules.last_slot] > 0 for day in line]
    return [
        Breach(
            "rest",
            f"{guard.id} {line[i]}",
            f"{guard.called} 从 {line[i]} 起连续三个工作日早晚都上岗。",
            f"{guard.called} would serve both ends of three roster days running from {line[i]}.",
        )
        for i in range(len(line) - 2)
        if full[i] and full[i + 1] and full[i + 2] and line[i + 2] in problem.days
    ]


def score(problem: Problem, plan: Mapping[Cell, str | None]) -> Score:
    """Count the points of a plan by the problem's weights. A distance not given counts as none; `breaches` objects."""
    weights, seats, guards = problem.weights, problem.seat_named(), problem.guard_named()
    school = problem.school_of_post()
    opened = strangers = km = moved = 0
    load: Counter[str] = Counter()
    faces: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (code, day), who in plan.items():
        moved += (code, day) in problem.published and problem.published[code, day] != who
        if who is None:
            opened += 1
            continue
        seat = seats[code]
        strangers += seat.fixed_person != who
        km += guards[who].km.get(school[seat.post], 0)
        load[who] += 1
        faces[code, iso_week(day)].add(who)
    people = sum(len(group) for group in faces.values())
    cover, fixed = opened * weights.open_seat, strangers * weights.not_fixed_person
    fairness = sum(unfairness(problem, guard, load[guard.id]) for guard in problem.guards)
    distance, changes, stability = km * weights.per_km, moved * weights.per_change, people * weights.per_person_week
    total = cover + fixed + distance + fairness + changes + stability
    return Score(total, opened, people, cover, fixed, distance, fairness, changes, stability)


def unfairness(problem: Problem, guard: Guard, duties: int) -> int:
    """Return the points for a guard who serves this many duties: straight, and steeper beyond a few."""
    off = abs(duties + guard.carried - guard.target)
    steep = max(0, off - problem.weights.steeper_beyond)
    return off * problem.weights.per_duty_off_target + steep * problem.weights.steeper_extra_per_duty
