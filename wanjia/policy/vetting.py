"""How long a query of somebody's records counts (密切接触未成年人背景审查). Pure. Data: vetting.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from .editions import begun_by
from .statuses import months_after

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Edition:
    """What holds from a day on. valid_months: how long a query counts; told_days: how long before its end it is told."""

    starts: date
    valid_months: int
    told_days: int
    source: str


@cache
def editions() -> tuple[Edition, ...]:
    """Return every edition, the oldest first."""
    rows = sorted(tomllib.loads(FILE.read_text(encoding="utf-8"))["edition"], key=lambda row: row["from"])
    return tuple(Edition(row["from"], row["valid_months"], row["told_days"], row["source"]) for row in rows)


def in_force(day: date) -> Edition:
    """Return the edition in force on `day`; before the first, the first."""
    return begun_by(editions(), day)


def valid_until(on: date) -> date:
    """Return the first day on which a query of `on` counts no longer."""
    return months_after(on, in_force(on).valid_months)
