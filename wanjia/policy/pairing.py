"""What counts when children are paired with helpers, and by when a child has somebody. Pure. Data: pairing.toml."""

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path

from .editions import begun_by

FILE = Path(__file__).with_suffix(".toml")
LANGUAGES = {"彝族": "yi", "苗族": "miao"}  # what a child of these is likely to speak at home; everybody else Chinese


@dataclass(frozen=True)
class Edition:
    """What holds from a day on. alone_days, others_days: working days; capacity, most: children of one helper; the rest: points."""

    starts: date
    alone_days: int
    others_days: int
    base: int
    language: int
    woman: int
    village: int
    township: int
    kept: int
    capacity: int
    most: int
    source: str


@cache
def editions() -> tuple[Edition, ...]:
    """Return every edition, the oldest first."""
    rows = sorted(tomllib.loads(FILE.read_text(encoding="utf-8"))["edition"], key=lambda row: row["from"])
    names = [one.name for one in fields(Edition) if one.name != "starts"]
    return tuple(Edition(row["from"], *(row[name] for name in names)) for row in rows)


def in_force(day: date) -> Edition:
    """Return the edition in force on `day`; before the first, the first."""
    return begun_by(editions(), day)


def language_of(ethnicity: str) -> str:
    """Return the language that a child most likely speaks at home."""
    return LANGUAGES.get(ethnicity, "mandarin")
