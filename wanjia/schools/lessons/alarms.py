"""What is missing of law in school is told to a person, with the day until which it is to be mended: a term without a lesson, a school without a vice-principal, a term of office or a query of records that ends.

Each thing is told once while it is missing, and is settled when it is there.
"""

from datetime import timedelta

from wanjia.kernel.calendar import today
from wanjia.orgs.roles import Role
from wanjia.policy import law_lessons as policy

from ..lesson_states import Missing
from ..models import LessonAlarm, LessonClosing, School, Term
from ..year.answering import person_of, posts_of
from . import checks, queries

OF_SCHOOL, OF_COUNTY = (Role.HEADMASTER, Role.SCHOOLS_OFFICER), (Role.SCHOOLS_OFFICER, Role.HEADMASTER)  # who is told: the first of these whose post is held


def look(at, schools=None):
    """Find what is missing today. Returns (new alarms, not saved; keys of those that are settled). schools: of these alone."""
    day, everywhere = today(at), schools is None
    schools = list(schools if schools is not None else School.objects.on(day))
    due = _lessons(schools, day) | _people(schools, day)
    rows = LessonAlarm.objects.filter(settled_at=None)
    told = {(one.school_id, one.kind, one.term_id or one.lecturer_id): one for one in (rows if everywhere else rows.filter(school__in=schools))}  # of a school that was shut too
    settled = [one.pk for key, one in told.items() if key not in due]
    fresh = {key: found for key, found in due.items() if key not in told and not (key[1] == Missing.LESSON and (key[0], Missing.LAST, key[2]) in due)}
    by_key = {one.pk: one for one in schools}
    posts = posts_of(OF_SCHOOL, day) if fresh else []
    new = []
    for (school, kind, about), due_on in fresh.items():
        silent = kind in (Missing.LESSON, Missing.LAST)
        roles, of = OF_SCHOOL if silent else OF_COUNTY, {"term_id" if silent else "lecturer_id": about}
        new.append(LessonAlarm(school_id=school, kind=kind, due_on=due_on, **of, person_id=person_of(by_key[school], roles, posts), raised_at=at))
    return new, settled


def _lessons(schools, day):
    """Return {(school, kind, term): until when} of schools that are silent in a term that soon ends, or ended and is not closed."""
    keys, found = {one.pk for one in schools}, {}
    for term in Term.objects.filter(from_on__lte=day).exclude(pk__in=LessonClosing.objects.values("term")).select_related("area"):
        first, last = policy.in_force(term.from_on).tell_before_end
        left = (term.to_on - day).days
        if left > first:
            continue
        kinds = (Missing.LESSON, Missing.LAST) if left <= last else (Missing.LESSON,)
        for school in queries.silent(term).filter(pk__in=keys).values_list("pk", flat=True):
            found |= {(school, kind, term.pk): term.to_on - timedelta(days=1) for kind in kinds}
    return found


def _people(schools, day):
    """Return {(school, kind, lecturer): until when} of schools whose vice-principal is missing, ends soon, or whose query of records ends."""
    edition = policy.in_force(day)
    serving = {}
    for one in queries.serving(day).filter(school__in=schools).select_related("lecturer").order_by("to_on", "pk"):
        serving.setdefault(one.school_id, []).append(one)
    followed = set(queries.serving(day + timedelta(days=edition.ending_days)).filter(school__in=schools).values_list("school", flat=True))
    cleared, found = checks.each_cleared_until({one.lecturer_id for rows in serving.values() for one in rows}, day), {}
    for school in schools:
        rows = serving.get(school.pk, [])
        if not rows and school.to_on is None:
            found[school.pk, Missing.VACANT, None] = day + timedelta(days=edition.vacant_days)
        elif rows and school.pk not in followed:
            found[school.pk, Missing.ENDING, rows[-1].lecturer_id] = rows[-1].to_on - timedelta(days=1)
        for one in rows:
            until = cleared.get(one.lecturer_id)
            if until is None or until <= day + timedelta(days=edition.check_days):
                found[school.pk, Missing.CHECK, one.lecturer_id] = (until or day + timedelta(days=1)) - timedelta(days=1)
    return found
