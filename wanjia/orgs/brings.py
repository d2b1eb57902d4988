"""What the lists of units, people and days bring to the pages of the house."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from wanjia.doors.kinds import Beside, Notice, Place
from wanjia.kernel.brings import Check, Line
from wanjia.orgs.duties import Duty

from .checking import accounts, days, erasures, handing, posts, units
from .delivery.kinds import About
from .handing import queries as handovers
from .handing import tasks as handing_tasks
from .handing.kinds import Family
from .recounting.pages import standing
from .second_person import queries as second_person
from .sponsorship import queries as bonds
from .sponsorship.commands import take_bonds
from .sponsorship.pages import sponsors
from .units.pages import standing_here
from .workdays.queries import to_agree

PLACES = [
    Place("orgs:users", "user", _("用户与岗位"), "keeping", 10, (Duty.MANAGE_USERS,)),
    Place("orgs:handovers", "users", _("离岗交接"), "keeping", 15, (Duty.HAND_OVER, Duty.MANAGE_USERS), acts=("/handovers/*",)),
    Place("orgs:units", "building", pgettext_lazy("list", "单位"), "keeping", 20, (Duty.MANAGE_AREAS,)),
    Place("orgs:areas", "map", _("行政区划"), "keeping", 30, (Duty.MANAGE_AREAS,)),
    Place("orgs:sponsorships", "link", _("挂联"), "keeping", 40, (Duty.MANAGE_AREAS, Duty.SEE_FIGURES)),
    Place("orgs:calendar", "calendar", _("工作日历"), "keeping", 60, (Duty.SET_RULES,)),
    Place("journal", "journal", _("操作日志"), "keeping", 70, (Duty.READ_JOURNAL,)),
]

ROUTERS = [("", "wanjia.orgs.api.router")]

NOTICES = [
    Notice(
        lambda user, _day: len(to_agree(user)), ngettext_lazy("有 %(n)s 项日历改动等您同意", "有 %(n)s 项日历改动等您同意", "n"), "orgs:calendar", rank=10,
    ),
    Notice(
        lambda user, _day: handovers.to_see_to(user), ngettext_lazy("有 %(n)s 项离岗交接等您安排", "有 %(n)s 项离岗交接等您安排", "n"), "orgs:handovers", where="desk", tone="bad", rank=15,
    ),
    Notice(lambda user, _day: second_person.told(user), ngettext_lazy("有 %(n)s 条岗位变动请您看一看", "有 %(n)s 条岗位变动请您看一看", "n"), "orgs:duty_notices", rank=30),
]  # fmt: skip

BESIDE = [
    Beside("area", "orgs/sponsorship/sponsors.html", sponsors, rank=10),
    Beside("area", "orgs/units/standing.html", standing_here, rank=20),
    Beside("calendar", "orgs/recounting/recount.html", standing),
]

LINES = [
    Line("orgs.handover_over", _("交接的事已经落实")),
    Line("orgs.handover_climbed", _("逾期没有交接,上报")),
    Line("orgs.load_published_workdays", _("载入已公布的工作日历"), (Duty.SET_RULES,)),
    Line("journal.anchor", _("锚定日志"), (Duty.READ_JOURNAL,)),
]

HANDOVERS = [Family("sponsorships", _("挂联"), bonds.held, "area_id", bonds.adrift, take_bonds)]
TICKS = [(handing_tasks.tick, handing_tasks.is_due)]
MESSAGES = [About("handover", _("离岗、撤并交接(件)"), "orgs:handovers")]

CHECKS = [
    Check("adrift", handing.adrift, rank=24), Check("handover", handing.standing, rank=25, waits=True),
    Check("handing", handing.kept, rank=26),
    Check("account", accounts.faults, rank=15), Check("post", posts.faults, rank=20), Check("day", days.faults, rank=30), Check("unit", units.faults, rank=40), Check("erasure", erasures.faults, rank=100),
]
