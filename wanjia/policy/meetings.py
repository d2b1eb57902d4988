"""How each body of a village meets, what is reserved to whom, how long a decision stays posted; by what holds on a day. Data: meetings.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from .editions import begun_by

FILE = Path(__file__).with_suffix(".toml")
REMOVAL = "removal"  # the matter whose title names somebody
SEATS, ADULTS, HOMES, MEMBERS = "seats", "adults", "homes", "members"


@dataclass(frozen=True)
class Share:
    """A part of a number, in whole heads: "more" than numerator/denominator of it, or at "least" that."""

    numerator: int
    denominator: int
    how: str

    def of(self, n: int) -> int:
        """Return how many of `n` it takes: more than 1/2 of 10 is 6, at least 2/3 of 10 is 7."""
        whole, rest = divmod(n * self.numerator, self.denominator)
        return whole + 1 if self.how == "more" or rest else whole

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"


@dataclass(frozen=True)
class MeetingRule:
    """How one body meets from a day on (会议规则). quorum: {what is counted: the share of it that must come}; women, elected: of its seats; homes_per_seat: from, to; least_seats: 0 where nothing says so; online: who may take part from elsewhere ("" nobody)."""

    body: str
    starts: date
    notice_days: int
    urgent: bool
    quorum: dict[str, Share]
    majority: Share
    majority_of: str
    proxies: str
    per_year: int
    called_by: str
    source: str
    confirm: str
    homes_per_seat: tuple[int, int] | None
    women: Share | None
    elected: Share | None
    least_seats: int
    online: str

    def must_come(self, counting: str, due: int) -> int:
        """Return how many must be there, of `due`, counted so. Raises KeyError for what the body is not counted by."""
        return max(1, self.quorum[counting].of(due))

    def must_agree(self, due: int, present: int) -> int:
        """Return how many must agree: of those there, or of all that are due, as the rule has it."""
        return max(1, self.majority.of(due if self.majority_of == "all" else present))


@dataclass(frozen=True)
class Matter:
    """What a council may not decide (须提交的事项). to: kinds of bodies that may, the nearest first; until: the first day no longer, None: it goes on."""

    code: str
    words: str
    starts: date
    until: date | None
    to: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Publication:
    """How long a decision stays posted at least, by when it is filed, by when the township answers, how long after its day something may still be written down: days."""

    starts: date
    least_days: int
    file_within_days: int
    answer_within_days: int
    back_days: int
    source: str
    confirm: str

    def last_day(self, first: date) -> date:
        """Return the earliest last day of what is posted on a day, the first and last included."""
        return first + timedelta(days=self.least_days - 1)


@cache
def _said() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def rules() -> tuple[MeetingRule, ...]:
    """Return all rules, the oldest first."""
    return tuple(sorted(map(_rule, _said()["rule"]), key=lambda one: one.starts))


@cache
def matters() -> tuple[Matter, ...]:
    """Return everything that was ever reserved, a row for each article by which it was."""
    return tuple(Matter(one["code"], one["words"], one["from"], one.get("until"), tuple(one["to"]), one["source"]) for one in _said()["matter"])


@cache
def publications() -> tuple[Publication, ...]:
    """Return all editions of posting, the oldest first."""
    found = (Publication(one["from"], one["least_days"], one["file_within_days"], one["answer_within_days"], one["back_days"], one["source"], one["confirm"]) for one in _said()["publication"])
    return tuple(sorted(found, key=lambda one: one.starts))


def in_force(body: str, day: date, matter: str = "") -> MeetingRule | None:
    """Return how a body meets on a day; of a matter that has a rule of its own (a removal), that one. None before the first."""
    standing = [one for one in rules() if one.starts <= day]
    found = [one for one in standing if one.body == matter] or [one for one in standing if one.body == body]
    return found[-1] if found else None


def reserved(day: date) -> tuple[Matter, ...]:
    """Return what is reserved on a day."""
    return tuple(one for one in matters() if one.starts <= day and (one.until is None or day < one.until))


def matter(code: str, day: date) -> Matter | None:
    """Return one matter by its code as it was reserved last by a day, before that as it first was; None for no such code."""
    found = sorted((one for one in matters() if one.code == code), key=lambda one: one.starts)
    return begun_by(found, day) if found else None


def publication(day: date) -> Publication:
    """Return how long what is posted on a day stays; before the first edition, by the first."""
    return begun_by(publications(), day)


def _rule(said: dict[str, Any]) -> MeetingRule:
    homes = said.get("homes_per_seat")
    women, elected = (Share(*said[name]) if name in said else None for name in ("women", "elected"))
    return MeetingRule(
        said["body"], said["from"], said["notice_days"], said["urgent"], {by: Share(*share) for by, share in said["quorum"].items()}, Share(*said["majority"]), said["majority_of"],
        said["proxies"], said["per_year"], said["called_by"], said["source"], said["confirm"], (homes[0], homes[1]) if homes else None, women, elected, said.get("least_seats", 0), said.get("online", ""),
    )  # fmt: skip
