"""When a meeting must be called because enough ask for it, by what holds on a day; how early the desk says that a month, a quarter, a year runs out without one. Data: calls.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from .meetings import Share

FILE = Path(__file__).with_suffix(".toml")
ADULTS, REPRESENTATIVES = "adults", "representatives"


@dataclass(frozen=True)
class CallRule:
    """What it takes from a day on that a body must be called (联名提议). shares: {who asks: the share of them}; within_days: from the day on which enough had signed."""

    body: str
    starts: date
    shares: dict[str, Share]
    within_days: int
    source: str
    confirm: str

    def must_sign(self, side: str, roll: int) -> int:
        """Return how many of a roll must sign. Raises KeyError for a side that may not ask."""
        return max(1, self.shares[side].of(roll))

    def due_on(self, day: date) -> date:
        """Return by when the meeting is held, where enough had signed on a day."""
        return day + timedelta(days=self.within_days)


@cache
def _said() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def rules() -> tuple[CallRule, ...]:
    """Return all rules, the oldest first."""
    found = (CallRule(one["body"], one["from"], {by: Share(*share) for by, share in one["shares"].items()}, one["within_days"], one["source"], one["confirm"]) for one in _said()["call"])
    return tuple(sorted(found, key=lambda one: one.starts))


def in_force(body: str, day: date, matter: str = "") -> CallRule | None:
    """Return what it takes on a day that a body must be called; for a matter with a rule of its own (a removal), that one. None where nothing says so."""
    standing = [one for one in rules() if one.starts <= day]
    found = [one for one in standing if one.body == matter] or [one for one in standing if one.body == body]
    return found[-1] if found else None


@cache
def warned_days() -> dict[int, int]:
    """Return {how often a year: how many days before the end of the month, quarter, year the desk asks for a meeting}."""
    return {one["per_year"]: one["warned_days"] for one in _said()["rhythm"]}
