"""The monthly table of transfer employment, on a page and as a workbook."""

import re

from django.http import Http404
from django.utils.translation import gettext as _

from wanjia.doors.reading import page
from wanjia.doors.sending import sheet
from wanjia.verdict import Refused

from ..dashboard.queries import choices
from ..figures.asking import Link, asked
from ..figures.population import LOOKS
from . import queries
from .workbook import HEADER, lines_of


@page("labour/monthly/", *LOOKS)
def monthly(request):
    """The table of an area and a month, and who is behind each change since the month before."""
    form, area, month, day = _month(request)
    about = {"form": form, "area": area, "month": month, "day": day, "choices": choices(request.user, area), "this": f"{request.day:%Y-%m}"}
    if not queries.ready(area, day) or not queries.ready(area, queries.month_before(day)):
        return about | {"waits": True}
    told = queries.statement(area, day)
    return about | queries.table(told, _link(request.user)(day)) | {"of": told["of"], "over": day == queries.end_of_month(day)}


@page("labour/monthly.xlsx", *LOOKS, name="monthly_sheet")
def monthly_sheet(request):
    """The same table as a workbook: numbers of areas, nobody's name."""
    _form, area, month, day = _month(request)
    if not queries.ready(area, day) or not queries.ready(area, queries.month_before(day)):
        raise Refused(_("这一天的数还在汇总,请过几分钟再看。"))
    told = queries.table(queries.statement(area, day), lambda *_figure, **_more: None)
    title = f"{area.name}转移就业月报 截至 {day.isoformat()} 每人只计一次,百分比截断到小数点后两位"
    return sheet(f"{area.name}{month}转移就业月报.xlsx", HEADER, lines_of(told), sheet="月报", title=title)


def _month(request):
    """Return (form, area, yyyymm, its last finished day). The month before where none is asked for and none of this one is over."""
    form, area, _day = asked(request)
    month = request.GET.get("month", "").replace("-", "")
    if month and not re.fullmatch(r"20[0-9]{2}(0[1-9]|1[0-2])", month):
        raise Http404
    day = queries.day_of_month(month or f"{request.day:%Y%m}", request.day)
    if day is None and month:
        raise Http404
    day = day or queries.month_before(request.day)
    return form, area, f"{day:%Y%m}", day


def _link(actor):
    return lambda day: lambda figure, area, **more: Link(actor, area, day)(figure, **more)
