"""Every figure as a definition: what is counted, of what, how it is rounded, whose word it is, where it comes from.

A figure is stored and sent as numerator and denominator; the percentage is only how it is shown, by its printed rule.
Nothing beside this file and its interpreter (`conditions.py`) says what a figure counts.
"""

import tomllib
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from .conditions import All, Tree, tree_of

ROUNDING = {"half_up": ROUND_HALF_UP, "truncate": ROUND_DOWN}
# Whose word a figure is: the handling unit's claim, the household's own, the clock's, or the office's book.
WORDS = ("handler", "household", "clock", "office")


@dataclass(frozen=True)
class Definition:
    """One figure. `where` asks the facts; `of` names the figure it is a share of ('' for a plain count); `within`, one whose
    condition it narrows."""

    id: str
    zh: str
    en: str
    unit: str = "件"
    meaning: str = ""
    source: str = ""
    word: str = "office"
    where: dict[str, Any] = field(default_factory=dict)
    within: str = ""
    of: str = ""
    rounding: str = ""
    places: int = 2
    smallest: int = 0

    @property
    def tree(self) -> Tree:
        """Return what it asks, as a tree of atoms."""
        return _tree(self.id)


@cache
def definitions() -> dict[str, Definition]:
    """Return {id: Definition} in the order of the file."""
    return {row["id"]: Definition(**row) for row in _file()["figure"]}


@cache
def parts() -> dict[str, Definition]:
    """Return {id: Definition} of the parts that only the dashboard draws: where needs stand, how old they are."""
    return {row["id"]: Definition(**row) for row in _file()["part"]}


@cache
def questions() -> dict[str, Definition]:
    """Return {id: Definition} of the lists that somebody works off: the ledger's tabs. They are counted, but printed nowhere."""
    return {row["id"]: Definition(**row) for row in _file()["question"]}


@cache
def reminders() -> dict[str, Definition]:
    """Return {id: Definition} of what is asked of today alone: a step's date is no fact that the timeline remembers for a past day."""
    return {row["id"]: Definition(**row) for row in _file()["reminder"]}


def everything() -> dict[str, Definition]:
    """Return {id: Definition} of figures, parts and questions: all that can be counted for any day."""
    return {**definitions(), **parts(), **questions()}


def definition(id_: str) -> Definition:
    """Return one Definition by id. Raises KeyError for an unknown one."""
    return {**everything(), **reminders()}[id_]


@cache
def sets() -> dict[str, tuple[str, ...]]:
    """Return the named sets of values that a `where` may point to."""
    return {name: tuple(values) for name, values in _file()["sets"].items()}


@cache
def _tree(id_: str) -> Tree:
    item = definition(id_)
    own = tree_of(item.where, sets())
    return All((_tree(item.within), own)) if item.within else own


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("needs.toml").read_text())


def percent(
    n: int | Decimal | float | str, total: int | Decimal | float | str, *, rounding: str = "half_up", places: int = 2
) -> str:
    """Show n of total as a percentage by the rule, or '—' of nothing: 131.13 of 261.65 truncated is 50.11 %."""
    if not total:
        return "—"
    share = Decimal(n) * 100 / Decimal(total)
    return f"{share.quantize(Decimal(1).scaleb(-places), rounding=ROUNDING[rounding])}%"


def shown(n: int, total: int | None = None) -> str:
    """Show a figure as n or n/N."""
    return f"{n:,}".replace(",", "") if total is None else f"{n}/{total}"
