"""What is published of children, beyond those who may open the rows behind a number (公布的数). Pure. Data: publishing.toml; how cells are hidden: hiding.py."""

import calendar
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from .editions import begun_by
from .hiding import Cell, Cut

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Table:
    """The figures of one population that hang together. cuts: the base first, then what it is cut into, each after what it needs."""

    population: str
    base: str
    cuts: tuple[Cut, ...]

    @property
    def figures(self) -> tuple[str, ...]:
        """Every figure of it."""
        return tuple(id_ for cut in self.cuts for id_ in cut.parts)


@dataclass(frozen=True)
class Edition:
    """What holds from a day on: the smallest number that is told, and after how many months the next is."""

    starts: date
    ends: date | None
    smallest: int
    every_months: int
    source: tuple[str, str]
    confirm: tuple[str, str]
    tables: tuple[Table, ...]

    def table(self, population: str) -> Table | None:
        """Return the table of a population; None where none of its figures is about children."""
        return next((one for one in self.tables if one.population == population), None)

    def about_children(self, figure: str) -> bool:
        """Tell whether a figure is about children, and published alone outside the circle of those who may see its rows."""
        return any(figure in one.figures for one in self.tables)


@cache
def editions() -> tuple[Edition, ...]:
    """Return every edition, the oldest first."""
    return tuple(sorted((_edition(row) for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["edition"]), key=lambda one: one.starts))


def in_force(day: date) -> Edition:
    """Return the edition in force on `day`; before the first, the first."""
    return begun_by(editions(), day)


def days_until(day: date) -> list[date]:
    """Return the days as of which counts are published before `day`, the oldest first: ends of the months that are over."""
    found, first, every = [], editions()[0].starts, in_force(day).every_months
    month = date(first.year, first.month, 1)
    while (last := month.replace(day=calendar.monthrange(month.year, month.month)[1])) < day:
        if month.month % every == 0:
            found.append(last)
        month = last + timedelta(days=1)
    return found


def _edition(row: dict[str, Any]) -> Edition:
    both = (row["source_zh"], row["source_en"]), (row["confirm_zh"], row["confirm_en"])
    return Edition(row["from"], row.get("until"), row["smallest"], row["every_months"], *both, tuple(map(_table, row["table"])))


def _table(row: dict[str, Any]) -> Table:
    base = row["base"]
    cuts = tuple(_cut(base, tuple(one["parts"]), one.get("left", ())) for one in row.get("cut", ()))
    return Table(row["population"], base, (Cut((base,), ((base,),), ()), *cuts))


def _cut(base: str, parts: tuple[str, ...], left: list[str]) -> Cut:
    cells: list[Cell] = [*((part,) for part in parts), (base, *parts), *(tuple(one.split(" - ")) for one in left)]
    return Cut(parts, tuple(cells), tuple(dict.fromkeys(cell[0] for cell in cells if cell[0] not in parts)))
