"""Duties of schools. Which role carries which is said here too; orgs.carried gathers both."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.roles import Role
from wanjia.solving.duties import Duty as PlanDuty


class Duty(TextChoices):
    """One thing a post may do."""

    SEE_SCHOOLS = "see_schools", _("查看学校和校历")
    KEEP_SCHOOL = "keep_school", _("登记本校的作息、校门和路口")
    KEEP_SCHOOL_YEAR = "keep_school_year", _("登记学校、学期和校历")
    SEE_BUSES = "see_buses", _("查看接送车辆和线路")
    KEEP_BUSES = "keep_buses", _("登记接送车辆、人员、线路,排接送方案")
    KEEP_RIDERS = "keep_riders", _("登记乘车学生和接车人")
    SIGN_BUS_MONTH = "sign_bus_month", _("核对签字接送月结")
    RIDE_BUS = "ride_bus", _("随车点名、交接学生")


_OWN = {Duty.SEE_SCHOOLS, Duty.KEEP_SCHOOL, Duty.SEE_BUSES, Duty.KEEP_RIDERS}

CARRIES = {
    Role.TOWNSHIP_WORKER: {Duty.SEE_SCHOOLS, Duty.SEE_BUSES},
    Role.TOWNSHIP_LEADER: {Duty.SEE_SCHOOLS, Duty.SEE_BUSES, Duty.SIGN_BUS_MONTH},
    Role.SCHOOLS_OFFICER: {Duty.SEE_SCHOOLS, Duty.KEEP_SCHOOL_YEAR, Duty.SEE_BUSES, Duty.KEEP_BUSES, Duty.KEEP_RIDERS, PlanDuty.WORK_PLANS},
    Role.LEADER: {Duty.SEE_SCHOOLS, Duty.SEE_BUSES, Duty.SIGN_BUS_MONTH},
    Role.SCHOOL_WORKER: _OWN,
    Role.HEADMASTER: _OWN,
    Role.GATE_OFFICER: {Duty.SEE_SCHOOLS},
    Role.BUS_ATTENDANT: {Duty.RIDE_BUS},
}

PROTECTIVE: set[Duty] = set()
