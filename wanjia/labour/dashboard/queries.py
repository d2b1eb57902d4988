"""What the dashboard shows of an area, in a fixed number of questions whatever the area holds."""

from datetime import timedelta

from django.db.models import Sum
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from wanjia.indicators.definitions import definition, everything
from wanjia.orgs.models import Level
from wanjia.policy.labour import in_force, quotes
from wanjia.reporting.figures import queries as counting
from wanjia.reporting.figures.tally import Tally

from ..figures.asking import Link, choices
from ..figures.population import WORKERS, within
from ..models import Month
from ..models.tallies import PLACES
from ..monthly import ways
from ..monthly.queries import name_of, ready, small
from ..tallying.months import days_to_keep

FIRST = ("labour.transferred", "labour.outside", "labour.near")
RATES = (("labour.labourers", "labour.transferred"), ("labour.lifted", "labour.lifted_transferred"), ("labour.relocated", "labour.relocated_transferred"),
         ("labour.watched", "labour.watched_transferred"))  # fmt: skip
OTHERS = ("labour.organised", "labour.carried", "labour.stable", "labour.fresh")
TABLE = ("labour.labourers", "labour.transferred", "labour.outside", "labour.near", "labour.organised", "place.none", "labour.stale")
HEATS = {"outside": 5, "abroad": 4, "province": 3, "city": 2, "county": 1, "none": 0}
ORDER = ("outside", "abroad", "province", "city", "county", "none")
WAYS_SHOWN = 8


def board(actor, area, day, today):
    """Return the page's content for an area on a day (None: now)."""
    items, link = WORKERS.askable(everything(WORKERS.name), day), Link(actor, area, day)
    if day and not small(area):  # what is kept of a past day tells no days apart: how many were stable then is told of smaller areas
        items = {id_: item for id_, item in items.items() if WORKERS.summed[-1].answers(item)}
    groups = {"stem": counting.stem(WORKERS, counting.DIGITS[area.level])} if area.level in counting.DIGITS else {}
    tally = Tally(counting.in_area(WORKERS, area.stem), day, today, **groups)
    # Days are summed by counties alone: how many are stable is asked of the whole area, not of those below it.
    apart = {id_: items[id_] for id_ in ("labour.stable",) if id_ in items}
    counted = tally.total({id_: item for id_, item in items.items() if id_ not in apart})
    counted |= Tally(counting.in_area(WORKERS, area.stem), day, today).total(apart)
    table = {id_: items[id_] for id_ in TABLE if id_ in items}
    lines = counting.lines(WORKERS, tally.by("stem", table), day or today, area) if groups else []
    lines = [(line, {id_: row.get(id_, 0) for id_ in table}) for line, row in lines]  # an area of which nothing was counted has noughts of every figure there is
    rows = {id_: figure(items[id_], counted, day or today, link) for id_ in items}
    return {
        "area": area, "day": day or today, "sees_rows": link.sees, "all": rows["labour.labourers"], "first": [rows[id_] for id_ in FIRST],
        "rates": [rows[some] | {"group": name_of(of), "url_all": link(of)} for of, some in RATES], "others": [rows[id_] for id_ in OTHERS if id_ in rows],
        "stale": rows.get("labour.stale"), "places": [rows[f"place.{place}"] | {"heat": HEATS[place]} for place in ORDER],
        "tiles": tiles(actor, lines, area, day), "heads": [{"name": name_of(id_), "meaning": items[id_].meaning} for id_ in table],
        "lines": [line_of(actor, line, row, day) for line, row in lines],
        "months": months(area, link, day or today), "choices": choices(actor, area), "quotes": quotes() if area.level == Level.CITY else (),
        **provinces(actor, area, day, today),
    }  # fmt: skip


def figure(item, counted, day, link):
    """Return one figure ready to show: n, N, share, link."""
    return counting.figure_row(item, counted, day) | {"name": name_of(item.id), "url": link(item.id)}


def line_of(actor, line, row, day):
    """Return one line of the table by area."""
    link, rest = Link(actor, line.area, day), {"rest": 1} if line.rest else {}
    deeper = not line.rest and line.area.level != Level.VILLAGE
    rate = definition("labour.transferred")
    return {
        "name": line.area.name, "rest": line.rest, "url": f"{reverse('labour:board')}?{urlencode(link.fixed)}" if deeper else "",
        "cells": [{"n": n, "url": link(id_, **rest), "id": id_} for id_, n in row.items()],
        "percent": counting.percent(row["labour.transferred"], row["labour.labourers"], rounding=rate.rounding, places=rate.places),
    }  # fmt: skip


def tiles(actor, lines, area, day):
    """Return what the map shows of each area below: who is not in transfer employment, with the rate beside; {} where nothing is drawn."""
    if area.level not in (Level.COUNTY, Level.CITY):
        return {}
    shown = {}
    for line, row in lines:
        if not line.rest:
            link = Link(actor, line.area, day)
            url = f"{reverse('labour:board')}?{urlencode(link.fixed)}"
            shown[line.area.code] = {"value": row["place.none"], "shown": str(row["place.none"]), "url": url}
    return shown


def months(area, link, day):
    """Return the months' ends that are kept for the whole area, the oldest first: how many were away, by the edition of that day."""
    if len(area.stem) > WORKERS.summed[-1].digits:
        return []
    ends = [one for one in days_to_keep(day + timedelta(days=1))[1:] if one <= day]
    found = Month.objects.filter(within(area.stem, "township_id"), on__in=ends).order_by().values("on").annotate(**{f"s_{place}": Sum(place) for place in PLACES})
    shown = []
    for row in sorted(found, key=lambda one: one["on"]):
        edition, all_of = in_force(row["on"]), sum(row[f"s_{place}"] for place in PLACES)
        away = sum(row[f"s_{place}"] for place in edition.transferred)
        far = sum(row[f"s_{place}"] for place in edition.outside)
        asked = {"as_of": row["on"].isoformat()}
        if all_of:
            shown.append({"on": row["on"], "N": all_of, "n": away, "far": far, "url": link("labour.transferred", **asked), "url_far": link("labour.outside", **asked)})
    return shown


def provinces(actor, area, day, today):
    """Return where labourers outside the province are: the provinces with the most, on the day asked for or the last that is kept."""
    on = day or ways.latest_kept(area, today)
    if on is None and ready(area, today - timedelta(days=1)):
        on = today - timedelta(days=1)
    if on is None or not ready(area, on):
        return {"ways": [], "ways_on": None}
    found, link = ways.ways(area.stem, on), Link(actor, area, on)
    rows = [{"way": way, "name": ways.called(way) or _("地点不详"), "n": n, "url": link("place.outside", way=way)} for way, n in found.items()]
    rest = sum(row["n"] for row in rows[WAYS_SHOWN:])
    return {"ways": rows[:WAYS_SHOWN], "ways_rest": rest, "ways_rest_of": len(rows) - WAYS_SHOWN, "ways_on": on, "ways_all": sum(found.values()), "ways_most": max(found.values(), default=0)}
