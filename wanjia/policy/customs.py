"""The frontage of homes and their feasts: the three guarantees, how often a stretch is looked at, until when a feast may be filed; by the edition in force on a day. Data: customs.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .editions import begun_by
from .spelling import met

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Guarantee:
    """One thing that a home sees to before its door (三包). asks: what whoever looks looks for."""

    code: str
    zh: str
    en: str
    asks: str
    asks_en: str


@dataclass(frozen=True)
class Edition:
    """What holds from `starts`. check_days, mend_days: until a stretch is looked at again; back_days, ahead_days: how long after and before its day a feast is filed."""

    starts: date
    check_days: int
    mend_days: int
    back_days: int
    ahead_days: int
    most_tables: int
    guarantees: tuple[Guarantee, ...]
    source: str
    confirm: str

    def named(self, codes: list[str]) -> list[Guarantee]:
        """Return the guarantees of these codes, in the order of the file."""
        return [one for one in self.guarantees if one.code in codes]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def editions() -> tuple[Edition, ...]:
    """Return all editions, the oldest first."""
    return tuple(sorted((_edition(said) for said in _data()["edition"]), key=lambda one: one.starts))


def in_force(day: date) -> Edition:
    """Return the edition in force on `day`; before the first, the first."""
    return begun_by(editions(), day)


def crossed(text: str) -> tuple[str, str] | None:
    """Return (the word, why not) of the first red line that a by-law crosses, None where it crosses none."""
    return met(text, ((line["words"], line["why"]) for line in _data()["red"]))


def _edition(said: dict[str, Any]) -> Edition:
    names = ("check_days", "mend_days", "back_days", "ahead_days", "most_tables", "source", "confirm")
    return Edition(starts=said["from"], guarantees=tuple(Guarantee(**one) for one in said["guarantee"]), **{name: said[name] for name in names})
