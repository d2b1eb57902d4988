"""Law into school: who may be a vice-principal for law, what a school is owed, when what is missing is told. Pure. Data: law_lessons.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .editions import begun_by

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Edition:
    """What holds from a day on; the fields as the data says."""

    starts: date
    organs: tuple[str, ...]
    legal_years: int
    schools_a_person: int
    people_a_school: int
    term_months: int
    retired_age: int
    retired_months: int
    hours_a_year: int
    check_months: int
    topics: tuple[str, ...]
    take_home: tuple[str, ...]
    aspects: tuple[str, ...]
    tell_before_end: tuple[int, ...]
    close_from: int
    vacant_days: int
    ending_days: int
    check_days: int
    lessons_a_term: int
    owed_a_term: int
    letter_days: int
    back_days: int
    slips: Mapping[str, tuple[str, ...]]
    source: str
    confirm: str


@cache
def editions() -> tuple[Edition, ...]:
    """Return every edition, the oldest first."""
    rows = sorted(tomllib.loads(FILE.read_text(encoding="utf-8"))["edition"], key=lambda row: row["from"])
    names = [one.name for one in fields(Edition) if one.name != "starts"]
    return tuple(Edition(row["from"], *(_kept(row[name]) for name in names)) for row in rows)


def _kept(value: Any) -> Any:
    """Return what the data say, lists so that nobody changes them."""
    return tuple(value) if isinstance(value, list) else value


def in_force(day: date) -> Edition:
    """Return the edition in force on `day`; before the first, the first."""
    return begun_by(editions(), day)


def age_on(born: date, day: date) -> int:
    """Return how many whole years somebody is old on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
