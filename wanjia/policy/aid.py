"""Aid that brings money, and what is asked before it is cut (停发、减发): read from `aid.toml`. Pure: it counts no working day itself."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from .editions import held_on
from .tries import Trying, trying

FILE = Path(__file__).with_name("aid.toml")


@dataclass(frozen=True)
class Edition:
    """The rule of a time: within how many working days each step is taken; how often and on how many days somebody is sought."""

    starts: date
    ends: date | None
    source: tuple[str, str]
    review: tuple[str, str]
    hear: int
    decide: int
    tell: int
    seeking: Trying
    answer: int
    notice: int
    papers: int
    refuse: int

    @property
    def tries(self) -> int:
        """How often somebody is sought."""
        return self.seeking.tries

    @property
    def days(self) -> int:
        """On how many different days."""
        return self.seeking.days

    def sought(self, on: list[date], noted: list[datetime]) -> int:
        """Count the tries that count. noted: when each was noted, by the clock on the wall; none of before that was kept.

        The day of a try is typed; when it was noted is not: what is noted in one go is one try.
        """
        return len(self._counted(on, noted))

    def sought_enough(self, on: list[date], noted: list[datetime]) -> bool:
        """Tell whether somebody was sought often enough, on enough different days, that the notice may be left behind."""
        days = self._counted(on, noted)
        return len(days) >= self.tries and len(set(days)) >= self.days

    def _counted(self, on: list[date], noted: list[datetime]) -> list[date]:
        return [*on[: len(on) - len(noted)], *(one.date() for one in self.seeking.counted(noted))]


@dataclass(frozen=True)
class Ground:
    """Why aid is to be cut. heard: whether the person is heard first; document: whether one is named, as always where nobody is heard."""

    code: str
    zh: str
    en: str
    plain: str
    source: str
    heard: bool
    document: bool


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def editions() -> tuple[Edition, ...]:
    """Return every edition of the rule, the oldest first."""
    return tuple(sorted((_edition(one) for one in _file()["edition"]), key=lambda one: one.starts))


@cache
def grounds() -> dict[str, Ground]:
    """Return every ground by its code, in the order of the file."""
    return {one["code"]: Ground(one["code"], one["zh"], one["en"], one["plain_zh"], one["source"], one["heard"], one.get("document", not one["heard"])) for one in _file()["ground"]}


def in_force(on: date) -> Edition:
    """Return the edition in force on a day; before the first one, the first: whoever acts today acts under a rule."""
    return held_on(editions(), on) or editions()[0]


def is_aid(scheme: str, code: str, on: date) -> bool:
    """Tell whether a status is aid that brings money, for an act of this day."""
    return f"{scheme}:{code}" in kinds(on)


@cache
def kinds(on: date) -> dict[str, dict[str, Any]]:
    """Return {scheme:code: table of the file} of the statuses that are such aid on a day."""
    return {one["status"]: one for one in _file()["aid"] if one["from"] <= on and ("until" not in one or on < one["until"])}


def since(scheme: str, code: str) -> date | None:
    """Return the first day on which a status was such aid, or None."""
    return next((one["from"] for one in _file()["aid"] if one["status"] == f"{scheme}:{code}"), None)


def goes_with(people: Mapping[Any, int], heads: Any) -> Any:
    """Return with which of these homes the aid of a family that parted goes, or None where no rule says it.

    people: {home: how many of the family live there, under None those who live in none that is known}; heads: the home of who was its head, in whose name it was asked for, or None. It goes with most of
    those by whom it was reckoned (家庭 means those who live together, 民发〔2021〕57号); between as many with its head. Nobody chooses: what a
    single clerk could choose would be whose money it is. Where neither tells, it is proposed to be cut and the homes are heard.
    """
    most = max(people.values(), default=0)
    first = [home for home, n in people.items() if n == most]
    return first[0] if len(first) == 1 else heads if heads in first else None


def _edition(row: dict[str, Any]) -> Edition:
    days = {name: row[name] for name in ("hear", "decide", "tell", "answer", "notice", "papers", "refuse")}
    return Edition(row["from"], row.get("until"), (row["source_zh"], row["source_en"]), (row["review_zh"], row["review_en"]), seeking=trying(row), **days)
