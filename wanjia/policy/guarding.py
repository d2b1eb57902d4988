"""How much somebody stands at a gate, what a roster weighs, when an uncovered slot is told. Pure. Data: guarding.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from functools import cache
from pathlib import Path

from .editions import begun_by

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Edition:
    """What holds from a day on. per_day, per_week: most duties by party; needs: {party: qualifications}; the weights in points; the rest as the data says."""

    starts: date
    per_day: Mapping[str, int]
    per_week: Mapping[str, int]
    both_ends: tuple[str, ...]
    night_rest_hours: int
    needs: Mapping[str, tuple[str, ...]]
    reach_km: int
    far_km: int
    near_km: int
    open_seat: int
    not_fixed: int
    per_km: int
    off_target: int
    steeper_beyond: int
    steeper_extra: int
    per_change: int
    person_week: int
    term_person_week: int
    day_before: time
    hour_before_minutes: int
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
