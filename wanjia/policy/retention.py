"""How long each class of records is kept and what becomes of it then (保管期限), as in force on a day, read from `retention.toml`. Pure."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from .editions import held_on
from .statuses import months_after

FILE = Path(__file__).with_name("retention.toml")
MAJORITY = 18


@dataclass(frozen=True)
class Rule:
    """One limit: so many years, or days, after a moment; where: the word for the rows that it binds, "" for all of its class."""

    since: str
    since_words: tuple[str, str]
    source: tuple[str, str]
    where: str = ""
    years: int = 0
    days: int = 0

    def ends(self, on: date) -> date:
        """Return the first day on which this rule keeps nothing any more that began on a day."""
        return months_after(on, 12 * self.years) + timedelta(days=self.days)

    def begun_by(self, on: date) -> date:
        """Return the last day on which that may have begun which this rule keeps no more on a day."""
        return months_after(on - timedelta(days=self.days), -12 * self.years)


@dataclass(frozen=True)
class Kept:
    """One class of records. fate: "words", "gone", "kept"; by: "list", "clock", "machine", "outside", or "" where nothing becomes of it."""

    code: str
    words: tuple[str, str]
    fate: str
    by: str
    plain: tuple[str, str]
    rules: tuple[Rule, ...]
    source: tuple[str, str]

    def ends(self, moments: dict[str, date | None], binding: set[str]) -> date | None:
        """Return the first day on which a row is due: the longest of the rules that bind it holds. None where a moment is not known.

        moments: {word of a rule: the row's day}; binding: the words of `where` that hold of the row.
        """
        found = [(rule, moments.get(rule.since)) for rule in self.rules if not rule.where or rule.where in binding]
        ends = [rule.ends(on) for rule, on in found if on is not None]
        return max(ends) if ends and len(ends) == len(found) else None

    def outlived(self, rule: Rule) -> bool:
        """Tell whether another rule of the class, from the same moment and for the same rows, keeps longer: this one then never ends anything."""
        day = date(2001, 1, 1)
        return any(one.since == rule.since and one.where in ("", rule.where) and one.ends(day) > rule.ends(day) for one in self.rules)

    @property
    def clashes(self) -> bool:
        """Whether a rule of the class is outlived, or some rows are bound by several."""
        return len(self.rules) > 1 and (any(map(self.outlived, self.rules)) or any(not one.where for one in self.rules))


@dataclass(frozen=True)
class Edition:
    """The limits of a time: from its first day, until the day on which it no longer holds."""

    starts: date
    ends: date | None
    source: tuple[str, str]
    confirm: tuple[str, str]
    wait_days: int
    classes: tuple[Kept, ...]

    def kept(self, code: str) -> Kept | None:
        """Return one class by its code, or None."""
        return next((one for one in self.classes if one.code == code), None)


def born_after(day: date) -> date:
    """Return the day after which whoever was born is a child on a day."""
    return months_after(day, -12 * MAJORITY)


@cache
def editions() -> tuple[Edition, ...]:
    """Return every edition of the file, the oldest first."""
    return tuple(sorted((_edition(one) for one in tomllib.loads(FILE.read_text(encoding="utf-8"))["edition"]), key=lambda one: one.starts))


def _edition(row: dict[str, Any]) -> Edition:
    return Edition(row["from"], row.get("until"), _both(row, "source"), _both(row, "confirm"), row["wait_days"], tuple(map(_kept, row["class"])))


def _kept(row: dict[str, Any]) -> Kept:
    rules = tuple(_rule(one) for one in row["rule"])
    source = _both(row, "source") if "source_zh" in row else ("", "")
    return Kept(row["code"], (row["zh"], row["en"]), row["fate"], row["by"], _both(row, "plain"), rules, source)


def _rule(row: dict[str, Any]) -> Rule:
    limits = {name: row[name] for name in ("where", "years", "days") if name in row}
    return Rule(row["from"], _both(row, "from"), _both(row, "source"), **limits)


def _both(row: dict[str, Any], name: str) -> tuple[str, str]:
    return row[f"{name}_zh"], row[f"{name}_en"]


def in_force(on: date) -> Edition:
    """Return the edition in force on a day; before the first one, that: nothing is destroyed for want of a rule."""
    return held_on(editions(), on) or editions()[0]
