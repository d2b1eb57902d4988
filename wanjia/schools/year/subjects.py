"""What the acts of the school year are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..models import Bell, Gate, School, SchoolDay, Term
from . import rules

OVER = ("schools:schools", _("学校"))
CALENDAR = ("schools:calendar", _("校历"))
SCHOOLS = Subject(
    "school", "schools.school", "schools", seen=lambda actor, duty: rules.visible_schools(actor, duty=duty).select_related("unit", "area"),
    take=locked(School, "unit", "area"), look=looked(School, "unit", "area"), page="schools:school", over=OVER, about=lambda one: one.unit.name,
)  # fmt: skip
TERMS = Subject(
    "term", "schools.term", "schools/terms", seen=rules.visible_terms, take=locked(Term, "area"), look=looked(Term, "area"), page="", over=CALENDAR,
    about=lambda one: one.name,
)  # fmt: skip
DAYS = Subject(
    "school_day", "schools.schoolday", "schools/days", seen=rules.visible_days, take=locked(SchoolDay, "school__unit", "area"), look=looked(SchoolDay, "school__unit", "area"),
    page="", over=CALENDAR, about=str,
)  # fmt: skip
BELLS = Subject(
    "bell", "schools.bell", "schools/bells", seen=rules.visible_bells, take=locked(Bell, "school__unit"), look=looked(Bell, "school__unit"), page="schools:school",
    of=lambda one: one.school, over=OVER, about=lambda one: one.school.unit.name,
)  # fmt: skip
GATES = Subject(
    "gate", "schools.gate", "schools/gates", seen=rules.visible_gates, take=locked(Gate, "school__unit"), look=looked(Gate, "school__unit"), page="schools:school",
    of=lambda one: one.school, over=OVER, about=lambda one: one.name,
)  # fmt: skip
