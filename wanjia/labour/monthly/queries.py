"""What the monthly table says of an area: its places, its populations, what became of the month before, in a fixed number of questions."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from wanjia.doors.words import said
from wanjia.indicators.definitions import definition, percent
from wanjia.reporting.figures import queries as counting
from wanjia.reporting.figures.tally import Tally

from ..figures.population import TOWNSHIP, WORKERS, within
from ..models import Month, MonthSum, Verified, Worker
from ..tallying.months import end_of_month, month_before
from . import changes

# The columns of the table by areas (rules §h, table 10), and the populations below it.
COLUMNS = (
    "labour.labourers", "labour.transferred", "place.county", "place.city", "place.province", "place.outside", "place.abroad", "labour.organised",
    "labour.carried",
)  # fmt: skip
GROUPS = (("labour.labourers", "labour.transferred"), ("labour.lifted", "labour.lifted_transferred"),
          ("labour.watched", "labour.watched_transferred"), ("labour.relocated", "labour.relocated_transferred"))  # fmt: skip
EXPLAINED = ("labour.labourers", "labour.transferred", "place.county", "place.city", "place.province", "place.outside", "place.abroad")
COUNTED = tuple(dict.fromkeys([*COLUMNS, *(id_ for pair in GROUPS for id_ in pair), "labour.outside", "labour.near"]))
AT_ONCE = 60_000  # labourers up to which a past day is counted while somebody waits; more are counted by the clock
FEW_TOWNSHIPS = 3


@dataclass
class Statement:
    """One month of an area: of which day, and the days it is compared with."""

    area: object
    day: date

    @property
    def before(self):
        """The end of the month before."""
        return month_before(self.day)

    @property
    def year_ago(self):
        """The end of the same month a year before."""
        return end_of_month(self.day, 12)


def day_of_month(month, today):
    """Return the last finished day of a month (yyyymm): its end, or yesterday; None for a month of which no day is over."""
    first = date(int(month[:4]), int(month[4:]), 1)
    day = min(end_of_month(first), today - timedelta(days=1))
    return day if day >= first else None


def ready(area, day):
    """Tell whether a past day of an area can be told while somebody waits: it is kept, or the area is small."""
    kept = WORKERS.summed[-1].kept(area.stem, day)
    if kept is not None and len(kept[1]) <= FEW_TOWNSHIPS:
        return True
    return small(area)


def small(area):
    """Tell whether an area has so few labourers that a past day of theirs is counted while somebody waits. Of many townships their sums tell it."""
    if len(area.stem) < TOWNSHIP:
        return (Verified.objects.filter(within(area.stem, "township_id")).aggregate(n=Sum("n"))["n"] or 0) <= AT_ONCE
    return Worker.objects.filter(within(area.stem, "village_id"))[: AT_ONCE + 1].count() <= AT_ONCE


def statement(area, day):
    """Return all that the table says of an area at the end of `day`, numbers alone; ask `ready` first."""
    one = Statement(area, day)
    now, lines = _by_lines(area, day)
    before, lines_before = _by_lines(area, one.before)
    past_year = bool(Month.objects.filter(on=one.year_ago).exists() or ready(area, one.year_ago))
    year_ago, lines_ago = _by_lines(area, one.year_ago) if past_year else ({}, {})
    if not year_ago.get("labour.labourers"):  # nobody was on the roll then: nothing to compare with
        year_ago, lines_ago = {}, {}
    return {
        "of": one, "now": now, "before": before, "year_ago": year_ago,
        "lines": [(line, row, lines_before.get(line.area.pk), lines_ago.get(line.area.pk)) for line, row in lines.values()],
        "moves": moves(area.stem, day),
    }  # fmt: skip


def _by_lines(area, day):
    """Return ({id: n} of an area, {code: (Line, {id: n})} of those below it)."""
    items = {id_: definition(id_) for id_ in COUNTED}
    groups = {"stem": counting.stem(WORKERS, counting.DIGITS[area.level])} if area.level in counting.DIGITS else {}
    tally = Tally(counting.in_area(WORKERS, area.stem), day, day, **groups)
    lines = counting.lines(WORKERS, tally.by("stem", items), day, area) if groups else []
    zeros = dict.fromkeys(items, 0)
    return tally.total(items), {line.area.pk: (line, zeros | row) for line, row in lines if not line.rest or any(row.values())}


def moves(stem, day):
    """Return {(was, place): n} of an area: kept where it is kept, counted where not."""
    kept = WORKERS.summed[-1].kept(stem, day) if len(stem) <= WORKERS.summed[-1].digits else None
    if kept is None:
        return changes.moved(within(stem, "village_id"), day)
    months = Month.objects.filter(within(stem, "township_id"), on=day)
    found = Counter()
    for was, place, n in MonthSum.objects.filter(month__in=months).order_by().values_list("was", "place").annotate(Sum("n")):
        found[was, place] += n
    for lacking in kept[1]:
        found.update(changes.moved(within(lacking, "village_id"), day))
    return dict(found)


def table(told, link):
    """Return the statement ready to show: columns, rows by area, populations, explained changes. link: (figure, day or None, area, **more) → address."""
    one = told["of"]
    whole = _row(one.area.name, told["now"], told["before"], told["year_ago"], lambda id_: link(id_, one.area))
    return {
        "columns": [{"id": id_, "name": name_of(id_)} for id_ in COLUMNS], "whole": whole,
        "lines": [_row(line.area.name, row, before and before[1], ago and ago[1], _linked(link, line)) | {"rest": line.rest, "area": line.area} for line, row, before, ago in told["lines"]],
        "groups": [_group(pair, told, link) for pair in GROUPS], "parts": [{"part": part, "name": words, "sign": sign} for part, (words, sign) in changes.PARTS.items() if _told(part, told)],
        "explained": [_explained(id_, told, link) for id_ in EXPLAINED],
    }  # fmt: skip


def _linked(link, line):
    return lambda id_: link(id_, line.area, **({"rest": 1} if line.rest else {}))


def name_of(id_):
    """Return what a figure is called in the reader's language."""
    return said(definition(id_))


