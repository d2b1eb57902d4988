"""Pages of the tables: a month of an area with each number a link to its rows, those rows, the workbook, the paper."""

from datetime import date

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside, sheet
from wanjia.indicators.definitions import definition
from wanjia.kernel.calendar import day_start
from wanjia.orgs import scope
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.figures.asking import AsOf, areas_from
from wanjia.verdict import Refused

from .columns import OF
from .queries import LOOKS, Month, name_of
from .rows import called, related
from .workbook import header_of, lines_of


class Looked(AsOf):
    """An area of those whose tables the actor sees."""

    duty = LOOKS


def asked(request):
    """Return the Month of an area that is asked for: ?area=, ?month=2026-11 (none: this month), ?public=1. One that is out of reach, or to come, is not found."""
    form = Looked(request.GET, actor=request.user)
    form.is_valid()
    area, text = form.cleaned_data.get("area"), request.GET.get("month", "")
    try:
        first = date.fromisoformat(f"{text}-01") if text else request.day.replace(day=1)
    except ValueError:
        raise Http404 from None
    if area is None or first > request.day or first.year < 2020:
        raise Http404
    return Month(request.user, area, first, request.day, request.GET.get("public") == "1")


def number_of(request):
    """Return the number of the table that is asked for, None for all."""
    text = request.GET.get("table", "")
    if text and (not text.isdecimal() or int(text) not in OF):
        raise Http404
    return int(text) if text else None


def linked(told, month):
    """Give each cell that opens its rows their address."""
    actor = month.actor
    for one in told:
        opens = scope.handles_content(actor, duty=one["table"].opens)
        for line in one["lines"]:
            for cell in line["cells"]:
                if opens and cell["opens"] and not line["rest"]:
                    given = {"table": one["table"].number, "column": cell["key"], "area": line["area"].code, "month": f"{month.first:%Y-%m}"}
                    cell["url"] = f"{reverse('schools:table_rows')}?{urlencode(given)}"
    return told


@page("schools/tables/", *LOOKS, template="tables")
def tables(request):
    """The four tables of a month: gates, hazards, escort buses, vice-principals for law; by the places below an area."""
    month, number = asked(request), number_of(request)
    return {
        "told": linked(month.tables(number), month), "month": month, "area": month.area, "choices": areas_from(request.user, month.area, LOOKS), "number": number, "all": OF.values(), "this": request.day,
        "hides": not month.told_in_full,
    }  # fmt: skip


@page("schools/tables/rows/", *LOOKS, template="rows")
def table_rows(request):
    """The rows that one number of the tables counts, as far as the reader may open them."""
    month, number = asked(request), number_of(request)
    column = next((one for one in OF[number].columns if one.key == request.GET.get("column") and one.figure), None) if number else None
    if column is None:
        raise Http404
    if column.child and not month.told_in_full:
        raise Refused(_("这个数后面是孩子,您的岗位只看公布的数。"))
    population = definition(column.figure).population
    rows = related(month.rows(column.figure, mine=True), population)
    found = page_of(request, rows)
    return {
        "page": found, "rows": called(found, population), "n": month.rows(column.figure).count(), "name": name_of(column), "item": definition(column.figure), "month": month, "area": month.area,
        "table": OF[number],
    }  # fmt: skip


def _named(month):
    return _("%(area)s%(month)s校园安全月表") % {"area": month.area.name, "month": f"{month.first:%Y-%m}"}


@page("schools/tables.xlsx", *LOOKS, name="tables_sheet")
def tables_sheet(request):
    """The same tables as a workbook: numbers of places, nobody's name."""
    month, number = asked(request), number_of(request)
    told = month.tables(number)
    title = f"{_named(month)} 截至 {month.day.isoformat()}"
    return sheet(f"{_named(month)}.xlsx", header_of(told), lines_of(told), sheet="月表", title=title)


@page("schools/tables.pdf", *LOOKS, name="tables_paper")
def tables_paper(request):
    """The same tables on A4."""
    month, number = asked(request), number_of(request)
    words = f"{month.area.name}{month.first.year}年{month.first.month}月校园安全月表"
    unit = scope.unit(request.user, duty=LOOKS, code=month.area.code)
    context = {
        "told": month.tables(number), "month": month, "area": month.area, "name": words, "author": unit.name if unit else "", "unit": unit,
        "made": day_start(request.day),  # one paper a day, byte by byte
    }
    return beside(pdf("schools/papers/tables.html", context, name=f"tables|{month.area.pk}|{month.first}|{month.day}"), f"{words}.pdf")
