"""The ladder (督办阶梯): its rungs in force on a day, read from `ladder.toml`, on which working day each falls due, and whom it tells.

Pure: the calendar is handed in. A rung falls due on the morning of a working day. 80 % of ten working days have gone by when the eighth is
over, so the reminder comes on the morning of the ninth; of one day it comes on that day.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

from .editions import held_on

FILE = Path(__file__).with_name("ladder.toml")
DAY = timedelta(days=1)
Unit = TypeVar("Unit")


@dataclass(frozen=True)
class Rung:
    """One rung of one clock. share: percent of its working days gone by; after: working days past its last day; behind: past the rung below."""

    clock: str
    level: int
    share: int | None = None
    after: int | None = None
    behind: int = 0


@dataclass(frozen=True)
class Edition:
    """The ladder of a time: from its first day, until the day on which it no longer holds; the hours within which anybody is told."""

    starts: date
    ends: date | None
    source: tuple[str, str]
    opens: time
    closes: time
    asked_days: int
    handover_days: int
    agree_days: int
    rungs: tuple[Rung, ...]

    def of(self, clock: str) -> tuple[Rung, ...]:
        """Return the rungs of a clock, the lowest first."""
        return tuple(sorted((one for one in self.rungs if one.clock == clock), key=lambda one: one.level))


@cache
def editions() -> tuple[Edition, ...]:
    """Return every edition of the file, the oldest first."""
    return tuple(sorted((_edition(one) for one in tomllib.loads(FILE.read_text(encoding="utf-8"))["edition"]), key=lambda one: one.starts))


def _edition(row: dict[str, Any]) -> Edition:
    rungs = tuple(Rung(**one) for one in row["rung"])
    source = (row["source_zh"], row["source_en"])
    return Edition(row["from"], row.get("until"), source, row["opens"], row["closes"], row["asked_days"], row["handover_days"], row["agree_days"], rungs)


def in_force(on: date) -> Edition | None:
    """Return the edition in force on a day, or None before the first and in a gap: then nothing climbs."""
    return held_on(editions(), on)


class Dated(Protocol):
    """A day that was counted."""

    @property
    def on(self) -> date:
        """Return the day."""


class Calendar(Protocol):
    """Working days, as the county's calendar has them (kernel.calendar.WorkingCalendar)."""

    def works(self, day: date) -> bool:
        """Tell whether a day is worked."""

    def add(self, start: date, days: int) -> Dated:
        """Return the day so many working days after `start`."""

    def between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and including `end`."""


@dataclass(frozen=True)
class Clock:
    """What climbs: the day from which it is counted, its last day, and how many working days between did not count (stops)."""

    starts_on: date
    ends_on: date
    stopped: int = 0


def falls_due(rung: Rung, clock: Clock, before: date | None, calendar: Calendar) -> date | None:
    """Return the working day on which a rung falls due; None while the rung below it, which it waits for, was not climbed.

    before: the day on which that one was climbed.
    """
    if rung.share is not None:
        return _reminded_on(rung.share, clock, calendar)
    day = calendar.add(clock.ends_on, rung.after or 0).on
    if not rung.behind:
        return day
    return max(day, calendar.add(before, rung.behind).on) if before else None


def _reminded_on(share: int, clock: Clock, calendar: Calendar) -> date:
    """Count back from the end, not from the start: where the stopped days lie is then no matter, as long as they are over."""
    days = max(calendar.between(clock.starts_on, clock.ends_on) - clock.stopped, 0)
    if not days:  # it ends before another working day: the first one there is
        return calendar.add(clock.ends_on - DAY, 1).on
    day = _worked(clock.ends_on, calendar)
    for _day in range(days - min(share * days // 100 + 1, days)):
        day = _worked(day - DAY, calendar)
    return max(day, calendar.add(clock.starts_on, 1).on)


def _worked(day: date, calendar: Calendar) -> date:
    """Return the last working day up to and including `day`."""
    while not calendar.works(day):
        day -= DAY
    return day


def fallen(rungs: Iterable[Rung], clock: Clock, climbed: Mapping[int, date], day: date, calendar: Calendar) -> Iterator[tuple[int, date]]:
    """Yield (level, the day on which it fell due) of the rungs of a clock that have fallen due by a day and were not climbed, the lowest first.

    climbed: {level: the day on which it was climbed}.
    """
    before = None
    for rung in rungs:
        due, before = falls_due(rung, clock, before, calendar), climbed.get(rung.level)
        if before is None and due is not None and due <= day:
            yield rung.level, due


def highest(name: str, clock: Clock, climbed: Mapping[int, date], day: date, calendar: Calendar) -> int:
    """Return the highest rung of a clock that has fallen due by a day and was not climbed; 0 for none, and where no ladder is in force."""
    edition = in_force(day)
    return max((level for level, _due in fallen(edition.of(name), clock, climbed, day, calendar)), default=0) if edition else 0


def told(chain: Sequence[Unit], level: int) -> Unit | None:
    """Return who of a chain a rung tells: who answers, for the lower two; from the 督办 on one further up each; at its end the last of all.

    chain: who answers first, then who stands above, the nearest first. None where it is empty.
    """
    return chain[min(max(level - 2, 0), len(chain) - 1)] if chain else None
