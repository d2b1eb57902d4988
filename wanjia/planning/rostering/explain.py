"""Why is Li here on Friday? Every answer is built from the referee, never from the solver's insides.

For one seat and day: everybody allowed, each with the first rule that keeps him away or with what it would cost to
send him instead. For what stays open: the cheapest remedy, said before the slot.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from wanjia.planning.contract import BadInput
from wanjia.planning.rostering.check import (
    Breach,
    guard_breaches,
    iso_week,
    lock_breaches,
    score,
    seat_breaches,
)
from wanjia.planning.rostering.problem import Cell, Guard, Problem, Seat

_REMEDY_ORDER = ("day_cap", "week_cap", "month_cap", "allowed", "rest", "slot", "absent")


@dataclass(frozen=True)
class Candidate:
    """One person for one seat and day. rule: the first rule that excludes him; price: points more if he is sent."""

    guard: str
    name: str
    stands_here: bool
    rule: Breach | None
    price: int | None


@dataclass(frozen=True)
class Explanation:
    """Who stands here, everybody allowed (cheapest first, then the excluded), and the answer in words."""

    seat: str
    day: str
    guard: str | None
    candidates: tuple[Candidate, ...]
    zh: str
    en: str


@dataclass(frozen=True)
class Shortfall:
    """An open seat and the cheapest remedy, as a sentence; guard: whom it asks, or None."""

    seat: str
    day: str
    guard: str | None
    rule: str
    zh: str
    en: str


class Standing:
    """A plan with each guard's duties at hand, for many questions about the same plan."""

    def __init__(self, problem: Problem, plan: Mapping[Cell, str | None]) -> None:
        self.problem, self.plan = problem, plan
        self.seats, self.guards = problem.seat_named(), problem.guard_named()
        self.cells: dict[str, list[Cell]] = defaultdict(list)
        for cell, who in plan.items():
            if who is not None:
                self.cells[who].append(cell)
        self.week_of = {day: iso_week(day) for day in problem.days}
        self.days_of_week: dict[str, list[str]] = defaultdict(list)
        for day in problem.days:
            self.days_of_week[self.week_of[day]].append(day)

    def seat(self, code: str, day: str) -> Seat:
        """Return the seat. Raises BadInput when there is no such seat or day."""
        if code not in self.seats:
            raise BadInput(f"seat {code}", "没有这一岗次。", "no such seat.")
        if day not in self.week_of:
            raise BadInput(f"day {day}", "这一天不在本排班表内。", "this day is not in the roster.")
        return self.seats[code]

    def rule_against(self, seat: Seat, day: str, guard: Guard) -> Breach | None:
        """Return the first rule that sending this guard would newly break, or None."""
        found = lock_breaches(self.problem, seat, day, guard.id) + seat_breaches(self.problem, seat, day, guard)
        if found:
            return found[0]
        duties = [(cell[1], self.seats[cell[0]].slot) for cell in self.cells[guard.id] if cell != (seat.id, day)]
        already = {(breach.rule, breach.place) for breach in guard_breaches(self.problem, guard, duties)}
        after = guard_breaches(self.problem, guard, [*duties, (day, seat.slot)])
        return next((breach for breach in after if (breach.rule, breach.place) not in already), None)

    def price_of(self, changes: Mapping[Cell, str | None]) -> int:
        """Return how many points more the plan costs after these changes, by the referee's own count.

        Only the people and seat-weeks concerned are counted, before and after: all else cancels out.
        """
        people = {who for cell, new in changes.items() for who in (self.plan[cell], new) if who is not None}
        cells = set(changes) | {cell for who in people for cell in self.cells[who]}
        cells |= {(seat, other) for seat, day in changes for other in self.days_of_week[self.week_of[day]]}
        before = {cell: self.plan[cell] for cell in cells}
        counted = people | {who for who in before.values() if who is not None}
        small = self.problem.changed(
            guards=tuple(self.guards[who] for who in sorted(counted)),
            seats=tuple(self.seats[seat] for seat in sorted({cell[0] for cell in cells})),
        )
        return score(small, before | dict(changes)).total - score(small, before).total


def candidates(standing: Standing, code: str, day: str) -> list[Candidate]:
    """Return everybody allowed at a seat on a day: who stands here first, then by price, then the excluded."""
    seat, here = standing.seat(code, day), standing.plan[code, day]
    found = []
    for who in seat.allowed:
        guard = standing.guards[who]
        rule = None if who == here else standing.rule_against(seat, day, guard)
        price = None if rule else 0 if who == here else standing.price_of({(code, day): who})
        found.append(Candidate(who, guard.called, who == here, rule, price))
    return sorted(found, key=lambda one: (not one.stands_here, one.price is None, one.price or 0, one.guard))


