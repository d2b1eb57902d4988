"""What the acts of a term's plan are about: a planned lesson."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..models import PlannedLesson
from . import rules

_WITH = ("plan__area", "school__unit", "school__area", "lecturer__unit")
PLANNED_LESSONS = Subject(
    "planned_lesson", "schools.plannedlesson", "schools/planned-lessons", seen=lambda actor, duty: rules.visible_planned(actor, duty=duty).select_related(*_WITH),
    take=locked(PlannedLesson, *_WITH), look=looked(PlannedLesson, *_WITH), page="", over=("schools:term_plan", _("法治课学期计划")),
    about=lambda one: f"{one.school.unit.name} {one.get_topic_display()}", drafts=False,
)  # fmt: skip
