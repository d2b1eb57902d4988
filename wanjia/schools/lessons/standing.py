"""How schools and lecturers stand: rows of the pages, filled page by page with a handful of questions however many there are."""

from collections import defaultdict

from django.db.models import Count, Exists, OuterRef, Q

from wanjia.policy import law_lessons as policy

from ..lesson_states import LESSONS
from ..models import LessonReason
from ..year.rules import visible_schools
from . import checks, queries, rules


def listed(actor, term, day):
    """The schools in reach that owe a lesson in a term (without one: those that stand), with `has_lesson`, `has_reason`, `has_vice`."""
    rows = visible_schools(actor)
    rows = queries.with_term(rows.filter(pk__in=queries.owing(term)), term) if term is not None else rows.on(day)
    serves = queries.serving(day).filter(school=OuterRef("pk"))
    return rows.annotate(has_vice=Exists(serves)).select_related("unit", "area").order_by("area_id", "unit__name", "pk")


def fill(schools, term, day):
    """Write beside each school who serves, its hours of the year, how many lessons the term had, why none."""
    schools = list(schools)
    vices = defaultdict(list)
    for one in queries.serving(day).filter(school__in=schools).select_related("lecturer__unit").order_by("from_on", "pk"):
        vices[one.school_id].append(one)
    hours = queries.hours_of(schools, day)
    lessons = dict(queries.held().filter(school__in=schools, term=term).order_by().values_list("school").annotate(n=Count("pk"))) if term else {}
    firsts = set(queries.held().filter(school__in=schools, term=term, occasion="first").values_list("school", flat=True)) if term else set()
    reasons = {one.school_id: one for one in LessonReason.objects.filter(school__in=schools, term=term)} if term else {}
    for one in schools:
        one.serving, one.hours, one.lessons, one.reason = vices[one.pk], hours.get(one.pk, 0), lessons.get(one.pk, 0), reasons.get(one.pk)
        one.first = one.pk in firsts


def lecturers(actor, day):
    """The lecturers in reach who are there on a day, with how many lessons of the year they gave."""
    given = Count("lessons", filter=Q(lessons__taken_back_at=None, lessons__occasion__in=LESSONS, lessons__day__year=day.year, lessons__day__lte=day))
    return rules.visible_lecturers(actor).on(day).select_related("unit").annotate(given=given).order_by("organ", "unit__name", "name", "pk")


def serve(lecturers, day):
    """Write beside each lecturer where he serves, and until when his last query of records counts (None: none, or something stood against him)."""
    found = {one.pk: one for one in lecturers}
    for one in found.values():
        one.serving, one.until = [], None
    for one in queries.serving(day).filter(lecturer__in=found).select_related("school__unit").order_by("from_on", "pk"):
        found[one.lecturer_id].serving.append(one)
    for key, until in checks.each_cleared_until(found, day).items():
        found[key].until = until


def beside(school, day):
    """What the page of a school shows: who serves, its hours of the year, the lessons of its term or why none."""
    term = queries.term_of(school, day)
    fill([school], term, day)
    return {"school": school, "law_term": term, "owed": policy.in_force(day).hours_a_year}