def _row(name, now, before, ago, link):
    rate = definition("labour.transferred")
    return {
        "name": name, "cells": [{"id": id_, "n": now[id_], "url": link(id_)} for id_ in COLUMNS],
        "percent": percent(now["labour.transferred"], now["labour.labourers"], rounding=rate.rounding, places=rate.places),
        "month": _more(now, before), "year": _more(now, ago),
    }  # fmt: skip


def _more(now, then):
    return now["labour.transferred"] - then["labour.transferred"] if then else None


def _group(pair, told, link):
    all_of, some = pair
    item, now, before = definition(some), told["now"], told["before"]
    return {
        "name": name_of(all_of), "n": now[some], "N": now[all_of], "percent": percent(now[some], now[all_of], rounding=item.rounding, places=item.places),
        "before": before[some], "more": now[some] - before[some], "url": link(some, told["of"].area), "url_all": link(all_of, told["of"].area), "id": some,
    }  # fmt: skip


def _told(part, told):
    """Tell whether a part is shown: a change of the definitions only in the month in which there was one."""
    return not part.startswith("edition") or any(changes.explained(id_, told["moves"], told["of"].day)[part] for id_ in EXPLAINED)


def _explained(id_, told, link):
    found = changes.explained(id_, told["moves"], told["of"].day)
    parts = [{"part": part, "n": n, "shown": f"{'+' if changes.PARTS[part][1] > 0 else '−'}{n}", "url": link(id_, told["of"].area, part=part)} for part, n in found.items() if _told(part, told)]
    return {"id": id_, "name": name_of(id_), "before": told["before"][id_], "now": told["now"][id_], "parts": parts, "url": link(id_, told["of"].area)}
