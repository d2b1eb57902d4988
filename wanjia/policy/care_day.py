"""Hours of classes after school and of canteens: when somebody who is missing is looked for. Pure. Data: care_day.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from .editions import begun_by

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Edition:
    """What holds from a day on. late_after, fetched_within, meal_missed_after: minutes; diner_age: years from which the canteen is for somebody; marked_within: days in which a mark is changed without a reason."""

    starts: date
    late_after: int
    fetched_within: int
    meal_missed_after: int
    marked_within: int
    diner_age: int
    source: str


@cache
def editions() -> tuple[Edition, ...]:
    """Return every edition, the oldest first."""
    rows = sorted(tomllib.loads(FILE.read_text(encoding="utf-8"))["edition"], key=lambda row: row["from"])
    return tuple(Edition(row["from"], row["late_after"], row["fetched_within"], row["meal_missed_after"], row["marked_within"], row["diner_age"], row["source"]) for row in rows)


def in_force(day: date) -> Edition:
    """Return the edition in force on `day`; before the first, the first."""
    return begun_by(editions(), day)
