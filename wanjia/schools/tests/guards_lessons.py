"""Each CHECK and each unique constraint of law in school, met by name: the row that it refuses."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY
from wanjia.schools.models import (
    LawLesson,
    Lecturer,
    LessonAlarm,
    LessonClosing,
    LessonReason,
    ParentClass,
    PlannedLesson,
    VicePrincipal,
)

from .acts_families import came, held
from .factories import START, school, term
from .lesson_factories import DAY, lecturer, lesson, planned, vice

BEFORE = START - timedelta(days=1)


def _reason(world):
    return LessonReason.objects.create(school=school(world), term=term(world), words="讲师生病", written_at=MONDAY)


def _alarm(world, **facts):
    return LessonAlarm.objects.create(school=school(world), kind="vacant", due_on=DAY, raised_at=MONDAY, **facts)


def _but(one, **facts):
    """A row as it stands, with facts that are not written: so that saved once more it meets one constraint alone."""
    for name, value in facts.items():
        setattr(one, name, value)
    return one


def _set(world, **facts):
    return LawLesson.objects.filter(pk=lesson(world).pk).update(**facts)


CHECKS = {
    "retired_lecturer_has_an_age": lambda w: Lecturer.objects.filter(pk=lecturer(w).pk).update(retired_on=DAY),
    "lecturer_ends_after_start": lambda w: Lecturer.objects.filter(pk=lecturer(w).pk).update(to_on=BEFORE, end_reason="调走"),
    "lecturer_left_with_reason": lambda w: Lecturer.objects.filter(pk=lecturer(w).pk).update(to_on=DAY),
    "vice_principal_ends_after_start": lambda w: VicePrincipal.objects.filter(pk=vice(w).pk).update(to_on=BEFORE),
    "law_lesson_by_one": lambda w: _set(w, lecturer=None),
    "law_lesson_in_a_term": lambda w: _set(w, term=None),
    "no_more_slips_back_than_out": lambda w: _set(w, back=1),
    "law_lesson_back_with_reason": lambda w: _set(w, taken_back_at=MONDAY),
    "planned_lecturer_with_a_day": lambda w: PlannedLesson.objects.filter(pk=planned(w).pk).update(day=None),
    "parent_class_by_one": lambda w: ParentClass.objects.filter(pk=held(w).pk).update(lecturer=None),
    "parent_class_back_with_reason": lambda w: ParentClass.objects.filter(pk=held(w).pk).update(taken_back_at=MONDAY),
    "no_school_is_silent": lambda w: LessonClosing.objects.create(term=term(w), schools=2, held=1, reasons=0, closed_at=MONDAY),
}
ONCE = {
    "vice_principal_once": vice,
    "law_lesson_once": lesson,
    "one_reason_a_term": _reason,
    "parent_class_once": held,
    "a_home_once_a_parent_class": came,
    "planned_lesson_once": lambda w: _but(planned(w), day=DAY + timedelta(days=3)),
    "lecturer_at_one_school_a_day": lambda w: _but(planned(w), n=5),
    "one_lesson_alarm_open": _alarm,
    "one_lesson_alarm_a_term": lambda w: _alarm(w, term=term(w)),
    "one_lesson_alarm_a_lecturer": lambda w: _alarm(w, lecturer=lecturer(w)),
}
