"""What a plan of a school must hold: windows around the bells, guards by pupils, its review; by the edition in force on a day. Data: schools.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from .editions import begun_by

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Ladder:
    """Guards by pupils. steps: (below so many pupils, so many guards), rising; per: beyond the last step, one more for every so many begun."""

    steps: tuple[tuple[int, int], ...]
    per: int

    def guards(self, pupils: int) -> int:
        """Return how many guards are advised for so many pupils."""
        for below, n in self.steps:
            if pupils < below:
                return n
        below, n = self.steps[-1]
        return n + (pupils - below) // self.per + 1


@dataclass(frozen=True)
class Edition:
    """What holds from `starts`. before, after: minutes around a bell; most: the longest that a plan may say; first_days: of a term, from its first."""

    starts: date
    before: int
    after: int
    most: int
    review_months: int
    soon_days: int
    first_days: int
    day: Ladder
    boarding: Ladder
    source: str
    confirm: str

    def guards(self, pupils: int, boards: bool) -> int:
        """Return how many guards are advised for a school."""
        return (self.boarding if boards else self.day).guards(pupils)


@cache
def editions() -> tuple[Edition, ...]:
    """Return all editions, the oldest first."""
    return tuple(sorted(map(_edition, tomllib.loads(FILE.read_text())["edition"]), key=lambda one: one.starts))


def in_force(day: date) -> Edition:
    """Return the edition in force on `day`; before the first, the first."""
    return begun_by(editions(), day)


def _edition(said: dict[str, Any]) -> Edition:
    day, boarding = (Ladder(tuple((below, n) for below, n in said[name]["steps"]), said[name]["per"]) for name in ("day", "boarding"))
    return Edition(
        said["from"], said["before_minutes"], said["after_minutes"], said["most_minutes"], said["review_months"], said["soon_days"], said["first_days"], day, boarding,
        said["source"], said["confirm"],
    )  # fmt: skip


def soon(day: date) -> date:
    """Return the day up to which a plan that is to be looked at anew is told of on `day`."""
    return day + timedelta(days=in_force(day).soon_days)
