"""How often each line of a child in company is to be reached, and how a line stands by its last contact. Pure. Data: contacts.toml.

The one definition of “contacted in its time” (ADR 131): by whole months and quarters of the calendar, never by days gone by, so that the month card, the
page, the list and the figure of one day can say nothing different. The database asks the same by the first days that `bounds` returns.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from .editions import begun_by
from .statuses import months_after

FILE = Path(__file__).with_suffix(".toml")
LINES = ("parent", "teacher", "student")
PRIORITY, OTHERS = "priority", "others"  # the two classes of rhythm
KEPT, DUE, LATE = 0, 1, 2  # the worse, the more


@dataclass(frozen=True)
class Edition:
    """What holds from a day on. priority: groups of children; every: {class: {line: months}}; meet: {class: months}; look_days: until a class is looked at anew; zh, en: the rule as a helper reads it."""

    starts: date
    priority: tuple[str, ...]
    every: dict[str, dict[str, int]]
    meet: dict[str, int]
    look_days: int
    source: str
    confirm: str
    zh: str
    en: str

    def class_of(self, groups: tuple[str, ...]) -> str:
        """Return the class of a child by the groups it is in."""
        return PRIORITY if set(groups) & set(self.priority) else OTHERS


@dataclass(frozen=True)
class Owed:
    """What somebody else owes: said beside the lines, counted nowhere."""

    id: str
    zh: str
    en: str
    source: str


@cache
def editions() -> tuple[Edition, ...]:
    """Return every edition, the oldest first."""
    rows = sorted(tomllib.loads(FILE.read_text(encoding="utf-8"))["edition"], key=lambda row: row["from"])
    return tuple(
        Edition(row["from"], tuple(row["priority"]), row["every"], row["meet"], row["look_days"], row["source"], row["confirm"], row["zh"], row["en"]) for row in rows
    )


@cache
def owed() -> tuple[Owed, ...]:
    """Return what others owe."""
    return tuple(Owed(**row) for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["duty"])


def in_force(day: date) -> Edition:
    """Return the edition in force on `day`; before the first, the first."""
    return begun_by(editions(), day)


def begins(day: date, months: int) -> date:
    """Return the first day of the stretch of so many calendar months in which `day` lies: of its month, of its quarter."""
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def bounds(day: date, months: int) -> tuple[date, date]:
    """Return (first day of the stretch in which `day` lies, first day of the one before): a last contact since the one is kept, since the other due."""
    first = begins(day, months)
    return first, months_after(first, -months)


def standing(last_on: date | None, since: date, day: date, months: int) -> int:
    """Say how a line stands on `day`: KEPT in the stretch that runs, DUE in it (reached in the one before, or in company only since then), else LATE.

    since: the first day of the company; a line cannot be late of a time in which nobody was there to keep it.
    """
    first, before = bounds(day, months)
    if last_on is not None and last_on >= first:
        return KEPT
    return DUE if since >= first or (last_on is not None and last_on >= before) else LATE
