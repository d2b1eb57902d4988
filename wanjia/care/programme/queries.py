"""What stands on the page of a programme: the figures of its blocks in an area and a year, and the same by places. No app is asked by name: figures by their ids."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from wanjia.doors.reading import opens
from wanjia.doors.words import said
from wanjia.indicators.definitions import everything
from wanjia.orgs import scope
from wanjia.orgs.areas.queries import Breakdown
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.policy import publishing
from wanjia.reporting.figures import queries as counting
from wanjia.reporting.figures.population import populations
from wanjia.reporting.published.queries import Told, is_hidden

from ..drilling import queries as drilling
from ..duties import Duty
from ..wishes.queries import median_in

# Where the rows of figures open, by how their ids begin; a page that is not installed opens nothing, and the number stands alone.
ROWS = {
    "children.": "reporting:rows", "lines.": "care:lines", "concerns.": "care:concerns", "entitled.": "care:figure_rows", "helpers.": "care:figure_rows", "wishes.": "care:figure_rows",
    "gifts.": "care:figure_rows", "events.": "care:figure_rows", "sessions.": "care:figure_rows", "presences.": "care:figure_rows", "servings.": "care:figure_rows", "posts.": "schools:posts",
}  # fmt: skip
LOOKS = (OrgsDuty.SEE_FIGURES, Duty.SEE_CARE)  # either shows the numbers


@dataclass(frozen=True)
class Year:
    """What is asked: an area, a year of the programme, the day up to which it counts (None: now), today."""

    area: object
    year: int
    day: object
    today: object

    def rows(self, of, actor):
        """Return the rows of a population that the actor counts in the area; of those that are told by months, the year's alone."""
        rows = counting.in_area(of, self.area.stem) if _whole(actor, self.area) else _seen(of, actor, self.area)
        return rows.annotate(in_month=of.month).filter(in_month__startswith=str(self.year)) if of.month is not None else rows


def _whole(actor, area):
    first, end = area.span()
    return any(not reach.line and reach.first <= first and end <= reach.end for reach in scope.places(actor, duty=LOOKS))


def _seen(of, actor, area):
    first, end = area.span()
    return of.visible(actor, duty=LOOKS).filter(**{f"{of.place}__gte": first, f"{of.place}__lt": end})


def counted(programme, actor, asked):
    """Return ({id: n} over the area, {id: {stem of a place below: n}}) of every figure of the programme that is installed, one or two questions a population."""
    totals, places, digits = {}, {}, counting.DIGITS.get(asked.area.level)
    for of in populations(asked.day):
        items = _items(programme, of, asked.day)
        if not items:
            continue
        rows = asked.rows(of, actor)
        totals |= counting.count(rows, asked.day, asked.today, items=items)
        heads = {id_: item for id_, item in items.items() if any(id_ in block.heads for block in programme.blocks)}
        if digits and heads:
            for stem, row in counting.count(rows, asked.day, asked.today, by={"stem": counting.stem(of, digits)}, items=heads).items():
                for id_, n in row.items():
                    places.setdefault(id_, {})[stem] = n
    return totals, places


def _items(programme, of, day):
    """Return the definitions of a population that stand in the programme, with those that they are shares of."""
    known = everything(of.name)
    wanted = [id_ for block in programme.blocks for id_ in block.of(known)]
    wanted += [known[id_].of for id_ in wanted if known[id_].of and known[id_].of not in wanted]
    return of.askable({id_: known[id_] for id_ in wanted}, day)


def published(totals, asked, actor):
    """Return (Told, ids of figures of which the actor is told what was published alone) of what was counted: on paper everybody is."""
    day = asked.day or asked.today
    known = {of.name: of for of in populations(asked.day)}
    items = everything()
    return Told(day), {id_ for id_ in totals if is_hidden(known[items[id_].population], id_, actor, asked.area, day)}


