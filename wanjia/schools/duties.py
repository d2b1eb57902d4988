"""Duties of schools. Which role carries which is said here too; orgs.carried gathers both."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.roles import Role


class Duty(TextChoices):
    """One thing a post may do."""

    SEE_SCHOOLS = "see_schools", _("查看学校和校历")
    KEEP_SCHOOL = "keep_school", _("登记本校的作息、校门和路口")
    KEEP_SCHOOL_YEAR = "keep_school_year", _("登记学校、学期和校历")


_OWN = {Duty.SEE_SCHOOLS, Duty.KEEP_SCHOOL}

CARRIES = {
    Role.TOWNSHIP_WORKER: {Duty.SEE_SCHOOLS},
    Role.TOWNSHIP_LEADER: {Duty.SEE_SCHOOLS},
    Role.SCHOOLS_OFFICER: {Duty.SEE_SCHOOLS, Duty.KEEP_SCHOOL_YEAR},
    Role.LEADER: {Duty.SEE_SCHOOLS},
    Role.SCHOOL_WORKER: _OWN,
    Role.HEADMASTER: _OWN,
    Role.GATE_OFFICER: {Duty.SEE_SCHOOLS},
}

PROTECTIVE: set[Duty] = set()
