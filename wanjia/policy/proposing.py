"""By when a villager's proposal is answered, how often one address may send one; by the edition of a day. Data: proposing.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from .editions import begun_by

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Edition:
    """What holds from `starts`. answer_days: to answer; again_days: in which its bringer may ask to think again; per_hour, wrong_per_hour: of an address; per_day: of a village."""

    starts: date
    answer_days: int
    again_days: int
    per_hour: int
    per_day: int
    wrong_per_hour: int
    source: str
    confirm: str


@cache
def editions() -> tuple[Edition, ...]:
    """Return all editions, the oldest first."""
    found = (Edition(starts=one.pop("from"), **one) for one in tomllib.loads(FILE.read_text(encoding="utf-8"))["edition"])
    return tuple(sorted(found, key=lambda one: one.starts))


def in_force(day: date) -> Edition:
    """Return the edition in force on a day; before the first, the first."""
    return begun_by(editions(), day)