def blocks(programme, totals, actor, asked, told, hidden):
    """Return [(block, its figures ready to show, whether anything was recorded)] of the blocks that have any."""
    found = []
    for block in programme.blocks:
        known = {id_: item for id_, item in everything().items() if id_ in totals}
        rows = [_shown(known[id_], totals, actor, asked, told, id_ in hidden) for id_ in block.of(known)]
        rows += [_median(rows, asked)] if "wishes.granted" in {row["id"] for row in rows} and "wishes.granted" not in hidden else []
        if rows:
            found.append((said(block), rows, any(row["n"] != 0 for row in rows)))
    return found


def _median(rows, asked):
    """How long granted wishes took, of how many, as a row of its own; a median of three is one child's: on no paper, and not told outside the circle."""
    granted = next(row for row in rows if row["id"] == "wishes.granted")
    days, n = median_in(asked.area, asked.day or asked.today)
    untold = {"n": None, "N": None, "percent": None}
    return {
        "id": "wishes.median_days", "name": _("从说出到签收的天数(中位数)"), "meaning": _("截至当天实现的微心愿,从孩子说出到签收的天数,由少到多排在正中的;斜线后是实现的个数"),
        "n": days, "N": n, "percent": "", "url": granted["url"], "paper": untold,
    }  # fmt: skip


def _shown(item, totals, actor, asked, told, hidden):
    """A figure as it stands on the screen, and in `paper` as it is printed: a sheet goes from hand to hand."""
    day = asked.day or asked.today
    row = counting.figure_row(item, totals, day)
    paper = told.row(item, asked.area.code, day) if publishing.in_force(day).about_children(item.id) else row
    return {**(paper if hidden else row), "paper": paper, "name": said(item), "url": "" if hidden else address(item.id, actor, area=asked.area.code, asked=asked)}


def address(figure, actor, *, area, asked):
    """Return where the rows of a number open, or "" where no such page stands, or the actor may not open it."""
    page = next((page for begins, page in ROWS.items() if figure.startswith(begins)), "")
    try:
        there = reverse(page)
        duties, _door = opens(page)
    except (NoReverseMatch, KeyError):
        return ""
    if (duties and not actor.has_duty(*duties)) or not drilling.may_open(actor, everything()[figure]):
        return ""
    past = {"as_of": asked.day.isoformat()} if asked.day else {}
    return f"{there}?{urlencode({'figure': figure, 'area': area, **past})}"


def by_place(programme, places, actor, asked, told, hidden):
    """Return ([heads], [{"name", "code", "cells"}]) by the places below the area, in the order of their codes, zeros too, without columns of zeros
    alone; nothing is sorted by size.
    """
    known = everything()
    counted_then = {of.name for of in populations(asked.day)}
    heads = [known[id_] for block in programme.blocks for id_ in block.heads if id_ in known and known[id_].population in counted_then]
    table, found = Breakdown(asked.area, asked.day or asked.today), []
    if asked.area.level not in counting.DIGITS:
        return [], []
    for line in table.lines:
        sums = [sum(n for stem, n in places.get(item.id, {}).items() if table.line_of(stem) == line) for item in heads]
        if line.rest and not any(n for n, item in zip(sums, heads, strict=True) if item.id not in hidden):  # nor does a line's being there tell that somebody is
            continue
        cells = [_cell(item, n, line, actor, asked, told, item.id in hidden) for n, item in zip(sums, heads, strict=True)]
        found.append({"name": line.area.name, "code": line.area.code, "rest": line.rest, "cells": cells})
    some = [at for at in range(len(heads)) if any(line["cells"][at]["n"] != 0 for line in found)]  # a column of noughts alone says nothing and takes a sheet's width
    return [{"name": said(heads[at]), "meaning": heads[at].meaning} for at in some], [line | {"cells": [line["cells"][at] for at in some]} for line in found]


def _cell(item, n, line, actor, asked, told, hidden):
    day, paper = asked.day or asked.today, n
    if publishing.in_force(day).about_children(item.id):
        paper = None if line.rest else told.n(item.id, line.area.code)
    return {"n": paper if hidden else n, "paper": paper, "url": "" if line.rest or hidden else address(item.id, actor, area=line.area.code, asked=asked)}
