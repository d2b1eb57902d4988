"""What is looked at in places around schools, by when it is mended, when the calendar calls for a round; by the edition in force on a day. Data: inspecting.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from .editions import begun_by

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Item:
    """One thing that is looked at (检查项). words: as it is kept; wrong: what is wrong where it is not; line: which department's people own what is found; grade: "ordinary" or "major"; mend: the measure that is proposed."""

    code: str
    kinds: tuple[str, ...]
    line: str
    words: str
    wrong: str
    basis: str
    grade: str
    mend: str
    of_kind: tuple[tuple[str, str], ...]

    def basis_at(self, kind: str) -> str:
        """Return the basis at a place of a kind: what holds for all its kinds, then the law of this one."""
        return ";".join(one for one in (self.basis, dict(self.of_kind).get(kind)) if one)


@dataclass(frozen=True)
class Sweep:
    """When the calendar calls for a round: so many days before its day it begins, so many days it lasts, over these kinds of places."""

    begins: int
    lasts: int
    kinds: tuple[str, ...]

    def span(self, day: date) -> tuple[date, date]:
        """Return its first and last day, for what the calendar says of `day`."""
        first = day - timedelta(days=self.begins)
        return first, first + timedelta(days=self.lasts - 1)


@dataclass(frozen=True)
class Edition:
    """What holds from `starts`. officers: licensed ones at a place, at least; mend_days, longest_days: {grade: days that are proposed for mending, to which they may be put off}; back_days: after its day an act is written down."""

    starts: date
    officers: int
    recheck_days: int
    alarm_days: int
    raise_days: int
    mend_days: dict[str, int]
    longest_days: dict[str, int]
    respite_days: int
    back_days: int
    sweeps: dict[str, Sweep]
    items: tuple[Item, ...]
    remedy: str
    remedy_source: str
    source: str
    confirm: str

    def of(self, kind: str) -> tuple[Item, ...]:
        """Return what is looked at in a place of a kind, in order."""
        return tuple(one for one in self.items if kind in one.kinds)

    def item(self, code: str) -> Item | None:
        """Return one item by its code."""
        return next((one for one in self.items if one.code == code), None)


@cache
def editions() -> tuple[Edition, ...]:
    """Return all editions, the oldest first."""
    return tuple(sorted(map(_edition, tomllib.loads(FILE.read_text())["edition"]), key=lambda one: one.starts))


def in_force(day: date) -> Edition:
    """Return the edition in force on `day`; before the first, the first."""
    return begun_by(editions(), day)


def _edition(said: dict[str, Any]) -> Edition:
    sweeps = {name: Sweep(one["begins"], one["lasts"], tuple(one["kinds"])) for name, one in said["sweeps"].items()}
    items = tuple(Item(one["code"], tuple(one["kinds"]), one["line"], one["words"], one["wrong"], one["basis"], one["grade"], one["mend"], tuple(one.get("of_kind", {}).items())) for one in said["item"])
    return Edition(
        said["from"], said["officers"], said["recheck_days"], said["alarm_days"], said["raise_days"], said["mend_days"], said["longest_days"], said["respite_days"], said["back_days"], sweeps, items, said["remedy"], said["remedy_source"],
        said["source"], said["confirm"],
    )  # fmt: skip
