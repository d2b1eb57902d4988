"""What is told of children to somebody who may not open the rows behind a number: the one definition of a published count. It is the same for every reader."""

from functools import cached_property

from django.db.models import Exists, OuterRef

from wanjia.indicators.definitions import definition, everything
from wanjia.policy import publishing

from ..figures.queries import figure_row
from ..models import PublishedCounts

HIDDEN = "—"


class Told:
    """What was published last of some populations by a day."""

    def __init__(self, day):
        self.day = day

    @cached_property
    def _last(self):
        later = PublishedCounts.objects.filter(population=OuterRef("population"), day__gt=OuterRef("day"), day__lte=self.day)
        return {one.population: one for one in PublishedCounts.objects.filter(~Exists(later), day__lte=self.day).defer("hidden")}

    def of(self, population):
        """Return the PublishedCounts of a population, or None: nothing was published of it yet. One question for all."""
        return self._last.get(population)

    def last_of(self, ids):
        """Return the day as of which some figures were published last, or None."""
        known = everything()
        return max((counts.day for name in {known[id_].population for id_ in ids} if (counts := self.of(name))), default=None)

    def n(self, id_, code):
        """Return how many a figure counts in a place as it is published; None where that is hidden."""
        counts = self.of(definition(id_).population)
        return counts.told.get(id_, {}).get(code) if counts else None

    def row(self, item, code, day):
        """Return a figure as `figures.queries.figure_row` does, its n, N and percent None where they are hidden."""
        counts = self.of(item.population)
        n, total = self.n(item.id, code), self.n(item.of, code) if item.of else None
        whole = n is not None and (total is not None or not item.of)
        row = figure_row(item, {item.id: n or 0, item.of: total or 0}, counts.day if counts else day)
        return row if whole else row | {"n": n, "N": total, "shown": HIDDEN, "percent": None}


def is_hidden(of, id_, actor, area, day):
    """Tell whether the actor is told a figure of an area as it is published alone: it is about children, and its rows there are not all the actor's to open."""
    return publishing.in_force(day).about_children(id_) and not of.circle(actor, area)


def told_rows(rows, of, actor, area, day, today):
    """Return rows of `figures.queries.figures` as the actor is told them: of what is about children, outside its circle, what was published; of a population that says itself what it tells, that."""
    if of.told is not None:
        return of.told(rows, actor, area, day, today)
    if of.circle is None or of.circle(actor, area):
        return rows
    told, about = Told(day), publishing.in_force(day).about_children
    return [told.row(definition(row["id"]), area.code, day) if about(row["id"]) else row for row in rows]
