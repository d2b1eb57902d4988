"""The four pillars and five methods of labour transfer as tags, and which mechanism hangs under which. Data: labour_pillars.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Tag:
    """A pillar or a method: its code and its two names."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True)
class Mechanism:
    """One mechanism: its pillar, its methods, its names, the page where it is worked on, the figures that count it."""

    code: str
    pillar: str
    methods: tuple[str, ...]
    zh: str
    en: str
    page: str
    figures: tuple[str, ...]


@cache
def pillars() -> dict[str, Tag]:
    """Return the four pillars by code."""
    return {code: Tag(code, **row) for code, row in tomllib.loads(FILE.read_text(encoding="utf-8"))["pillar"].items()}


@cache
def methods() -> dict[str, Tag]:
    """Return the five methods by code."""
    return {code: Tag(code, **row) for code, row in tomllib.loads(FILE.read_text(encoding="utf-8"))["method"].items()}


@cache
def mechanisms() -> tuple[Mechanism, ...]:
    """Return every mechanism in the order of the file. Raises KeyError for a tag that is none."""
    found = []
    for code, row in tomllib.loads(FILE.read_text(encoding="utf-8"))["mechanism"].items():
        assert row["pillar"] in pillars() and set(row["methods"]) <= set(methods()), code
        found.append(Mechanism(code, row["pillar"], tuple(row["methods"]), row["zh"], row["en"], row["page"], tuple(row["figures"])))
    return tuple(found)
