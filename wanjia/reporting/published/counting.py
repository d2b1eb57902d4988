"""Who is counted where on a day, for what is published: each child once in each cell, in every place from the village up."""

from django.db.models import BooleanField, Case, CharField, F, Value, When
from django.db.models.functions import Cast

from wanjia.indicators.definitions import definition
from wanjia.orgs.models import Area
from wanjia.policy.hiding import REST

from ..figures import queries as counting
from ..figures.facts import condition, on_day


def tree(day):
    """Return ([roots], {place: those right below it and, last, what lies in none of them}, {code: code above}) of the areas that live on a day."""
    areas = dict(Area.objects.on(day).order_by("code").values_list("code", "parent"))
    above = {code: parent for code, parent in areas.items() if parent in areas}
    below = {}
    for code, parent in above.items():
        below.setdefault(parent, []).append(code)
    return [code for code in areas if code not in above], {code: [*ones, code + REST] for code, ones in below.items()}, above


def rows_of(of, table, day, today):
    """Yield (place, whom, {figures that count it}) of every row that the base of a table counts at the end of a day; of what is told by months, of its year alone."""
    rows = on_day(counting.in_area(of, ""), day, today=today)
    if of.month is not None:
        rows = rows.annotate(in_month=of.month).filter(in_month__startswith=str(day.year))
    asked = {f"m_{at}": condition(definition(id_), day, of) for at, id_ in enumerate(table.figures)}
    rows = rows.filter(asked["m_0"]).order_by().annotate(**{name: _mark(q) for name, q in asked.items()}, f_whom=Cast(F(of.whom), CharField()))
    for place, whom, *marks in rows.values_list(of.place, "f_whom", *asked).iterator(chunk_size=5000):
        yield place, whom, {id_ for id_, on in zip(table.figures, marks, strict=True) if on}


def _mark(q):
    return Case(When(q, then=Value(True)), default=Value(False), output_field=BooleanField()) if q else Value(True, BooleanField())


def counted(of, table, day, today, above, below):
    """Return ({cell: {place: the children there}}, {figure: {place: n rows}})."""
    cells = [cell for cut in table.cuts for cell in cut.cells]
    who, n, kept = {cell: {} for cell in cells}, {id_: {} for id_ in table.figures}, {}
    for place, whom, counts in rows_of(of, table, day, today):
        if place not in kept:
            kept[place] = _upwards(place, above, below)
        for each in kept[place]:
            for id_ in counts:
                n[id_][each] = n[id_].get(each, 0) + 1
            for cell in cells:
                if cell[0] in counts and counts.isdisjoint(cell[1:]):
                    who[cell].setdefault(each, set()).add(whom)
    return {cell: {place: frozenset(ones) for place, ones in places.items()} for cell, places in who.items()}, n


def _upwards(code, above, below):
    """List where a row with a code counts: its place, what holds it; of a place that has others below it, or is gone, the remainder."""
    known = next((each for each in (code, f"{code[:9]}000", f"{code[:6]}000000", f"{code[:4]}00000000") if each in above or each in below), None)
    if known is None:
        return []
    found = [known + REST] if known in below else []
    while known:
        found.append(known)
        known = above.get(known)
    return found
