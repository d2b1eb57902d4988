"""Points of homes: how long a claim stands on the board, what a point may be worth, what points never touch; by the edition in force on a day. Data: points.toml."""

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
class RedLine:
    """What points never touch (红线): any of these words in a clause or a deed, and why not."""

    why: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Edition:
    """What holds from `starts`. notice_days, back_days, return_days, lapse_notice_days: days; appeal_days, answer_days: working days; least_fen, most_fen: fen a point; most_cover: percent of the shelves' worth; most_points: of one deed."""

    starts: date
    notice_days: int
    back_days: int
    appeal_days: int
    answer_days: int
    return_days: int
    lapse_notice_days: int
    least_fen: int
    most_fen: int
    most_cover: int
    most_points: int
    red: tuple[RedLine, ...]
    source: str
    confirm: str

    def crossed(self, text: str) -> tuple[str, str] | None:
        """Return (the word, why not) of the first red line that a text crosses, None where it crosses none."""
        return met(text, ((line.words, line.why) for line in self.red))


@cache
def editions() -> tuple[Edition, ...]:
    """Return all editions, the oldest first."""
    return tuple(sorted(map(_edition, tomllib.loads(FILE.read_text())["edition"]), key=lambda one: one.starts))


def in_force(day: date) -> Edition:
    """Return the edition in force on `day`; before the first, the first."""
    return begun_by(editions(), day)


def price(worth: int, fen: int) -> int:
    """Return what a thing costs in points: its worth in fen by the fen of a point, rounded up. A shop sets no price of its own."""
    return -(-worth // fen)


def room(shelves: int, cover: int) -> int:
    """Return how many points may be out: at most `cover` percent of what the shelves cost in points, rounded down."""
    return shelves * cover // 100


def _edition(said: dict[str, Any]) -> Edition:
    red = tuple(RedLine(one["why"], tuple(one["words"])) for one in said["red"])
    names = ("notice_days", "back_days", "appeal_days", "answer_days", "return_days", "lapse_notice_days", "least_fen", "most_fen", "most_cover", "most_points")
    return Edition(starts=said["from"], red=red, source=said["source"], confirm=said["confirm"], **{name: said[name] for name in names})
