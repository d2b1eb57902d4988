"""The county's grid, held against the acts that wrote it: who may hold a need, and by when, goes by these rows.

A cell's hint is not held: no rule reads it, and it is somebody's words. Nor is what a line of an older version does not say: who set it.
"""

from wanjia.kernel.models import Entry
from wanjia.orgs.checking.reading import against, live_rows

from ..models import GridCell

CELL = ("pk", "county_id", "urgency", "difficulty", "tiers", "days", "unit", "from_on", "to_on", "set_by_id", "agreed_by_id")
GRADE = ("county_id", "urgency", "difficulty")


def faults(_day):
    """Yield (cell, column, is, should) for every cell of the grid that is otherwise than its lines say; none is without a line."""
    told, let_be = {}, set()
    for pk, _act, county, detail in _lines("casework.gridcell", "grid.set", "grid.agree"):
        new = {name: detail[name] for name in CELL if name in detail} | {"county_id": county, "tiers": ",".join(detail["tiers"]), "to_on": None}
        if "ended" in detail:
            ended, gone = detail["ended"], detail["gone"]
        else:
            ended, gone, unsure = _as_older_versions_did(told, new)
            let_be |= unsure
        for one in told.keys() & set(ended):
            told[one]["to_on"] = new["from_on"]
        for one in gone:
            told.pop(one, None)
        told[int(pk)] = new
    live = live_rows(GridCell, CELL)
    for rows in (told, live):
        for pk in let_be:
            rows.pop(pk, None)
    yield from against("cell", live, told)


def _as_older_versions_did(told, new):
    """Return the cells that a new one ended, those it took away, and those of which its line, without naming them, leaves that open.

    A first version touched the cell without an end alone; the next one all that reach the new one's first day.
    """
    same = {pk: one for pk, one in told.items() if all(one[name] == new[name] for name in GRADE)}
    on = new["from_on"]
    ended = {pk for pk, one in same.items() if one["to_on"] is None and one["from_on"] < on}
    gone = {pk for pk, one in same.items() if one["to_on"] is None and one["from_on"] >= on}
    return ended, gone, {pk for pk, one in same.items() if one["to_on"] and one["to_on"] > on}


def _lines(subject, *acts):
    lines = Entry.objects.filter(subject=subject, act__in=acts).order_by("seq")
    return lines.values_list("subject_id", "act", "area_code", "detail").iterator(chunk_size=1000)
