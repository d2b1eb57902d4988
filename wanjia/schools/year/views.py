"""Pages of the school year: the schools, one school with its bells, gates and the days ahead, the calendar of terms and days that are not as others."""

from datetime import timedelta

from wanjia.doors.clock import words_of_days
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page

from ..duties import Duty
from . import queries, rules
from .bells import Year
from .subjects import SCHOOLS

AHEAD, TERM = 14, 200  # days


@page("schools/", Duty.SEE_SCHOOLS, template="list")
def schools(request):
    """The schools in reach; which of them lacks bells or gates."""
    rows = rules.visible_schools(request.user).select_related("unit", "area").prefetch_related("bells", "gates").order_by("area_id", "unit__name", "pk")
    page = page_of(request, rows)
    for one in page:
        one.words = queries.words_of_grades(one.grades)
        one.rings, one.guarded = (any(row.to_on is None for row in found.all()) for found in (one.bells, one.gates))
    return {"page": page, "keeps": request.user.has_duty(Duty.KEEP_SCHOOL_YEAR)}


@page("schools/<uuid:school_id>/", Duty.SEE_SCHOOLS, of=SCHOOLS, moves=True, template="school")
def school(request, one):
    """One school: its grades and pupils, bells, gates, the fortnight ahead; days that ask whose bells ring."""
    year = Year([one], request.day, request.day + timedelta(days=TERM))
    ahead = [(day, year.rings(one, day.day)) for day in year.days(one) if day.day < request.day + timedelta(days=AHEAD)]
    bells = [(bell, queries.words_of_grades(bell.grades), words_of_days(bell.weekdays)) for bell in one.bells.not_ended(request.day)]
    return {
        "words": queries.words_of_grades(one.grades), "pupils": [(queries.words_of_grades(str(grade)) if grade is not None else "", n) for grade, n in queries.pupils_by_grade(one).items()], "term": year.term_of(one, request.day), "ahead": ahead,
        "bells": bells, "gates": one.gates.not_ended(request.day), "own_days": one.days.filter(day__gte=request.day, dropped_at=None), "unnamed": year.unnamed(one),
        "keeps": bool(rules.can_keep(request.user, one)),
    }  # fmt: skip


@page("schools/calendar/", Duty.SEE_SCHOOLS, template="calendar")
def calendar(request):
    """Terms, and days that are not as others, of the areas in reach: those still to come first."""
    days = rules.visible_days(request.user).filter(day__gte=request.day, dropped_at=None).select_related("area", "school__unit").order_by("day", "area_id", "pk")
    return {
        "terms": rules.visible_terms(request.user).filter(to_on__gt=request.day - timedelta(days=365)).select_related("area")[:20],
        "page": page_of(request, days), "keeps": request.user.has_duty(Duty.KEEP_SCHOOL_YEAR),
    }  # fmt: skip
