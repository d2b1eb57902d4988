"""What a village may ask of its people for one project (一事一议筹资筹劳): caps, who gives labour, who is let off; by the edition in force on a day. Data: levies.toml."""

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
class Edition:
    """What holds from `starts`. head_fen, worker_days: the most of a person, of a labourer, in a year; men, women: ages of labourers, first and last; told_days: before the meeting; commute_fen: of a day; lines: who approves for the county."""

    starts: date
    head_fen: int
    worker_days: int
    men: tuple[int, int]
    women: tuple[int, int]
    told_days: int
    commute_fen: int
    lines: tuple[str, ...]
    source: str
    confirm: str

    def is_worker(self, sex: str, born: date | None, day: date) -> bool:
        """Tell whether somebody is of a labourer's age on a day (劳动力); nobody whose birth or sex is not known: of them no labour is asked."""
        ages = {"男": self.men, "女": self.women}.get(sex)
        if ages is None or born is None:
            return False
        age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        return ages[0] <= age <= ages[1]


@dataclass(frozen=True)
class Ground:
    """On what somebody is let off (减免情形): of money, of labour."""

    code: str
    words: str
    money: bool
    labour: bool
    source: str


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def editions() -> tuple[Edition, ...]:
    """Return all editions, the oldest first."""
    return tuple(sorted(map(_edition, _data()["edition"]), key=lambda one: one.starts))


@cache
def grounds() -> dict[str, Ground]:
    """Return {code: ground} of all on which somebody is let off."""
    return {said["code"]: Ground(**said) for said in _data()["ground"]}


def in_force(day: date) -> Edition:
    """Return the edition in force on `day`; before the first, the first."""
    return begun_by(editions(), day)


def crossed(text: str) -> tuple[str, str] | None:
    """Return (the word, why not) of the first red line that a text crosses, None where it crosses none."""
    return met(text, ((line["words"], line["why"]) for line in _data()["red"]))


def _edition(said: dict[str, Any]) -> Edition:
    names = ("head_fen", "worker_days", "told_days", "commute_fen", "source", "confirm")
    (a, b), (c, d) = said["men"], said["women"]
    return Edition(starts=said["from"], men=(a, b), women=(c, d), lines=tuple(said["lines"]), **{name: said[name] for name in names})
