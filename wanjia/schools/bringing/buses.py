"""What the buses bring: their places in the menu, alarms on the desk, the attendant's satchel, the words of the journal."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Beside, Notice, Place
from wanjia.kernel.brings import Line
from wanjia.orgs.delivery.kinds import About

from ..buses import queries as buses
from ..drills import queries as drills
from ..duties import Duty
from ..figures import buses as figures
from ..riders import queries as riders
from ..riders import workbook
from ..riders.commands import READ
from ..riding import bells, rules, tasks
from ..riding import queries as riding
from ..riding.satchel import carried
from ..routes.keeping import ROUTES
from ..slips.queries import old_misses

PLACES = [
    Place("schools:bus_day", "bus", _("今天的接送"), "schools", 30, rules.HOLDS, acts=("/schools/bus-trips/*", "/schools/rides/*"), short=_("接送"), hand=45),
    Place("schools:riders", "users", _("乘车学生"), "schools", 40, (Duty.KEEP_RIDERS,), acts=("/schools/receivers/*",)),
    Place("schools:buses", "file", _("接送车辆"), "schools", 50, (Duty.SEE_BUSES,), often=(Duty.KEEP_BUSES,), acts=("/schools/lines/*", "/schools/operators/*", "/schools/vehicles/*", "/schools/drivers/*", "/schools/attendants/*")),
    Place("schools:bus_drills", "check", _("乘车安全教育"), "schools", 55, (Duty.SEE_BUSES,), often=(), acts=("/schools/bus-drills/?*",)),
    Place("schools:settlements", "ledger", _("接送月结"), "schools", 60, (Duty.SEE_BUSES,), often=()),
]
QUEUES = [riders.queue]
_PAPERS = ngettext_lazy("接送车辆有 %(n)s 样证照已经过期或者快要过期", "接送车辆有 %(n)s 样证照已经过期或者快要过期", "n")
_TRIPS = ngettext_lazy("接送有 %(n)s 趟要马上处理:到点没有点名,或者没有收车", "接送有 %(n)s 趟要马上处理:到点没有点名,或者没有收车", "n")
_BELLS = ngettext_lazy("有 %(n)s 个到校或者放学的作息没有接送车", "有 %(n)s 个到校或者放学的作息没有接送车", "n")
_DRILLS = ngettext_lazy("乘车安全教育、演练还差 %(n)s 项", "乘车安全教育、演练还差 %(n)s 项", "n")
NOTICES = [Notice(riding.alarmed, _TRIPS, "schools:bus_day", where="desk", tone="bad", icon="alarm", rank=3),
           Notice(bells.alarmed, _BELLS, "schools:bus_day", where="desk", tone="bad", icon="alarm", rank=4),
           Notice(buses.alarmed, _PAPERS, "schools:buses", where="desk", rank=6),
           Notice(drills.alarmed, _DRILLS, "schools:bus_drills", where="desk", tone="warn", icon="alarm", rank=19)]  # fmt: skip
TONES = [("bus_on_the_road", "orange"), ("bus_looked_through", "green"), ("ride_expected", "grey"), ("ride_aboard", "blue"), ("ride_excused", "grey"), ("ride_missing", "red"),
         ("ride_found", "orange"), ("ride_at_school", "green"), ("ride_handed", "green"),
         ("month_drawn", "orange"), ("month_signed", "green")]  # fmt: skip
PLANNED = [ROUTES]
SATCHEL = [carried]
MESSAGES = [About(bells.ABOUT, _("到校或者放学没有接送车,时间"), "schools:bus_day")]
BESIDE = [Beside("school", "schools/drills/beside.html", lambda request, school: drills.beside(school, request.day), rank=30)]
TICKS = [(tasks.tick, tasks.is_due)]
PRUNED = [("bus_misses", old_misses)]
LINES = [Line(READ, _("在接送名单上看到孩子姓名"), rules.HOLDS), Line("bus_slip.miss", _("输错接送车小条编码"), ())]
POPULATIONS = [figures.RIDERS, figures.RIDES, figures.TRIPS, figures.BUSES, figures.MONTHS]
IMPORTS = [workbook.IMPORT]
