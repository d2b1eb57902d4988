"""Appraisal of homes by quarter: turnout, how long lists hang, whom one helps instead, what no text may say; by the edition in force on a day. Data: appraisal.toml."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from .editions import begun_by
from .spelling import joined, met

FILE = Path(__file__).with_suffix(".toml")
LIST, STORY = "list", "story"


@dataclass(frozen=True)
class Criterion:
    """What homes are appraised by, from a day."""

    starts: date
    words: str
    source: str


@dataclass(frozen=True)
class Never:
    """What stands in no text: any of these words, and why not. on: the texts that it holds for (LIST, STORY)."""

    why: str
    words: tuple[str, ...]
    on: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Helped:
    """A status of a member by which a home is helped and never told; no codes: all of the scheme."""

    scheme: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Edition:
    """What holds from `starts`. turnout: (n, of) of the homes on a poll's roll; the others are days, but for most_listed (homes), most_pictures and old_from (years)."""

    starts: date
    turnout: tuple[int, int]
    most_listed: int
    late_days: int
    list_days: int
    repair_days: int
    private_days: int
    most_pictures: int
    strict_days: int
    story_days: int
    old_from: int
    source: str
    confirm: str

    def enough(self, cast: int, homes: int) -> bool:
        """Tell whether so many of so many homes are enough for a list."""
        part, whole = self.turnout
        return homes > 0 and cast * whole >= homes * part


@cache
def _said() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text())


@cache
def editions() -> tuple[Edition, ...]:
    """Return all editions, the oldest first."""
    return tuple(sorted((_edition(one) for one in _said()["edition"]), key=lambda one: one.starts))


def in_force(day: date) -> Edition:
    """Return the edition in force on `day`; before the first, the first."""
    return begun_by(editions(), day)


def criteria(day: date) -> tuple[Criterion, ...]:
    """Return what homes are appraised by on a day."""
    found = (Criterion(one["from"], one["words"], one["source"]) for one in _said()["criterion"])
    return tuple(one for one in found if one.starts <= day)


@cache
def nevers() -> tuple[Never, ...]:
    """Return what no text may say."""
    return tuple(Never(one["why"], tuple(one["words"]), tuple(one["on"]), one["source"]) for one in _said()["never"])


@cache
def helped() -> tuple[Helped, ...]:
    """Return the statuses by which a home is helped and never told."""
    return tuple(Helped(one["scheme"], tuple(one["codes"])) for one in _said()["help"])


def crossed(text: str, on: str, names: Iterable[str] = ()) -> tuple[str, str] | None:
    """Return (the word, why not) of the first thing that a text may not say, None where it says none. on: LIST or STORY; names: of people who are not to be named."""
    found = met(text, ((line.words, line.why) for line in nevers() if on in line.on))
    named = next((name for name in names if len(joined(name)) > 1 and joined(name) in joined(text)), None)
    return found or ((named, "只写户编号,不写姓名") if named else None)


def last_day(first: date, days: int) -> date:
    """Return the last of so many days, the first included."""
    return first + timedelta(days=days - 1)


def _edition(said: dict[str, Any]) -> Edition:
    names = ("most_listed", "late_days", "list_days", "repair_days", "private_days", "most_pictures", "strict_days", "story_days", "old_from", "source", "confirm")
    return Edition(starts=said["from"], turnout=(said["turnout"][0], said["turnout"][1]), **{name: said[name] for name in names})
