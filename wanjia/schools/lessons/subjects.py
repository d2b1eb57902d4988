"""What the acts of law in school are about: a lecturer, a term of office, a lesson."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..models import LawLesson, Lecturer, VicePrincipal
from . import rules

LAW = ("schools:law", _("法治进校园"))
LECTURERS = Subject(
    "lecturer", "schools.lecturer", "schools/lecturers", seen=lambda actor, duty: rules.visible_lecturers(actor, duty=duty).select_related("unit"), take=locked(Lecturer, "unit"),
    look=looked(Lecturer, "unit"), page="schools:lecturer", over=("schools:lecturers", _("普法讲师")), about=lambda one: one.name, drafts=False,
)  # fmt: skip
VICES = Subject(
    "vice_principal", "schools.viceprincipal", "schools/vice-principals", seen=lambda actor, duty: rules.visible_terms_of_office(actor, duty=duty).select_related("lecturer__unit", "school__unit"),
    take=locked(VicePrincipal, "lecturer__unit", "school__unit"), look=looked(VicePrincipal, "lecturer__unit", "school__unit"), page="schools:lecturer", of=lambda one: one.lecturer,
    over=LAW, about=lambda one: f"{one.school.unit.name} {one.lecturer.name}", drafts=False,
)  # fmt: skip
LESSONS = Subject(
    "law_lesson", "schools.lawlesson", "schools/lessons", seen=lambda actor, duty: rules.visible_lessons(actor, duty=duty).select_related("school__unit", "school__area", "lecturer", "term"),
    take=locked(LawLesson, "school__unit", "school__area"), look=looked(LawLesson, "school__unit", "school__area", "lecturer__unit", "term"), page="schools:law_lesson",
    over=("schools:law_lessons", _("法治课")), about=lambda one: f"{one.school.unit.name} {one.get_topic_display()}", drafts=False,
)  # fmt: skip