def explain(standing: Standing, code: str, day: str) -> Explanation:
    """Say why whoever stands at this seat on this day does, or why nobody does."""
    everybody, here = candidates(standing, code, day), standing.plan[standing.seat(code, day).id, day]
    free = [one for one in everybody if one.price is not None and not one.stands_here]
    zh, en = _why(standing, code, day, here, free, len(everybody))
    lines = [_line(one) for one in everybody if not one.stands_here]
    return Explanation(
        code,
        day,
        here,
        tuple(everybody),
        "\n".join([zh, *(f"· {line[0]}" for line in lines)]),
        "\n".join([en, *(f"· {line[1]}" for line in lines)]),
    )


def _why(standing: Standing, code: str, day: str, here: str | None, free: list[Candidate], count: int) -> tuple[str, str]:
    if here is None:
        if not free:
            return f"{day} 此岗空缺:名单上 {count} 人都被规则排除。", f"Open on {day}: rules exclude all {count} on the list."
        return f"{day} 此岗空缺,{free[0].name} 可以上岗。", f"Open on {day}; {free[0].name} could come."
    name = standing.guards[here].called
    if standing.problem.locks.get((code, day)) == here:
        return f"{name} 已被锁定在此岗。", f"{name} is locked to this seat."
    fixed = standing.seats[code].fixed_person == here
    if not free:
        return f"{name} 在此岗:其余 {count - 1} 人都被规则排除。", f"{name} is here: rules exclude the other {count - 1}."
    role = ("是此岗定人," if fixed else "", "the fixed person of this seat; " if fixed else "")
    best = free[0]
    if best.price is not None and best.price < 0:
        return (
            f"{name} {role[0]}但换 {best.name} 可省 {-best.price} 分。",
            f"{name}: {role[1]}sending {best.name} instead would save {-best.price} points.",
        )
    return (
        f"{name} {role[0]}换成其他任何人都不会更好(最接近的是 {best.name},+{best.price} 分)。",
        f"{name}: {role[1]}nobody else would be better (closest {best.name}, +{best.price} points).",
    )


def _line(one: Candidate) -> tuple[str, str]:
    if one.rule:
        return one.rule.zh, one.rule.en
    return f"{one.name} 可以来,{one.price:+d} 分。", f"{one.name} could come, {one.price:+d} points."


def shortfalls(problem: Problem, plan: Mapping[Cell, str | None]) -> list[Shortfall]:
    """List what nobody covers, day by day, each with its cheapest remedy."""
    standing = Standing(problem, plan)
    opened = sorted((day, code) for (code, day), who in plan.items() if who is None)
    return [_remedy(standing, code, day) for day, code in opened]


def _remedy(standing: Standing, code: str, day: str) -> Shortfall:
    seat = standing.seats[code]
    if standing.problem.locks.get((code, day), code) is None:
        zh, en = "此岗已锁定为空岗:需要人时请先解除锁定。", "This seat is locked open: lift the lock if somebody is needed."
        return Shortfall(code, day, None, "lock", zh, en)
    choices = []
    for guard in _of_the_right_kind(standing, seat):
        rule = standing.rule_against(seat, day, guard)
        order = -1 if rule is None else _REMEDY_ORDER.index(rule.rule) if rule.rule in _REMEDY_ORDER else 99
        behind = len(standing.cells[guard.id]) + guard.carried - guard.target
        choices.append((order, behind, guard.id, rule.rule if rule else "free"))
    choices = [choice for choice in choices if choice[0] != 99]
    if not choices:
        kinds = "/".join(seat.kinds)
        zh, en = f"没有可用的 {kinds} 人员,请为此校增派一人。", f"No {kinds} at hand: appoint one for this school."
        return Shortfall(code, day, None, "nobody", zh, en)
    _, _, who, against = min(choices)
    zh, en = _REMEDIES[against]
    name = standing.guards[who].called
    return Shortfall(code, day, who, against, zh.format(name=name), en.format(name=name))


def _of_the_right_kind(standing: Standing, seat: Seat) -> list[Guard]:
    need = set(seat.qualifications)
    return [
        guard
        for guard in standing.problem.guards
        if (not seat.kinds or guard.kind in seat.kinds) and need <= set(guard.qualifications)
    ]


_REMEDIES = {
    "free": ("{name} 可以直接上岗。", "{name} can simply come."),
    "day_cap": ("请 {name} 同意当天多上一岗。", "Ask {name} to serve one more duty that day."),
    "week_cap": ("请 {name} 同意本周多上一岗。", "Ask {name} to serve one more duty that week."),
    "month_cap": ("请 {name} 同意本月多上一岗。", "Ask {name} to serve one more duty that month."),
    "allowed": ("请审批人把 {name} 临时列入此岗名单。", "Have {name} put on the list of this seat."),
    "rest": ("请 {name} 换下前后一天的早岗或晚岗,再来此岗。", "Relieve {name} of one end of a day nearby, then send him."),
    "slot": ("把 {name} 从同一时段的另一岗调来,那一岗另找人。", "Move {name} from another seat of this slot and refill it."),
    "absent": ("请 {name} 能否提前销假。", "Ask whether {name} can come back early."),
}
