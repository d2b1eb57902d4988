"""Duties of schools. Which role carries which is said here too; orgs.carried gathers both."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.roles import Role
from wanjia.registry.duties import Duty as Register
from wanjia.solving.duties import Duty as Plans


class Duty(TextChoices):
    """One thing a post may do."""

    SEE_SCHOOLS = "see_schools", _("查看学校和校历")
    KEEP_SCHOOL = "keep_school", _("登记本校的作息、校门和路口")
    KEEP_SCHOOL_YEAR = "keep_school_year", _("登记学校、学期和校历")
    WRITE_PLAN = "write_plan", _("编写本校护学方案")
    SIGN_FOR_SCHOOL = "sign_plan_school", _("代表学校签护学方案")
    SIGN_FOR_POLICE = "sign_plan_police", _("代表公安签护学方案")
    SIGN_FOR_EDUCATION = "sign_plan_education", _("代表教体签护学方案")
    KEEP_GUARDS = "keep_guards", _("登记护学人员、请假")
    DRAW_ROSTER = "draw_roster", _("测算、启用护学岗排班")
    EDIT_ROSTER = "edit_roster", _("调整护学岗排班、批准换岗")
    MARK_GATES = "mark_gates", _("登记护学到岗和情况")
    SEE_BUSES = "see_buses", _("查看接送车辆和线路")
    KEEP_BUSES = "keep_buses", _("登记接送车辆、人员、线路,排接送方案")
    KEEP_RIDERS = "keep_riders", _("登记乘车学生和接车人")
    SIGN_BUS_MONTH = "sign_bus_month", _("核对签字接送月结")
    RIDE_BUS = "ride_bus", _("随车点名、交接学生")
    SEE_VENUES = "see_venues", _("查看校园周边场所和检查")
    INSPECT = "inspect_venues", _("登记场所、现场检查、开整改通知书、复查")
    LEAD_ROUNDS = "lead_rounds", _("组织联合检查和排查")
    COUNT_ROADS = "count_roads", _("登记道路行动和清点数")
    KEEP_LAW = "keep_law", _("登记法治副校长、排法治课、结学期")
    TELL_LESSONS = "tell_lessons", _("登记法治课和未上原因")


_OWN = {Duty.SEE_SCHOOLS, Duty.KEEP_SCHOOL, Duty.WRITE_PLAN, Duty.KEEP_GUARDS, Duty.MARK_GATES, Duty.SEE_BUSES, Duty.KEEP_RIDERS, Duty.TELL_LESSONS}
_ROSTER = {Duty.SEE_SCHOOLS, Duty.KEEP_GUARDS, Duty.DRAW_ROSTER, Duty.EDIT_ROSTER, Plans.WORK_PLANS}

CARRIES = {
    Role.TOWNSHIP_WORKER: {Duty.SEE_SCHOOLS, Duty.SEE_BUSES},
    Role.TOWNSHIP_LEADER: {Duty.SEE_SCHOOLS, Duty.SEE_BUSES, Duty.SIGN_BUS_MONTH},
    Role.SCHOOLS_OFFICER: {Duty.KEEP_SCHOOL_YEAR, Duty.SIGN_FOR_EDUCATION, Duty.KEEP_LAW, Duty.TELL_LESSONS, Duty.SEE_BUSES, Duty.KEEP_BUSES, Duty.KEEP_RIDERS, Register.IMPORT} | _ROSTER,
    Role.LEADER: {Duty.SEE_SCHOOLS, Duty.SEE_BUSES, Duty.SIGN_BUS_MONTH},
    Role.SCHOOL_WORKER: _OWN,
    Role.HEADMASTER: _OWN | {Duty.SIGN_FOR_SCHOOL, Duty.EDIT_ROSTER, Register.IMPORT},
    Role.GATE_OFFICER: _ROSTER | {Duty.SIGN_FOR_POLICE, Duty.MARK_GATES, Register.IMPORT},
    Role.BUS_ATTENDANT: {Duty.RIDE_BUS},
}

# One visit serves all units: whoever handles for a unit may be sent to inspect, and those of a county's units may lead a round.
_INSPECTS = {Duty.SEE_VENUES, Duty.INSPECT}
_LEADS = _INSPECTS | {Duty.LEAD_ROUNDS}
for _role, _carried in {
    Role.TOWNSHIP_WORKER: _LEADS, Role.TOWNSHIP_LEADER: _LEADS, Role.STATION_WORKER: _INSPECTS, Role.BUREAU_WORKER: _LEADS, Role.BUREAU_HEAD: _LEADS, Role.SCHOOLS_OFFICER: _LEADS,
    Role.GATE_OFFICER: _LEADS | {Duty.COUNT_ROADS}, Role.LEADER: {Duty.SEE_VENUES},
}.items():  # fmt: skip
    CARRIES[_role] = CARRIES.get(_role, set()) | _carried

PROTECTIVE: set[Duty] = set()
