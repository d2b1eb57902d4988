"""The page of the rows behind one number of care."""

from django.http import Http404

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.words import said as in_words
from wanjia.indicators.definitions import definition

from .. import addresses
from ..duties import Duty
from . import queries

SEES = (Duty.SEE_CARE, Duty.KEEP_HELPERS, Duty.VET_HELPERS, Duty.DRAW_PAIRS, Duty.ACTIVATE_PAIRS, Duty.KEEP_CLASSES, Duty.KEEP_CANTEEN, Duty.HOLD_EVENTS,
        Duty.GATHER_WISHES, Duty.JUDGE_WISHES, Duty.KEEP_GIFTS)  # fmt: skip


@page("care/rows/", *SEES, name="figure_rows", template="rows")
def figure_rows(request):
    """Which rows a number counts: ?figure=servings.missed&area=…&as_of=…; as far as the reader's posts see them."""
    area, day = addresses.area(request, duty=SEES), addresses.past_day(request)
    try:
        item = definition(request.GET.get("figure", ""))
        found = page_of(request, queries.rows(request.user, item, area, day, request.day))
    except (KeyError, LookupError):
        raise Http404 from None
    return {"page": found, "rows": queries.said(item, found, request.user), "name": in_words(item), "meaning": item.meaning, "area": area, "day": day or request.day}
