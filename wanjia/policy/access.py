"""How children's files are read beyond a duty (查阅批准、紧急查阅), as in force on a day, read from `access.toml`. Pure."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from .editions import held_on

FILE = Path(__file__).with_name("access.toml")


@dataclass(frozen=True)
class Edition:
    """The limits of a time: from its first day, until the day on which it no longer holds. purposes: {code: (zh, en)}."""

    starts: date
    ends: date | None
    source: tuple[str, str]
    break_minutes: int
    break_least: int
    break_a_day: int
    review_days: int
    most_days: int
    at_once_hours: int
    phones_a_day: int
    purposes: dict[str, tuple[str, str]]

    @property
    def at_once(self) -> timedelta:
        """How long after its discovery a report of a child in danger is not late yet."""
        return timedelta(hours=self.at_once_hours)

    @property
    def broken_for(self) -> timedelta:
        """How long an emergency opens a file."""
        return timedelta(minutes=self.break_minutes)


@cache
def editions() -> tuple[Edition, ...]:
    """Return every edition of the file, the oldest first."""
    return tuple(sorted((_edition(one) for one in tomllib.loads(FILE.read_text(encoding="utf-8"))["edition"]), key=lambda one: one.starts))


def _edition(row: dict[str, Any]) -> Edition:
    limits = {name: row[name] for name in ("break_minutes", "break_least", "break_a_day", "review_days", "most_days", "at_once_hours", "phones_a_day")}
    purposes = {one["code"]: (one["zh"], one["en"]) for one in row["purposes"]}
    return Edition(row["from"], row.get("until"), (row["source_zh"], row["source_en"]), **limits, purposes=purposes)


def in_force(on: date) -> Edition:
    """Return the edition in force on a day; before the first one, that: a child is protected on every day."""
    return held_on(editions(), on) or editions()[0]


def purpose(code: str, english: bool = False) -> str:
    """Return the words of a purpose, as the latest edition that knows it says it; an unknown code as it is."""
    known = {name: words for one in editions() for name, words in one.purposes.items()}
    return known[code][english] if code in known else code
