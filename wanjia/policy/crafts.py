"""Local craftsmen and ventures of homes: which skills and kinds are offered, by the edition in force on a day. Data: crafts.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .editions import begun_by

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Named:
    """One skill, or one kind of venture, in both languages."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True)
class Edition:
    """What is offered from `starts`."""

    starts: date
    skills: tuple[Named, ...]
    kinds: tuple[Named, ...]
    source: str
    confirm: str


@cache
def editions() -> tuple[Edition, ...]:
    """Return all editions, the oldest first."""
    return tuple(sorted((_edition(said) for said in tomllib.loads(FILE.read_text(encoding="utf-8"))["edition"]), key=lambda one: one.starts))


def in_force(day: date) -> Edition:
    """Return the edition in force on `day`; before the first, the first."""
    return begun_by(editions(), day)


def called(code: str) -> Named:
    """Return what a code means in the latest edition that has it: what was written down stays readable when it is offered no longer."""
    found = [one for edition in editions() for one in (*edition.skills, *edition.kinds) if one.code == code]
    return found[-1] if found else Named(code, code, code)


def _edition(said: dict[str, Any]) -> Edition:
    lists = {name: tuple(Named(**one) for one in said[name]) for name in ("skills", "kinds")}
    return Edition(starts=said["from"], source=said["source"], confirm=said["confirm"], **lists)
