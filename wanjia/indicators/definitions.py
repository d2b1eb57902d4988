"""Every figure as a definition: what is counted, of what, how it is rounded, whose word it is, where it comes from.

A figure is stored and sent as numerator and denominator; the percentage is only how it is shown, by its printed rule.
Nothing beside these files and their interpreter (`conditions.py`) says what a figure counts. Each file names the population it
counts (`population`); whoever knows the files gives them (`read`).
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from .conditions import All, Tree, Values, tree_of

ROUNDING = {"half_up": ROUND_HALF_UP, "truncate": ROUND_DOWN}
# Whose word a figure is: the handling unit's claim, the household's own, the clock's, or the office's book.
WORDS = ("handler", "household", "clock", "office")


@dataclass(frozen=True)
class Definition:
    """One figure. `where` asks the facts; `of` names the figure it is a share of ('' for a plain count); `within`, one whose
    condition it narrows. `adds` names the column of whole numbers that is added up instead of counting rows, `scale` how many of its digits stand
    behind the point (2: fen, shown as yuan)."""

    population: str
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
    adds: str = ""
    scale: int = 0

    @property
    def tree(self) -> Tree:
        """Return what it asks, as a tree of atoms."""
        return _tree(self.id)


_FILES: dict[str, dict[str, Any]] = {}  # {population: what its file says}
_DATED: dict[str, Mapping[str, Values]] = {}  # {population: {name of a set: day → its values}}


def read(files: Iterable[Path], dated: Mapping[str, Mapping[str, Values]] | None = None) -> None:
    """Take these files of definitions in place of those read before. Raises ValueError when two define one id, a share does not say how it is rounded, or counts rows where what it is of adds up a column (votes cast of homes on the roll: each a column of a poll).

    dated: {population: {name: day → values}}, the sets that go by editions.
    """
    _FILES.clear()
    _DATED.clear()
    _DATED.update(dated or {})
    for cached in (_kept, _sets, _tree):
        cached.cache_clear()
    for file in files:
        said = tomllib.loads(file.read_text())
        _FILES[said["population"]] = said
    ids = [row["id"] for said in _FILES.values() for kind in KINDS for row in said.get(kind, ())]
    if len(ids) != len(set(ids)):
        raise ValueError(sorted(id_ for id_ in set(ids) if ids.count(id_) > 1))
    unsaid = [row["id"] for said in _FILES.values() for kind in KINDS for row in said.get(kind, ()) if row.get("of") and row.get("rounding") not in ROUNDING]
    if unsaid:
        raise ValueError(unsaid)
    known = everything()
    unlike = [item.id for item in known.values() if item.of and (bool(item.adds), item.scale) != (bool(known[item.of].adds), known[item.of].scale)]
    if unlike:
        raise ValueError(unlike)


# A figure is printed; a part is only drawn on the dashboard; a question is a list that somebody works off (the ledger's tabs), counted
# and printed nowhere; a reminder is asked of today alone: a step's date is no fact that the timeline remembers for a past day.
KINDS = ("figure", "part", "question", "reminder")


def definitions(population: str = "") -> dict[str, Definition]:
    """Return {id: Definition} of the figures in the order of the files: of one population, of all without a name."""
    return _of("figure", population)


def parts(population: str = "") -> dict[str, Definition]:
    """Return {id: Definition} of the parts that only the dashboard draws: where rows stand, how old they are."""
    return _of("part", population)


def questions(population: str = "") -> dict[str, Definition]:
    """Return {id: Definition} of the lists that somebody works off."""
    return _of("question", population)


def reminders(population: str = "") -> dict[str, Definition]:
    """Return {id: Definition} of what is asked of today alone."""
    return _of("reminder", population)


def everything(population: str = "") -> dict[str, Definition]:
    """Return {id: Definition} of figures, parts and questions: all that can be counted for any day."""
    return {**definitions(population), **parts(population), **questions(population)}


def definition(id_: str) -> Definition:
    """Return one Definition by id. Raises KeyError for an unknown one."""
    return {**everything(), **reminders()}[id_]


def sets(population: str) -> dict[str, Values]:
    """Return the named sets of values that a `where` of a population may point to."""
    return _sets(population)


@cache
def _sets(population: str) -> dict[str, Values]:
    return {name: tuple(values) for name, values in _FILES[population].get("sets", {}).items()} | dict(_DATED.get(population, {}))


def _of(kind: str, population: str) -> dict[str, Definition]:
    return dict(_kept(kind, population))


@cache
def _kept(kind: str, population: str) -> dict[str, Definition]:
    names = [population] if population else list(_FILES)
    return {row["id"]: Definition(population=name, **row) for name in names for row in _FILES[name].get(kind, ())}


@cache
def _tree(id_: str) -> Tree:
    item = definition(id_)
    own = tree_of(item.where, sets(item.population))
    return All((_tree(item.within), own)) if item.within else own


def percent(
    n: int | Decimal | float | str, total: int | Decimal | float | str, *, rounding: str = "half_up", places: int = 2
) -> str:
    """Show n of total as a percentage by the rule, or '—' of nothing: 131.13 of 261.65 truncated is 50.11 %."""
    if not total:
        return "—"
    share = Decimal(n) * 100 / Decimal(total)
    return f"{share.quantize(Decimal(1).scaleb(-places), rounding=ROUNDING[rounding])}%"


def shown(n: int, total: int | None = None, scale: int = 0) -> str:
    """Show a figure as n or n/N. scale: how many digits stand behind the point; amounts alone have thousands set apart."""
    words = [f"{Decimal(one).scaleb(-scale):,}" if scale else str(one) for one in (n, total) if one is not None]
    return "/".join(words)
