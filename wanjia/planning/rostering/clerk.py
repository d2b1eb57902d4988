"""The greedy clerk: fills the roster day by day, the way it is done by hand. A floor to beat, and a fallback in time.

It keeps every rule, prefers the fixed person, then whoever is nearest and furthest below target, and never looks back.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from wanjia.planning.rostering.problem import Cell, Guard, Problem, Seat, week_of


class Clerk:
    """What the clerk has written down so far: who serves where, and how much."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.guards, self.school = problem.guard_named(), problem.school_of_post()
        self.days = problem.days_before + problem.days
        self.week = {day: week_of(day) for day in self.days}
        self.at = {day: i for i, day in enumerate(self.days)}
        self.busy: set[tuple[str, str, str]] = set()
        self.load: Counter[str] = Counter()
        self.count: Counter[tuple[str, str | tuple[int, int]]] = Counter()
        self.ends: dict[str, Counter[int]] = defaultdict(Counter)

    def note(self, guard: str, day: str, slot: str) -> None:
        """Write down a duty."""
        self.busy.add((guard, day, slot))
        self.load[guard] += day >= self.problem.days[0]
        for span in (day, self.week[day], day[:7]):
            self.count[guard, span] += 1
        if slot in (self.problem.rules.first_slot, self.problem.rules.last_slot):
            self.ends[guard][self.at[day]] += 1

    def may(self, guard: Guard, day: str, slot: str) -> bool:
        """Tell whether a guard may take one more duty, by every rule."""
        duty = (guard.id, day, slot)
        if duty in self.busy or duty in self.problem.absent:
            return False
        spans = ((guard.cap_per_day, day), (guard.cap_per_week, self.week[day]), (guard.cap_per_month, day[:7]))
        if any(cap is not None and self.count[guard.id, span] >= cap for cap, span in spans):
            return False
        return not self._tires(guard, day, slot)

    def _tires(self, guard: Guard, day: str, slot: str) -> bool:
        rules, ends, t = self.problem.rules, self.ends[guard.id], self.at[day]
        if guard.kind not in rules.no_three_days_with_both_ends or slot not in (rules.first_slot, rules.last_slot):
            return False
        windows = range(max(0, t - 2), min(len(self.days) - 3, t) + 1)
        return any(ends[w] + ends[w + 1] + ends[w + 2] >= 5 for w in windows)

    def choose(self, seat: Seat, day: str) -> str | None:
        """Return the guard whom the clerk would send, or None."""
        able = [self.guards[g] for g in seat.allowed if self.may(self.guards[g], day, seat.slot)]
        best = min(able, key=lambda guard: self._dislike(seat, guard), default=None)
        return None if best is None else best.id

    def _dislike(self, seat: Seat, guard: Guard) -> tuple[float, str]:
        weights, ahead = self.problem.weights, self.load[guard.id] + guard.carried - guard.target
        points = weights.per_km * guard.km[self.school[seat.post]] + weights.per_duty_off_target * ahead
        return points + weights.not_fixed_person * (guard.id != seat.fixed_person), guard.id


def greedy(problem: Problem) -> dict[Cell, str | None]:
    """Return a roster that keeps every rule, made in one pass: scarce seats first, day by day."""
    clerk, seats = Clerk(problem), problem.seat_named()
    known = set(clerk.days)
    for guard, day, slot in sorted(problem.served_before):
        if day in known:
            clerk.note(guard, day, slot)
    plan: dict[Cell, str | None] = {(seat.id, day): None for seat in problem.seats for day in problem.days}
    for (code, day), held in problem.locks.items():
        plan[code, day] = held
        if held is not None:
            clerk.note(held, day, seats[code].slot)
    for day in problem.days:
        for seat in sorted(problem.seats, key=lambda seat: (len(seat.allowed), seat.id)):
            if (seat.id, day) not in problem.locks:
                who = plan[seat.id, day] = clerk.choose(seat, day)
                if who is not None:
                    clerk.note(who, day, seat.slot)
    return plan
