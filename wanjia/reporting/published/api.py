"""Figures over HTTP, in the shape of `wanjia figures --json`."""

from datetime import date

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema
from pydantic import Field

from wanjia.doors.dialect import PROBLEMS, SignedIn, text
from wanjia.doors.words import both
from wanjia.orgs.duties import Duty

from ..figures import queries
from ..figures.asking import AsOf
from ..figures.population import populations
from .queries import told_rows

router = Router(tags=["figures"], auth=SignedIn(Duty.SEE_FIGURES))


class FigureOut(Schema):
    """One figure: numerator and denominator; the percentage only as it is shown."""

    id: str
    zh: str
    en: str
    unit: str
    n: int | None = Field(description="null: about children, outside the circle of those who may see the rows, and not told")
    N: int | None
    matters: int | None = Field(description="how many matters (事项) the n are: what somebody put together is one; null where nothing is put together")
    shown: str
    percent: str | None
    rounding: str | None
    meaning: str
    source: str
    word: str = Field(description="whose word it is: handler, household, clock, office")
    as_of: date


class Figures(Schema):
    """All figures of an area on a day."""

    area: str
    as_of: date
    figures: list[FigureOut]


@router.get("", response={200: Figures, **PROBLEMS}, summary=both(_("统计数")))
def figures(request, area: text(15) = "", as_of: date | None = None):
    """The figures of an area in my reach, today or on a past day."""
    form, now = AsOf({"area": area}, actor=request.user), request.day
    place = form.cleaned_data.get("area") if form.is_valid() else None
    if place is None:
        raise Http404
    day = as_of if as_of and as_of < now else None
    rows = [row for of in populations(day) for row in _told(of, request.user, place, day, now)]
    return {"area": place.code, "as_of": day or now, "figures": rows}


def _told(of, actor, area, day, now):
    return told_rows(queries.figures(queries.rows_for(of, actor, area), day, now), of, actor, area, day or now, now)
