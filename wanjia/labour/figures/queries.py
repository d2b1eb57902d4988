"""The labourers behind one number: of a figure, of a part of its change, of a way they went."""

from wanjia.indicators.definitions import definition
from wanjia.orgs.areas.queries import Breakdown
from wanjia.reporting.figures import queries as counting
from wanjia.reporting.figures.tally import Tally

from ..models import Worker
from ..monthly import changes
from ..monthly.queries import moves
from ..states import How, Place
from . import ways
from .population import WORKERS

SHOWN = ("person__name", "person__birth_on", "person__schooling", "village__name", "village__short_name", "village__parent__name", "village__parent__short_name")


def rows(area, day, today, *, figure, part="", way=None, rest=False):
    """Return (how many, the labourers) behind one number of an area at the end of a day (None: now).

    part: of the change of the figure since the month before; way: the first two digits of the province where they work.
    """
    if part:
        return changes.explained(figure, moves(area.stem, day), day)[part], changes.rows_of_part(figure, part, area.stem, day)
    if way is not None:
        return ways.ways(area.stem, day).get(way, 0), ways.rows(area.stem, way, day)
    found = counting.in_area(WORKERS, area.stem)
    if rest:
        table = Breakdown(area, day or today)
        found = found.filter(table.rows(table.lines[-1], "village_id"))
    item = definition(figure)
    n = Tally(found, day, today).total({figure: item})[figure]
    return n, counting.rows_of(figure, found, day, today)


def shown(workers, *, names):
    """Return what a page shows of some labourers: with their names, or with these masked."""
    found = {one.pk: one for one in Worker.objects.filter(pk__in=[one.pk for one in workers]).select_related("person", "village__parent").only("verified_on", *SHOWN)}
    return [_row(one, found[one.pk], names) for one in workers]


def _row(then, one, names):
    place = getattr(then, "f_place", "")
    return {
        "pk": one.pk, "name": one.person.shown_name, "mask": not names and not one.person.is_protected, "verified_on": one.verified_on,
        "village": "".join(area.short_name or area.name for area in (one.village.parent, one.village) if area),
        "place": Place(place).label if place else "", "was": getattr(then, "f_was", None), "since_on": getattr(then, "f_since_on", None),
        "how": How(then.f_how).label if getattr(then, "f_how", "") else "", "carried": getattr(then, "f_carried", False),
    }  # fmt: skip
