"""What the tables of a month say of an area: each figure counted once for all its places, sums over the same rows, shares of two of these."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from wanjia.doors.words import said
from wanjia.indicators.definitions import definition, percent
from wanjia.orgs.areas.queries import Breakdown
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.reporting.figures import queries as counting
from wanjia.reporting.figures.population import populations

from ..duties import Duty
from ..riders.rules import knows_riders
from .columns import OF, TABLES, Column
from .published import Published

LOOKS = (OrgsDuty.SEE_FIGURES, Duty.DRAW_ROSTER)  # either shows the numbers
HIDDEN = "—"
# Which rows are a month's: by the day of the row. Schools are those that stand at its end; a settlement is of its month whenever it was drawn up.
DAY_OF = {"gates": "day", "gate_troubles": "day", "bus_trips": "day", "bus_rides": "trip__day"}
# What may be told days after it was: a month holds what the year counts at its end and did not at the end of the one before, so that no row falls between two months.
TOLD_LATE = ("hazards", "law_lessons")


@dataclass(frozen=True)
class Month:
    """One month of an area as the actor is told it. day: its last, or today while it is not over; public: as it is published, whoever asks."""

    actor: object
    area: object
    first: date
    today: date
    public: bool = False

    @property
    def end(self):
        """The last day of the month."""
        return self.first.replace(day=monthrange(self.first.year, self.first.month)[1])

    @property
    def day(self):
        """The day as of which it is counted."""
        return min(self.end, self.today)

    @property
    def over(self):
        """Whether the month is over."""
        return self.end < self.today

    @property
    def told_in_full(self):
        """Whether the actor may open all rows about children here, and is not shown what is published."""
        return not self.public and knows_riders(self.actor, self.area)

    def rows(self, figure, mine=False):
        """Return the rows that a figure counts in this month and area, as of its day. mine: those alone that the actor may open."""
        item = definition(figure)
        of = next(one for one in populations() if one.name == item.population)
        rows = self._of_month(of, of.visible(self.actor) if mine else of.visible(self.actor, duty=LOOKS))
        return rows if of.name == "bus_months" else counting.rows_of(figure, rows, self.day, self.today)

    def _of_month(self, of, rows):
        first, end = self.area.span()
        rows = rows.filter(**{f"{of.place}__gte": first, f"{of.place}__lt": end})
        if of.name == "bus_months":
            return rows.filter(month=f"{self.first:%Y-%m}")
        if of.name in TOLD_LATE and self.first.month > 1:
            return rows.exclude(pk__in=of.as_of(rows, self.first - timedelta(days=1), self.today).values("pk"))
        return rows.filter(**{f"{DAY_OF[of.name]}__gte": self.first, f"{DAY_OF[of.name]}__lte": self.day}) if of.name in DAY_OF else rows

    def _by_place(self, column):
        """Return {stem of a place below: the number of a column there}."""
        of = next(one for one in populations() if one.name == definition(column.figure).population)
        stem = counting.stem(of, counting.DIGITS.get(self.area.level, 12))
        rows = self.rows(column.figure).annotate(stem=stem)
        if column.summed:
            return column.summed(rows, "stem")
        return dict(rows.order_by().values_list("stem").annotate(Count("pk")))

    def table(self, table):
        """Return {"table", "head", "lines"}: the area first, then the places below it."""
        counts = {column.key: self._by_place(column) for column in table.columns if column.figure}
        places = Breakdown(self.area, self.day) if self.area.level in counting.DIGITS else None
        lines = [Line(self, table, None, {key: sum(found.values()) for key, found in counts.items()})]
        for line in places.lines if places else ():
            own = {key: sum(n for stem, n in found.items() if places.line_of(stem) is line) for key, found in counts.items()}
            if not line.rest or any(own.values()):
                lines.append(Line(self, table, line, own))
        return {"table": table, "head": [name_of(column) for column in table.columns], "defined": [(name_of(column), meaning_of(column)) for column in table.columns if not column.part], "lines": [line.shown() for line in lines]}

    def tables(self, number=None):
        """Return all tables, or one."""
        return [self.table(table) for table in ([OF[number]] if number else TABLES)]


@dataclass(frozen=True)
class Line:
    """One line of a table. place: the line of a Breakdown, None of the whole area."""

    month: Month
    table: object
    place: object
    counts: dict

    def shown(self):
        """Return what stands on it: its name, its cells {"shown", "key", "opens"}."""
        rest = bool(self.place and self.place.rest)
        area = self.month.area if self.place is None else self.place.area
        told = self.counts if self.month.told_in_full else self._published(area.code, rest)
        cells = [self._cell(column, told) for column in self.table.columns]
        return {"name": area.short_name or area.name, "area": None if rest else area, "rest": rest, "whole": self.place is None, "cells": cells}

    def _published(self, code, rest):
        """Return the numbers where those about children are as they were published, None where that is hidden: what follows from a hidden one is hidden too."""
        told = dict(self.counts)
        for column in self.table.columns:
            if column.child and column.figure:
                told[column.key] = None
        if any(column.child for column in self.table.columns) and not rest:
            rides = Published(self.month.first, self.month.end).n("bus_rides.ridden", code)
            if rides is not None:
                told |= {"rides": rides, "subsidy": self.counts["subsidy"]}
        return told

    def _cell(self, column: Column, told):
        if column.part:
            part, whole = told[column.part], told[column.whole]
            return {"key": column.key, "shown": HIDDEN if part is None else percent(part, whole, rounding="truncate"), "n": None, "opens": False}
        n = told[column.key]
        opens = bool(n) and not self.month.public and (self.month.told_in_full or not column.child)
        return {"key": column.key, "shown": HIDDEN if n is None else column.shown(n), "n": n, "opens": opens}


def name_of(column):
    """Return what a column is called in the reader's language."""
    return str(column.words) if column.words else said(definition(column.figure))


def meaning_of(column):
    """Return what it counts: the definition's own words, or those of a sum."""
    if column.part:
        return ""
    return str(column.meaning) if column.meaning else definition(column.figure).meaning
