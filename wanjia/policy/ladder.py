"""The rungs of the ladder (督办阶梯) in force on a day, read from `ladder.toml`. Pure: it counts no day, it says after how many."""

import tomllib
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

from .editions import held_on

FILE = Path(__file__).with_name("ladder.toml")


@dataclass(frozen=True)
class Rung:
    """One rung of one clock. share: percent of its working days gone by; after: working days past its last day; behind: past the rung below."""

    clock: str
    level: int
    share: int | None = None
    after: int | None = None
    behind: int = 0


@dataclass(frozen=True)
class Edition:
    """The ladder of a time: from its first day, until the day on which it no longer holds; the hours within which anybody is told."""

    starts: date
    ends: date | None
    source: tuple[str, str]
    opens: time
    closes: time
    asked_days: int
    handover_days: int
    agree_days: int
    rungs: tuple[Rung, ...]

    def of(self, clock: str) -> tuple[Rung, ...]:
        """Return the rungs of a clock, the lowest first."""
        return tuple(sorted((one for one in self.rungs if one.clock == clock), key=lambda one: one.level))


@cache
def editions() -> tuple[Edition, ...]:
    """Return every edition of the file, the oldest first."""
    return tuple(sorted((_edition(one) for one in tomllib.loads(FILE.read_text(encoding="utf-8"))["edition"]), key=lambda one: one.starts))


def _edition(row: dict[str, Any]) -> Edition:
    rungs = tuple(Rung(**one) for one in row["rung"])
    source = (row["source_zh"], row["source_en"])
    return Edition(row["from"], row.get("until"), source, row["opens"], row["closes"], row["asked_days"], row["handover_days"], row["agree_days"], rungs)


def in_force(on: date) -> Edition | None:
    """Return the edition in force on a day, or None before the first and in a gap: then nothing climbs."""
    return held_on(editions(), on)
