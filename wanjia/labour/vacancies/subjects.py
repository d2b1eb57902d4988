"""What the acts of this room are about: a vacancy; an employer, where one is made."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import Vacancy
from .rules import visible_vacancies

OVER = ("labour:vacancies", _("岗位"))
VACANCIES = Subject(
    "vacancy", "labour.vacancy", "vacancies", seen=visible_vacancies, take=locked(Vacancy, "employer", "area"), page="labour:vacancy", over=OVER, about=lambda one: f"{one.title} · {one.employer.name}",
)  # fmt: skip
