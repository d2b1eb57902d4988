"""The page of the hundred days, and the departures behind its numbers."""

from django.http import Http404
from django.utils.translation import gettext as _

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.indicators.definitions import definitions
from wanjia.orgs import scope
from wanjia.verdict import Refused

from ..duties import Duty
from ..figures.asking import asked, choices, opens_rows
from ..figures.population import LOOKS
from ..monthly.queries import name_of
from . import queries
from .population import DEPARTURES


@page("labour/hundred-days/", *LOOKS)
def hundred_days(request):
    """Departures within the campaign: how many, how many people, by areas and weeks."""
    form, area, day = asked(request)
    told = queries.content(request.user, area, day, request.day)
    return {"form": form, "area": area, "day": day or request.day, "today": request.day, "past": day is not None, "choices": choices(request.user, area)} | (told or {})


@page("labour/hundred-days/rows/", *LOOKS)
def hundred_days_rows(request):
    """The departures that one number counts, with whoever went."""
    _form, area, day = asked(request)
    if not opens_rows(request.user, area):
        raise Refused(_("您的岗位只看统计数,不看具体是谁。需要核对时请联系就业服务员。"))
    item = definitions(DEPARTURES.name).get(request.GET.get("figure", ""))
    if item is None:
        raise Http404
    rows, n = queries.departures(area, day or request.day, item)
    return {
        "page": page_of(request, rows, count=n), "item": item, "name": name_of(item.id), "area": area, "day": day or request.day,
        "names": scope.covers(request.user, area.code, duty=Duty.SEE_LABOUR),
    }  # fmt: skip
