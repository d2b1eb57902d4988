"""The 25 steps of recruitment: the graph of earliest and latest days, law and custom told apart; by the edition in force on a day. Pure. Data: recruiting.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .editions import begun_by
from .statuses import months_after

FILE = Path(__file__).with_suffix(".toml")
RULE, CUSTOM = "rule", "custom"


@dataclass(frozen=True)
class Step:
    """One of the 25 steps. stage: 1 to 5."""

    number: int
    stage: int
    words: str


@dataclass(frozen=True)
class Span:
    """So many months after the step `after`, `step` is due at the earliest (a wait) or at the latest (a limit)."""

    step: int
    after: int
    months: int
    basis: str
    source: str


@dataclass(frozen=True)
class Note:
    """What else a step asks, in words."""

    step: int
    basis: str
    words: str


@dataclass(frozen=True)
class Bound:
    """A day, by what, and why. basis: rule or custom."""

    day: date
    basis: str
    source: str


@dataclass(frozen=True)
class Edition:
    """What holds from `starts`. mentors, introducers: from, to; extension: months from, to; training: the step, its least hours; reviewed: steps that come again, within review_months."""

    starts: date
    least_age: int
    age_basis: str
    mentors: tuple[int, int]
    introducers: tuple[int, int]
    extension: tuple[int, int]
    probation_ends: int
    training: tuple[int, int]
    reviewed: tuple[int, ...]
    review_months: int
    bands: tuple[int, ...]
    smallest: int
    source: str
    confirm: str
    stages: tuple[str, ...]
    steps: tuple[Step, ...]
    waits: tuple[Span, ...]
    limits: tuple[Span, ...]
    lapses: tuple[Span, ...]
    notes: tuple[Note, ...]

    def step(self, number: int) -> Step:
        """Return a step by its number. Raises LookupError for one that is none."""
        for one in self.steps:
            if one.number == number:
                return one
        raise LookupError(number)

    def earliest(self, number: int, days: Mapping[int, date], born: date | None = None, basis: str = RULE, extended: int = 0) -> Bound | None:
        """Return the earliest day of a step, of what the rules or custom ask, by the days of the steps before it; None where nothing bounds it.

        born: who applies is of age on that day; None: not known. extended: months by which probation was extended. No step is earlier than one that comes before it.
        """
        more = extended if number == self.probation_ends else 0
        found = [Bound(months_after(days[one.after], one.months + more), one.basis, one.source) for one in self.waits if one.step == number and one.basis == basis and one.after in days]
        if basis == RULE:
            found += [Bound(day, RULE, f"{self.source}:第 {other} 步在前") for other, day in days.items() if other < number]
            if born is not None and number == 1:
                found.append(Bound(of_age(born, self.least_age), RULE, self.age_basis))
        return max(found, key=lambda one: one.day, default=None)

    def latest(self, number: int, days: Mapping[int, date]) -> Bound | None:
        """Return the day by which a step should be done, None where nothing says so."""
        return _last(self.limits, number, days)

    def lapse(self, number: int, days: Mapping[int, date]) -> Bound | None:
        """Return the last day on which a step still counts, None where it always does."""
        return _last(self.lapses, number, days)

    def next_review(self, number: int, last: date) -> date:
        """Return the day by which a review comes again."""
        return months_after(last, self.review_months)

    def notes_of(self, number: int) -> tuple[Note, ...]:
        """Return what else a step asks."""
        return tuple(one for one in self.notes if one.step == number)


def balance(counts: Mapping[str, int], smallest: int) -> dict[str, int | None]:
    """Return counts of which no small one can be worked out from the others and their sum: None where one is hidden, and then never one alone."""
    hidden = {name for name, n in counts.items() if 0 < n < smallest}
    rest = sorted((name for name, n in counts.items() if n >= smallest), key=lambda name: counts[name])
    while hidden and rest and (len(hidden) < 2 or sum(counts[name] for name in hidden) < smallest):
        hidden.add(rest.pop(0))
    return {name: None if name in hidden else n for name, n in counts.items()}


def _last(spans: tuple[Span, ...], number: int, days: Mapping[int, date]) -> Bound | None:
    found = [Bound(months_after(days[one.after], one.months), one.basis, one.source) for one in spans if one.step == number and one.after in days]
    return min(found, key=lambda one: one.day, default=None)


def of_age(born: date, years: int) -> date:
    """Return the day on which somebody is so many years old; born on 29 February, 1 March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


@cache
def editions() -> tuple[Edition, ...]:
    """Return all editions, the oldest first."""
    return tuple(sorted(map(_edition, tomllib.loads(FILE.read_text(encoding="utf-8"))["edition"]), key=lambda one: one.starts))


def in_force(day: date) -> Edition:
    """Return the edition in force on `day`; before the first, the first."""
    return begun_by(editions(), day)


def _edition(said: dict[str, Any]) -> Edition:
    waits, limits, lapses = (tuple(Span(**one) for one in said[name]) for name in ("wait", "limit", "lapse"))
    pairs: dict[str, Any] = {name: (said[name][0], said[name][1]) for name in ("mentors", "introducers", "extension", "training")}
    plain: dict[str, Any] = {name: said[name] for name in ("least_age", "age_basis", "probation_ends", "review_months", "smallest", "source", "confirm")}
    return Edition(
        starts=said["from"], reviewed=tuple(said["reviewed"]), bands=tuple(said["bands"]), stages=tuple(said["stages"]), steps=tuple(Step(*one) for one in said["steps"]),
        waits=waits, limits=limits, lapses=lapses, notes=tuple(Note(**one) for one in said["note"]), **pairs, **plain,
    )  # fmt: skip
