"""Festivals of care events, by the edition in force on a day. Data: events.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from .editions import begun_by

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Festival:
    """A festival: on a day of every year ("mm-dd"), or on the listed days by the moon calendar."""

    code: str
    zh: str
    en: str
    on: str = ""
    days: tuple[date, ...] = ()

    def dates(self, year: int) -> list[date]:
        """Return its day in a year, none where no list says it."""
        if self.on:
            return [date.fromisoformat(f"{year}-{self.on}")]
        return [one for one in self.days if one.year == year]


@dataclass(frozen=True)
class Edition:
    """What holds from `starts`: days around a festival, the most hours of one shift."""

    starts: date
    around_days: int
    most_hours: int
    festivals: tuple[Festival, ...]
    source: str
    confirm: str

    def belongs(self, code: str, day: date) -> bool:
        """Tell whether an event on `day` may be called one of the festival; yes where no list knows the year."""
        festival = next((one for one in self.festivals if one.code == code), None)
        if festival is None:
            return not code
        near = [one for year in (day.year - 1, day.year, day.year + 1) for one in festival.dates(year)]
        known = any(festival.dates(year) for year in (day.year,))
        return not known or any(abs(one - day) <= timedelta(days=self.around_days) for one in near)


@cache
def editions() -> tuple[Edition, ...]:
    """Return all editions, the oldest first."""
    return tuple(sorted(map(_edition, tomllib.loads(FILE.read_text())["edition"]), key=lambda one: one.starts))


def in_force(day: date) -> Edition:
    """Return the edition in force on `day`; before the first, the first."""
    return begun_by(editions(), day)


def _edition(said: dict[str, Any]) -> Edition:
    festivals = tuple(Festival(one["code"], one["zh"], one["en"], one.get("on", ""), tuple(one.get("days", ()))) for one in said["festival"])
    return Edition(said["from"], said["around_days"], said["most_hours"], festivals, said["source_zh"], said["confirm_zh"])
