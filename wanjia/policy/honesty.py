"""The rules of honest closing (销号要实) in force on a day, read from `honesty.toml`. Pure: it counts nothing."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .editions import begun_by

FILE = Path(__file__).with_name("honesty.toml")


@dataclass(frozen=True)
class Pattern:
    """One rule of what looks like sham closing; reason: its sentence (Chinese, English). What a rule does not measure is nought."""

    rule: str
    least: int
    reason: tuple[str, str]
    minutes: int = 0
    share: int = 0
    letters: int = 0


@dataclass(frozen=True)
class Edition:
    """The rules of a time: from its first day, until the day on which it no longer holds."""

    starts: date
    ends: date | None
    source: tuple[str, str]
    confirm: tuple[str, str]
    due_days: int
    complaint_days: int
    back: int
    look: int
    patterns: tuple[Pattern, ...]

    def pattern(self, rule: str) -> Pattern:
        """Return one rule by its name. Raises LookupError."""
        return next(one for one in self.patterns if one.rule == rule)


@cache
def editions() -> tuple[Edition, ...]:
    """Return every edition of the file, the oldest first."""
    return tuple(sorted((_edition(one) for one in tomllib.loads(FILE.read_text(encoding="utf-8"))["edition"]), key=lambda one: one.starts))


def _edition(row: dict[str, Any]) -> Edition:
    patterns = tuple(_pattern(dict(one)) for one in row["pattern"])
    named = {word: (row[f"{word}_zh"], row[f"{word}_en"]) for word in ("source", "confirm")}
    return Edition(row["from"], row.get("until"), named["source"], named["confirm"], row["due_days"], row["complaint_days"], row["back"], row["look"], patterns)


def _pattern(row: dict[str, Any]) -> Pattern:
    return Pattern(reason=(row.pop("reason_zh"), row.pop("reason_en")), **row)


def in_force(on: date) -> Edition:
    """Return the edition in force on a day: of a day before the first, or in a gap, the nearest before it, else the first."""
    return begun_by(editions(), on)
