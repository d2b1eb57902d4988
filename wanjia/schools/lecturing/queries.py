"""What is asked of a term's plan: its rows as they stand, who may be sent instead, which topics are left."""

from django.db.models import Q

from wanjia.policy import law_lessons as policy

from ..lesson_states import Topic
from ..lessons.queries import of_county
from ..models import Lecturer, PlannedLesson
from . import rules


def standing(actor, term):
    """The planned lessons in reach of the version that stands for a term, by day; those without a lecturer first."""
    rows = rules.visible_planned(actor).filter(plan__standing__isnull=False, plan__kind="law_lessons", plan__about=str(term.pk))
    return rows.select_related("school__unit", "lecturer__unit", "lesson").order_by("day", "school__area_id", "school_id", "n")


def of_lecturer(lecturer, term):
    """The lessons that the plan that stands gives a lecturer."""
    rows = PlannedLesson.objects.filter(lecturer=lecturer, plan__standing__isnull=False, plan__about=str(term.pk))
    return rows.select_related("school__unit", "school__area", "lesson").order_by("day", "pk")


def lecturers_for(planned, _actor, day):
    """The lecturers of the county who may be sent to a planned lesson."""
    if planned is None:
        return Lecturer.objects.none()
    return of_county(planned.plan.area).filter(Q(to_on=None) | Q(to_on__gt=day)).select_related("unit").order_by("name", "pk")


def topics(_row, _actor, day):
    """The topics of the edition in force."""
    return [(one, Topic(one).label) for one in policy.in_force(day).topics]
