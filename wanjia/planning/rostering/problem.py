"""The nouns of rostering (护学岗排班): who may stand where and when, and what each choice costs."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from datetime import date

Duty = tuple[str, str, str]  # guard, day, slot
Cell = tuple[str, str]  # seat, day
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


@dataclass(frozen=True)
class Post:
    """A place at a school to be guarded (岗位), such as its gate or a crossing."""

    id: str
    school: str
    place: str = "gate"


@dataclass(frozen=True)
class Seat:
    """One person's place at a post in one slot (岗次), to be filled on every day of the roster.

    allowed: the guards who may take it; fixed_person: who should (定人定岗), or None.
    """

    id: str
    post: str
    slot: str
    kinds: tuple[str, ...]
    allowed: tuple[str, ...]
    fixed_person: str | None = None
    qualifications: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guard:
    """A person who stands guard (护学岗人员). Caps count duties, None for no cap.

    target: fair number of duties for the whole roster; carried: duties above (or below) the fair share brought over
    from earlier in the term; km: school → whole kilometres from home or station.
    """

    id: str
    kind: str
    target: int
    km: dict[str, int] = field(hash=False)
    cap_per_day: int | None = None
    cap_per_week: int | None = None
    cap_per_month: int | None = None
    carried: int = 0
    name: str = ""
    qualifications: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """Return the name, or the code of a guard without one."""
        return self.name or self.id


@dataclass(frozen=True)
class Rules:
    """What a roster may never break, beside caps and absences.

    Nobody is in two places in one slot, always. `no_three_days_with_both_ends` lists the kinds of guard who may not
    serve both the first and the last slot of the day on three roster days running. Roster days are those listed in
    `Problem.days`, so Thursday, Friday, Monday run on: the strictest reading, which also keeps every looser one
    (three dates running are always three roster days running).
    """

    no_three_days_with_both_ends: frozenset[str] = frozenset()
    first_slot: str = ""
    last_slot: str = ""


@dataclass(frozen=True)
class Weights:
    """The price of each disappointment, in points; lower totals are better.

    per_change: a seat and day that differs from the published roster; per_person_week: each different person that a
    seat sees in one ISO week.
    """

    open_seat: int = 1000
    not_fixed_person: int = 4
    per_km: int = 1
    per_duty_off_target: int = 3
    steeper_beyond: int = 4
    steeper_extra_per_duty: int = 6
    per_change: int = 0
    per_person_week: int = 0


@dataclass(frozen=True)
class Problem:
    """Days, seats and guards, the rules between them, and the price of each choice.

    days and days_before: ISO dates in order; absent and served_before: (guard, day, slot); locks: (seat, day) → guard
    or None for a seat kept open; published: (seat, day) → guard or None, the base that changes are counted from.
    """

    days: tuple[str, ...]
    posts: tuple[Post, ...]
    seats: tuple[Seat, ...]
    guards: tuple[Guard, ...]
    absent: frozenset[Duty] = frozenset()
    rules: Rules = Rules()
    weights: Weights = Weights()
    locks: dict[Cell, str | None] = field(default_factory=dict, hash=False)
    published: dict[Cell, str | None] = field(default_factory=dict, hash=False)
    days_before: tuple[str, ...] = ()
    served_before: frozenset[Duty] = frozenset()

    def changed(self, **fields: object) -> Problem:
        """Return a copy with some fields replaced."""
        return dataclasses.replace(self, **fields)  # type: ignore[arg-type]

    def weighing(self, **weights: int) -> Problem:
        """Return a copy with some weights replaced."""
        return self.changed(weights=dataclasses.replace(self.weights, **weights))

    def seat_named(self) -> dict[str, Seat]:
        """Return the seats by their codes."""
        return {seat.id: seat for seat in self.seats}

    def guard_named(self) -> dict[str, Guard]:
        """Return the guards by their codes."""
        return {guard.id: guard for guard in self.guards}

    def school_of_post(self) -> dict[str, str]:
        """Return the school of each post, by the codes."""
        return {post.id: post.school for post in self.posts}


@dataclass(frozen=True)
class Roster:
    """Who stands where: `plan` maps every (seat, day) to a guard or None for an open seat.

    objective: the points by the weights; bound: no roster can score less (honest, never above the optimum);
    finished: False when time or the user stopped the search.
    """

    plan: dict[Cell, str | None]
    objective: int
    bound: float
    finished: bool = True
    cpu_s: float = 0.0

    @property
    def gap(self) -> float:
        """Return how far the objective may be above the optimum, as a share of the objective."""
        return max(0.0, self.objective - self.bound) / max(1.0, abs(self.objective))

    def summary(self) -> str:
        """Return one line for a log."""
        opened = sum(guard is None for guard in self.plan.values())
        return f"{len(self.plan)} duties, {opened} open, {self.objective} points, gap {self.gap:.3%}"


def week_of(day: str) -> tuple[int, int]:
    """Return the ISO year and week of a day."""
    return date.fromisoformat(day).isocalendar()[:2]


def slot_order(slot: str) -> tuple[int, int, str]:
    """Return a key that sorts slots by time of day; a slot that is no time (H:MM or HH:MM) comes last, hour 24."""
    time = _TIME.fullmatch(slot)
    return (int(time[1]), int(time[2]), slot) if time else (24, 0, slot)
