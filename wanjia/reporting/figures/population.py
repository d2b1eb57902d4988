"""What figures count: an app brings its population (`POPULATIONS` in its brings.py), one interpreter counts all of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Expression, Model, QuerySet

from wanjia.indicators.conditions import Values, atoms_of
from wanjia.kernel.brings import gather


@dataclass(frozen=True, eq=False)
class Sums:
    """Sums kept beside a population: rows of which each says how many (`n`) of the population's rows are alike (ADR 122).

    kept(stem, day) → (the sums of an area on a day (None: now), stems of the areas below it for which they are not kept), or None where
    none are kept for that: what sums do not hold is counted from the rows. facts: {fact: column} they tell apart; place: the column of
    their area code; digits: how far down it tells areas apart; by_day: `kept` is asked with the page's own day even where that is now.
    """

    kept: Callable[[str, date | None], tuple[QuerySet, Sequence[str]] | None]
    facts: Mapping[str, str]
    place: str
    digits: int
    by_day: bool = False

    def answers(self, item):
        """Tell whether they tell apart all that a definition asks; of a column that it adds up they know nothing."""
        return not item.adds and all(atom.fact in self.facts for atom in atoms_of(item.tree))


@dataclass(frozen=True, eq=False)
class Population:
    """One population and how it is counted.

    rows: its model; visible: (actor, duty=) → the rows an actor counts; place: the column of a row's area code; few: facts of few
    values, by which rows that are alike are grouped.
    Where it keeps a history, and can be counted for a past day: lines: the model of its lines, each of which keeps what was true after
    it (`n`, `happened_at`, `recorded_at`); of, lines_name: the line's field of the row, and its way back; facts: those that acts
    change, {fact: (column now, column of the line)}, all others stay as they were recorded.
    Where months of it are shown: month: the annotation of the month (yyyymm) a row belongs to; in_month: (rows, yyyymm) → those rows;
    months: the ids that a table of months shows.
    one: (column now, column of the line) of what several rows may share that are one matter: then each figure says too how many matters it
    counts, rows that share one counted once. No condition asks it, no share is taken of it.
    sums: {how parts begin: the figure that they sum to}.
    as_of: (rows, day, today) → the rows with the facts of that day (None: now, which is on `today`) as f_… columns, without those that do not count then: a history in
    dated rows instead of lines. now_alone: facts whose past is not kept: what asks them is left out for a past day.
    whom: of figures about children, the path to the child (or home) that a row is of; circle: (actor, area) → whether the actor may open all rows there.
    Whoever may not is told what was published (published/queries.py), never a small number.
    told: (rows of figures, actor, area, day, today) → these as the actor (None: anybody at all) is told them, where small numbers are told to those alone who open the rows.
    summed: where sums of the rows are kept, the narrowest first; dated: {name of a set of the definitions: day → its values}.
    """

    name: str
    definitions: Path
    rows: type[Model]
    visible: Callable[..., QuerySet]
    place: str
    few: tuple[str, ...] = ()
    lines: type[Model] | None = None
    of: str = ""
    lines_name: str = ""
    facts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    month: Expression | None = None
    in_month: Callable[[QuerySet, str], QuerySet] | None = None
    months: tuple[str, ...] = ()
    one: tuple[str, str] | None = None
    sums: Mapping[str, str] = field(default_factory=dict)
    as_of: Callable[[QuerySet, date | None, date | None], QuerySet] | None = None
    now_alone: tuple[str, ...] = ()
    summed: tuple[Sums, ...] = ()
    dated: Mapping[str, Values] = field(default_factory=dict)
    whom: str = ""
    circle: Callable[..., bool] | None = None
    told: Callable[..., list[dict[str, Any]]] | None = None

    def column(self, fact):
        """Return what a fact is called over `on_day`."""
        return f"f_{fact}" if fact in self.facts else fact

    def askable(self, items, day):
        """Keep of definitions {id: …} those that can be counted on `day` (None: now)."""
        return {id_: item for id_, item in items.items() if day is None or not any(atom.fact in self.now_alone for atom in atoms_of(item.tree))}


def populations(day=None):
    """Return the populations of all installed apps; for a past day, those that keep a history."""
    return [one for one in gather("POPULATIONS") if day is None or one.lines or one.as_of]


def population_of(rows):
    """Return the population that a queryset's rows belong to. Raises LookupError when no app brings it."""
    for one in populations():
        if one.rows is rows.model:
            return one
    raise LookupError(rows.model)
