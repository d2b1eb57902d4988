"""The refuse-collection fee: what a rate may be for, how often its account is put up, what it is never tied to; by the edition in force on a day. Data: fees.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .editions import begun_by
from .spelling import met

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Edition:
    """What holds from `starts`. spans: months by span; most_fen: of a rate; publish_months, publish_days: how often the account is put up and for how long."""

    starts: date
    spans: Mapping[str, int]
    most_fen: int
    publish_months: int
    publish_days: int
    source: str
    confirm: str


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
    """Return (the word, why not) of the first red line that a text crosses, None where it crosses none: a fee is tied to no fine, no benefit, no shaming."""
    return met(text, ((line["words"], line["why"]) for line in _data()["red"]))


def cut_of(fen: int, percent: int) -> int:
    """Return what a home is let off: so many percent of its fee, in whole fen, rounded up in the home's favour."""
    return -(-fen * percent // 100)


def _edition(said: dict[str, Any]) -> Edition:
    names = ("spans", "most_fen", "publish_months", "publish_days", "source", "confirm")
    return Edition(starts=said["from"], **{name: said[name] for name in names})
