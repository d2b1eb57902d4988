"""How a party branch lives: how often each of its meetings is due, what it takes to decide; by what holds on a day. Data: branch.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from .editions import begun_by
from .meetings import Share

FILE = Path(__file__).with_suffix(".toml")
MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Rhythm:
    """How often one kind of meeting is due from a day on. per: month, quarter or year; least: how many in it; quorum: of those due, what must be there, None: no rule; basis: rule or custom."""

    kind: str
    starts: date
    words: str
    per: str
    least: int
    quorum: Share | None
    basis: str
    source: str
    confirm: str


@dataclass(frozen=True)
class Deciding:
    """What a decision takes from a day on. quorum, majority: shares of all who are due and have a vote."""

    matter: str
    starts: date
    words: str
    quorum: Share
    majority: Share
    basis: str
    source: str
    confirm: str

    def must_come(self, due: int) -> int:
        """Return how many with a vote must be there, of `due`."""
        return max(1, self.quorum.of(due))

    def must_agree(self, due: int) -> int:
        """Return how many must agree, of all `due`, whoever came."""
        return max(1, self.majority.of(due))


@dataclass(frozen=True)
class Review:
    """How members are reviewed from a day on (民主评议党员). excellent: the part of the full members who may be 优秀, None: no cap; probation: whether who is on probation gets a grade; mend_months: how long at most to mend."""

    starts: date
    words: str
    excellent: tuple[int, int] | None
    probation: bool
    mend_months: int
    basis: str
    source: str
    confirm: str

    def most_excellent(self, members: int) -> int:
        """Return how many of so many full members may be 优秀: never more than the part, in whole heads."""
        return members * self.excellent[0] // self.excellent[1] if self.excellent else members


@dataclass(frozen=True)
class Span:
    """One month, quarter or year. first, last: its days; words: as it is written."""

    first: date
    last: date
    words: str


@cache
def _said() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def rhythms() -> tuple[Rhythm, ...]:
    """Return all rhythms, the oldest first."""
    found = (
        Rhythm(one["kind"], one["from"], one["words"], one["per"], one["least"], Share(*one["quorum"]) if "quorum" in one else None, one["basis"], one["source"], one["confirm"])
        for one in _said()["rhythm"]
    )
    return tuple(sorted(found, key=lambda one: one.starts))


@cache
def decidings() -> tuple[Deciding, ...]:
    """Return all rules of deciding, the oldest first."""
    found = (
        Deciding(one["matter"], one["from"], one["words"], Share(*one["quorum"]), Share(*one["majority"]), one["basis"], one["source"], one["confirm"]) for one in _said()["deciding"]
    )
    return tuple(sorted(found, key=lambda one: one.starts))


@cache
def reviews() -> tuple[Review, ...]:
    """Return all rules of review, the oldest first."""
    found = (
        Review(one["from"], one["words"], (one["excellent"][0], one["excellent"][1]) if "excellent" in one else None, one["probation"], one["mend_months"], one["basis"], one["source"], one["confirm"])
        for one in _said()["review"]
    )
    return tuple(sorted(found, key=lambda one: one.starts))


def review(day: date) -> Review:
    """Return how members are reviewed on a day; before the first rule, as by the first."""
    return begun_by(reviews(), day)


def in_force(day: date) -> dict[str, Rhythm]:
    """Return {kind: its rhythm} as it stands on a day."""
    return {one.kind: one for one in rhythms() if one.starts <= day}


def deciding(matter: str, day: date) -> Deciding | None:
    """Return what a decision of a matter takes on a day, None before there was a rule."""
    found = [one for one in decidings() if one.matter == matter and one.starts <= day]
    return found[-1] if found else None


def span_of(per: str, day: date) -> Span:
    """Return the month, quarter or year in which a day lies."""
    months = MONTHS[per]
    begun = (day.month - 1) // months * months + 1
    first = date(day.year, begun, 1)
    after = date(day.year + (begun + months > 12), (begun + months - 1) % 12 + 1, 1)
    words = {"month": f"{first:%Y-%m}", "quarter": f"{first.year} Q{(begun + 2) // 3}", "year": str(first.year)}[per]
    return Span(first, after - timedelta(days=1), words)


def spans(per: str, since: date, day: date) -> tuple[Span, ...]:
    """Return the spans that began on or after `since` and are over on `day`, the newest first: what was begun in the middle is asked for nothing."""
    found, one = [], span_of(per, span_of(per, day).first - timedelta(days=1))
    while one.first >= since:
        found.append(one)
        one = span_of(per, one.first - timedelta(days=1))
    return tuple(found)
