"""On what a notice that restricts may rest, how long it lasts, how early it is announced; by the edition in force on a day. Data: restricting.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .editions import begun_by

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Basis:
    """A law on which a restriction may rest (依据). asks: what it may ask; kinds: whom it reaches, "groups" for what is no place; paper: what is to be written beside it."""

    code: str
    words: str
    asks: tuple[str, ...]
    kinds: tuple[str, ...]
    paper: str


@dataclass(frozen=True)
class Edition:
    """What holds from `starts`. longest_days, ahead_days, alarm_days, back_days: days; officers: licensed ones at a step that is more than a word."""

    starts: date
    longest_days: int
    ahead_days: int
    alarm_days: int
    back_days: int
    officers: int
    bases: tuple[Basis, ...]
    remedy: str
    remedy_source: str
    source: str
    confirm: str

    def basis(self, code: str) -> Basis | None:
        """Return one basis by its code."""
        return next((one for one in self.bases if one.code == code), None)

    def beyond(self, code: str, asks: str, kinds: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return the kinds that a basis does not reach; None where it does not allow what is asked at all, or is unknown."""
        one = self.basis(code)
        if one is None or asks not in one.asks:
            return None
        return tuple(kind for kind in kinds if kind not in one.kinds)


@cache
def editions() -> tuple[Edition, ...]:
    """Return all editions, the oldest first."""
    return tuple(sorted(map(_edition, tomllib.loads(FILE.read_text())["edition"]), key=lambda one: one.starts))


def in_force(day: date) -> Edition:
    """Return the edition in force on `day`; before the first, the first."""
    return begun_by(editions(), day)


def _edition(said: dict[str, Any]) -> Edition:
    bases = tuple(Basis(one["code"], one["words"], tuple(one["asks"]), tuple(one["kinds"]), one["paper"]) for one in said["basis"])
    return Edition(
        said["from"], said["longest_days"], said["ahead_days"], said["alarm_days"], said["back_days"], said["officers"], bases, said["remedy"], said["remedy_source"], said["source"], said["confirm"],
    )  # fmt: skip
