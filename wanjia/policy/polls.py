"""What a poll of homes keeps to, by the edition in force on a day. Data: polls.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from .editions import begun_by

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Edition:
    """What holds from `starts`. least_class: homes; most_reserve: cards."""

    starts: date
    least_class: int
    most_reserve: int
    source: str
    confirm: str


@cache
def editions() -> tuple[Edition, ...]:
    """Return all editions, the oldest first."""
    found = tomllib.loads(FILE.read_text())["edition"]
    return tuple(sorted((Edition(one.pop("from"), **one) for one in found), key=lambda one: one.starts))


def in_force(day: date) -> Edition:
    """Return the edition in force on `day`; before the first, the first."""
    return begun_by(editions(), day)
