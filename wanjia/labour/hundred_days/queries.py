"""What the page of the hundred days shows: departures and people, by areas, by weeks."""

from collections import Counter

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.http import urlencode

from wanjia.indicators.definitions import definitions
from wanjia.orgs.models import Level
from wanjia.reporting.figures import queries as counting
from wanjia.reporting.figures.facts import condition
from wanjia.reporting.figures.tally import Tally

from ..figures.asking import opens_rows
from ..figures.population import within
from ..monthly.queries import name_of
from ..tallying.departed import PEOPLE
from .population import DEPARTURES, TOWNSHIP, kept, window_on

WEEK = 7


def content(actor, area, day, today):
    """Return the page's content for an area on a day (None: today); None where no campaign had begun."""
    one = window_on(day or today)
    if one is None:
        return None
    items = definitions(DEPARTURES.name)
    groups = {"stem": counting.stem(DEPARTURES, counting.DIGITS[area.level])} if area.level in counting.DIGITS else {}
    tally = Tally(counting.in_area(DEPARTURES, area.stem), day, today, **groups)
    counted = tally.total(items)
    lines = counting.lines(DEPARTURES, tally.by("stem", items), day or today, area) if groups else []
    return {
        "campaign": one, "left": max((one.ends - (day or today)).days, 0), "figures": [_figure(item, counted, actor, area, day, today) for item in items.values()],
        "heads": [name_of(id_) for id_ in items], "weeks": weeks(area, one, day, today),
        "lines": [_line(actor, line, row, day) for line, row in lines],
    }  # fmt: skip


def _figure(item, counted, actor, area, day, today):
    row = counting.figure_row(item, counted, day or today)
    return row | {
        "name": name_of(item.id),
        "url": _address(actor, area, day, item.id),
        "people": people(area, day or today, item),
    }


def people(area, day, item):
    """Return how many people the departures of a figure are: whoever went twice is one."""
    sums, rest = _kept(area, day) if item.id in PEOPLE else (None, None)
    n = (sums.aggregate(n=Sum(PEOPLE[item.id]))["n"] or 0) if sums is not None else 0
    return n + (_rows(area, day, item).filter(rest).values("worker").distinct().count() if rest is not None else 0)


def _kept(area, day):
    """Return (the sums kept of an area's departures up to a day, or None; Q of the rows that they do not hold, None for nothing): nobody lives in two townships."""
    found = kept(area.stem, day) if len(area.stem) <= TOWNSHIP else None
    if found is None:
        return None, Q()
    sums, lacking = found
    rest = Q()
    for stem in lacking:
        rest |= within(stem, DEPARTURES.place)
    return sums, rest if lacking else None


def _rows(area, day, item):
    rows = DEPARTURES.as_of(counting.in_area(DEPARTURES, area.stem), day, day)
    return rows.filter(condition(item, day, DEPARTURES))


def _line(actor, line, row, day):
    deeper = line.area.level != Level.VILLAGE and not line.rest
    fixed = {"area": line.area.code} | ({"as_of": day.isoformat()} if day else {})
    return {
        "name": line.area.name, "rest": line.rest, "url": f"{reverse('labour:hundred_days')}?{urlencode(fixed)}" if deeper else "",
        "cells": [{"n": n, "url": "" if line.rest else _address(actor, line.area, day, id_)} for id_, n in row.items()],
    }  # fmt: skip


def _address(actor, area, day, figure):
    asked = {"figure": figure, "area": area.code} | ({"as_of": day.isoformat()} if day else {})
    return f"{reverse('labour:hundred_days_rows')}?{urlencode(asked)}" if opens_rows(actor, area) else ""


def weeks(area, one, day, today):
    """Return the campaign's weeks up to the day: [{"from", "n", "organised", "sum": organised so far}]."""
    all_of, organised = Counter(), Counter()
    for from_on, how, n in _by_day(area, day or today):
        week = (from_on - one.starts).days // WEEK
        all_of[week] += n
        organised[week] += n if how == "organised" else 0
    last = (min(day or today, one.ends) - one.starts).days // WEEK
    found, so_far = [], 0
    for week in range(last + 1):
        so_far += organised[week]
        if one.starts.toordinal() + week * WEEK < one.ends.toordinal():
            found.append(
                {
                    "from": type(one.starts).fromordinal(one.starts.toordinal() + week * WEEK),
                    "n": all_of[week],
                    "organised": organised[week],
                    "sum": so_far,
                }
            )
    return found


def _by_day(area, day):
    """Yield (day, how, departures): of sums, and of the rows that they do not hold."""
    sums, rest = _kept(area, day)
    if sums is not None:
        yield from sums.order_by().values_list("on", "how").annotate(f_n=Sum("n"))
    if rest is not None:
        rows = DEPARTURES.as_of(counting.in_area(DEPARTURES, area.stem), day, day).filter(rest)
        yield from rows.order_by().values_list("from_on", "f_how").annotate(f_n=Count("pk"))


def departures(area, day, item):
    """Return (the departures of a figure with whoever went, by villages; how many they are, of the sums where these are kept)."""
    n = Tally(counting.in_area(DEPARTURES, area.stem), day, day).total({item.id: item})[item.id]
    rows = (
        _rows(area, day, item)
        .select_related("worker__person", "worker__village__parent")
        .order_by("worker__village_id", "from_on", "pk")
    )
    return rows, n
