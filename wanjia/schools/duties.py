"""Duties of schools. Which role carries which is said here too; orgs.carried gathers both."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.roles import Role


class Duty(TextChoices):
    """One thing a post may do."""

    SEE_SCHOOLS = "see_schools", _("查看学校和校历")
    KEEP_SCHOOL = "keep_school", _("登记本校的作息、校门和路口")
    KEEP_SCHOOL_YEAR = "keep_school_year", _("登记学校、学期和校历")
    WRITE_PLAN = "write_plan", _("编写本校护学方案")
    SIGN_FOR_SCHOOL = "sign_plan_school", _("代表学校签护学方案")
    SIGN_FOR_POLICE = "sign_plan_police", _("代表公安签护学方案")
    SIGN_FOR_EDUCATION = "sign_plan_education", _("代表教体签护学方案")


_OWN = {Duty.SEE_SCHOOLS, Duty.KEEP_SCHOOL, Duty.WRITE_PLAN}

CARRIES = {
    Role.TOWNSHIP_WORKER: {Duty.SEE_SCHOOLS},
    Role.TOWNSHIP_LEADER: {Duty.SEE_SCHOOLS},
    Role.SCHOOLS_OFFICER: {Duty.SEE_SCHOOLS, Duty.KEEP_SCHOOL_YEAR, Duty.SIGN_FOR_EDUCATION},
    Role.LEADER: {Duty.SEE_SCHOOLS},
    Role.SCHOOL_WORKER: _OWN,
    Role.HEADMASTER: _OWN | {Duty.SIGN_FOR_SCHOOL},
    Role.GATE_OFFICER: {Duty.SEE_SCHOOLS, Duty.SIGN_FOR_POLICE},
}

PROTECTIVE: set[Duty] = set()
