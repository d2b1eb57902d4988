"""The dashboard, and the rows behind each of its numbers."""

import re

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.indicators.definitions import definition
from wanjia.orgs.duties import Duty
from wanjia.reporting.figures.asking import AsOf
from wanjia.reporting.figures.rules import opens_rows
from wanjia.verdict import Refused

from ..figures.population import NEEDS
from . import queries

SORTS = {"number": ("number",), "due": ("f_due_on", "number"), "village": ("village_id", "number"), "recorded": ("recorded_at", "number")}


@page("dashboard/", Duty.SEE_FIGURES, under="reporting")
def dashboard(request):
    """One area's figures on one day."""
    form, area, day, now = _asked(request)
    return queries.dashboard(request.user, area, day, now) | {"form": form, "today": now, "now": timezone.localtime(request.at), "past": day is not None}


@page("dashboard/rows/", Duty.SEE_FIGURES, under="reporting")
def rows(request):
    """The needs that one number counts, names masked; for posts that open content (an auditor has the number alone)."""
    _form, area, day, now = _asked(request)
    if not opens_rows(request.user, area):
        raise Refused(_("您的岗位只看统计数,不看具体诉求。需要核对时请联系台账办。"))
    figure, month = request.GET.get("figure", ""), request.GET.get("month", "")
    try:
        item = definition(figure)
    except KeyError:
        raise Http404 from None
    if item.population != NEEDS.name:  # another population's rows are shown by the app that brings it
        raise Http404
    if month and not re.fullmatch(r"20[0-9]{4}", month):
        raise Http404
    needs = queries.rows(request.user, area, day, now, figure=figure, month=month, rest=bool(request.GET.get("rest")))
    shown = page_of(request, needs, sorts=SORTS, default="due")
    shown.object_list = queries.dressed(list(shown.object_list))
    return {"page": shown, "item": item, "name": queries.named(item), "whose": queries.WHOSE[item.word], "area": area, "day": day or now, "past": day is not None, "month": month}


def _asked(request):
    """Return (form, area, day or None for now, today). An area out of reach is not found; a day to come is today."""
    now, form = request.day, AsOf(request.GET, actor=request.user)
    form.is_valid()
    area, day = form.cleaned_data.get("area"), form.cleaned_data.get("as_of")
    if area is None:
        raise Http404
    return form, area, day if day and day < now else None, now
