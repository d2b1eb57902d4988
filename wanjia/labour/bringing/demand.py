"""What the demand side brings to the pages of the house: employers, vacancies, agreements, units away. brings.py gathers it."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Notice, Place
from wanjia.kernel.brings import Check, Line
from wanjia.orgs.trail.subjects import Subject
from wanjia.reporting.figures.population import Population

from .. import retaining
from ..agreements import queries as agreements
from ..agreements.rules import visible_agreements
from ..duties import Duty
from ..employers import queries as employers
from ..employers import standing
from ..employers.rules import READS, visible_employers
from ..ledger.commands import follow_need
from ..models import Agreement, Employer, Outpost, Vacancy
from ..stations.rules import visible_outposts
from ..vacancies import queries as vacancies
from ..vacancies.rules import visible_vacancies

HERE = Path(__file__).parents[1]
KEEPS = (Duty.KEEP_EMPLOYERS, Duty.CONFIRM_EMPLOYERS)

PLACES = [
    Place("labour:vacancies", "briefcase", _("岗位"), "labour", 24, READS, acts=("/vacancies/*",), often=KEEPS),
    Place("labour:employers", "building", _("用工单位"), "labour", 26, READS, acts=("/employers/*",), often=KEEPS),
    Place("labour:agreements", "file", _("劳务协作"), "labour", 28, READS, acts=("/agreements/*",), often=()),
    Place("labour:outposts", "map", _("驻外机构"), "labour", 30, READS, acts=("/outposts/*",), often=()),
    Place("labour:away", "link", _("谁归哪个站"), "labour", 32, (Duty.KEEP_LABOUR,), acts=("/away/*",), often=()),
    Place("labour:station", "users", _("本站工友"), "labour", 8, (Duty.SERVE_AWAY,), short=_("工友"), hand=64),
]


def queues(actor, day):
    """Return {name of the place: n} of what waits for the actor on the demand side."""
    found = {}
    if actor.has_duty(Duty.CONFIRM_EMPLOYERS):
        found["labour:employers"] = employers.to_confirm(actor).order_by().count() + employers.to_judge(actor).order_by().count()
        found["labour:vacancies"] = vacancies.to_confirm(actor, day).order_by().count()
    if actor.has_duty(Duty.KEEP_AGREEMENTS):
        found["labour:agreements"] = agreements.expiring(actor, day).order_by().count()
    return found


def _lapsing(actor, day):
    return employers.expiring(actor, day).order_by().count() if actor.has_duty(Duty.CONFIRM_EMPLOYERS) else 0


QUEUES = [queues]
_LAPSING = ngettext_lazy("您辖区登记的五有企业,有 %(n)s 家一个月内要失效,请补佐证", "您辖区登记的五有企业,有 %(n)s 家一个月内要失效,请补佐证", "n")
NOTICES = [Notice(_lapsing, _LAPSING, "labour:employers", where="desk", icon="clock", rank=60)]

TONES = [
    ("entered", "orange"), ("stands", "green"), ("received", "orange"), ("justified", "red"), ("unfounded", "grey"), ("drafted", "orange"), ("live", "green"), ("withdrawn", "grey"),
]  # fmt: skip

SUBJECTS = [
    Subject("labour.employer", "code"), Subject("labour.proof", "employer__code"), Subject("labour.complaint", "employer__code"), Subject("labour.vacancy", "employer__code"),
]  # fmt: skip

POPULATIONS = [
    Population("employers", HERE / "employers" / "figures.toml", Employer, visible_employers, "area_id", few=("workshop",)),
    Population("vacancies", HERE / "vacancies" / "figures.toml", Vacancy, visible_vacancies, "area_id", few=("state",)),
    Population("agreements", HERE / "agreements" / "figures.toml", Agreement, visible_agreements, "area_id"),
    Population("outposts", HERE / "stations" / "figures.toml", Outpost, visible_outposts, "area_id", few=("kind",)),
]

CHECKS = [Check("employer", standing.faults, rank=60), Check("vacancy", vacancies.faults, rank=61)]

AFTER_NEEDS = [follow_need]

LINES = [  # whoever withdrew the need did so by a duty of the ledger's own
    Line("station.freed", _("欠薪随诉求撤回")), Line("station.stands_again", _("欠薪随诉求重新办理")), Line("day_work.freed", _("零工欠薪随诉求撤回")),
]

RETAINED = [retaining.COMPLAINTS, retaining.BELONGINGS]

ROUTERS = [("", "wanjia.labour.demand_api.router")]
