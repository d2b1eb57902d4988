"""Pages of a village's year: its figures, the rows behind one of them, the sheet."""

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, override

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.doors.words import in_english, said
from wanjia.indicators.definitions import definition
from wanjia.kernel.calendar import day_start
from wanjia.orgs import scope
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.figures.asking import AsOf, areas_from

from ..duties import Duty
from . import queries


class Looked(AsOf):
    """An area of those whose villages the actor sees."""

    duty = Duty.SEE_VILLAGE


def asked(request):
    """Return the Year that is asked for: ?area=, ?year=2026 (none: this one). One that is out of reach, or to come, is not found."""
    form, text = Looked(request.GET, actor=request.user), request.GET.get("year", "") or str(request.day.year)
    form.is_valid()
    area, number = form.cleaned_data.get("area"), int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else 0
    if area is None or not queries.FIRST <= number <= request.day.year:
        raise Http404
    return queries.Year(request.user, area, number, request.day)


@page("village/year/", Duty.SEE_VILLAGE)
def village_year(request):
    """What a year comes to: a village's, or that of all villages of an area."""
    year = asked(request)
    given, rows_at = {"area": year.area.code, "year": year.number}, reverse("village:village_year_rows")
    told = [(words, [row | {"url": f"{rows_at}?{urlencode(given | {'figure': row['id']})}"} for row in rows]) for words, rows in named(year)]
    return {"told": told, "year": year, "area": year.area, "choices": areas_from(request.user, year.area, Duty.SEE_VILLAGE), "years": range(request.day.year, queries.FIRST - 1, -1)}


def named(year, **readers):
    """Return the sections of a year, each figure as the reader reads it."""
    return [(words, [row | _read(definition(row["id"])) for row in rows]) for words, rows in year.sections(**readers)]


def _read(item):
    """Return a figure's name, that of its whole, and its unit: English counts without measure words, but for money."""
    unit = item.unit if not in_english() else gettext("元") if item.scale else ""
    return {"name": said(item), "whole": said(definition(item.of)) if item.of else "", "unit": unit}


@page("village/year/rows/", Duty.SEE_VILLAGE)
def village_year_rows(request):
    """The rows behind one figure of a year, those that the reader may open. ?figure=…"""
    year, figure = asked(request), request.GET.get("figure", "")
    if figure not in queries.figures_told():
        raise Http404
    found = page_of(request, year.rows(figure))
    return {"page": found, "rows": queries.called(found), "item": definition(figure), "name": said(definition(figure)), "year": year, "area": year.area}


@page("village/year/paper/", Duty.SEE_VILLAGE)
def village_year_paper(request):
    """The same on A4, to be read out and put up: numbers alone, and of these what everybody may read."""
    year = asked(request)
    name, unit = f"{year.area.name}{year.number}年自治账本", scope.unit(request.user, duty=Duty.SEE_VILLAGE, code=year.area.code)
    with override("zh-hans"):  # papers are Chinese, whoever prints them
        told = named(year, to_all=True)
    context = {"told": told, "year": year, "area": year.area, "name": name, "author": unit.name if unit else "", "made": day_start(request.day)}
    return beside(pdf("village/papers/year.html", context, name=f"year-{year.area.pk}-{year.number}-{year.day}"), f"{name}.pdf")
