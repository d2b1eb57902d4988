"""A programme of care: its days, units and source, and which figures stand on its page. Pure. Data: programme.toml."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Block:
    """One part of the page: its two names, ids of figures (one that ends in a point: all that begin so), columns by places."""

    zh: str
    en: str
    figures: tuple[str, ...]
    heads: tuple[str, ...]

    def of(self, ids: Iterable[str]) -> list[str]:
        """Return those of `ids` that stand in it, in their order."""
        return [id_ for id_ in ids if any(id_ == one or (one.endswith(".") and id_.startswith(one)) for one in self.figures)]


@dataclass(frozen=True)
class Programme:
    """A programme: `ends` is the first day no longer, None for one that goes on."""

    id: str
    zh: str
    en: str
    starts: date
    ends: date | None
    lead: str
    members: tuple[str, ...]
    source: str
    confirm: str
    blocks: tuple[Block, ...]

    def years(self, day: date) -> list[int]:
        """Return the years in which it ran by `day`, the last first."""
        last = min(day, self.ends - timedelta(days=1)) if self.ends else day
        return list(range(last.year, self.starts.year - 1, -1))

    def until(self, year: int, day: date) -> date:
        """Return the day up to which a year of it is counted on `day`."""
        return min(day, date(year, 12, 31), self.ends - timedelta(days=1) if self.ends else day)


@cache
def programmes() -> tuple[Programme, ...]:
    """Return every programme."""
    return tuple(_programme(row) for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["programme"])


def _programme(row: dict[str, Any]) -> Programme:
    blocks = tuple(Block(one["zh"], one["en"], tuple(one["figures"]), tuple(one["heads"])) for one in row["block"])
    return Programme(row["id"], row["zh"], row["en"], row["from"], row.get("until"), row["lead"], tuple(row["members"]), row["source"], row["confirm"], blocks)
