"""The one page of a programme, for a county, a township, a village, and on one sheet of paper."""

from django.http import Http404

from wanjia.doors.reading import page
from wanjia.doors.words import said
from wanjia.orgs import scope
from wanjia.orgs.areas.queries import ancestors
from wanjia.policy import publishing
from wanjia.policy.programme import programmes

from .. import addresses
from . import queries


@page("care/programme/", *queries.LOOKS)
def programme(request):
    """Everything of a programme in an area and a year: each number leads to its rows."""
    one = next((each for each in programmes() if each.id == request.GET.get("programme", programmes()[0].id)), None)
    area = addresses.area(request, duty=queries.LOOKS) or next(iter(scope.areas(request.user, duty=queries.LOOKS)), None)
    if one is None or area is None:
        raise Http404
    asked = _year(request, one, area)
    totals, places = queries.counted(one, request.user, asked)
    told, hidden = queries.published(totals, asked, request.user)
    heads, rows = queries.by_place(one, places, request.user, asked, told, hidden)
    return {
        "programme": one, "name": said(one), "area": area, "above": [each for each in ancestors(area) if addresses.reaches(request.user, each, duty=queries.LOOKS)],
        "years": one.years(request.day), "year": asked.year, "day": asked.day or request.day, "past": asked.day is not None, "blocks": queries.blocks(one, totals, request.user, asked, told, hidden),
        "heads": heads, "rows": rows, "told_on": told.last_of(totals), "hidden": bool(hidden), "smallest": publishing.in_force(asked.day or request.day).smallest,
    }  # fmt: skip


def _year(request, one, area):
    years = one.years(request.day)
    wanted = request.GET.get("year", "")
    if not years or (wanted and wanted not in map(str, years)):
        raise Http404
    year = int(wanted or years[0])
    until = one.until(year, request.day)
    return queries.Year(area, year, until if until < request.day else None, request.day)
