"""What operations on the road and patrols bring: places in the menu, what waits and what nobody told on the desk, what opens without a line, what is counted, the calls."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Notice, Place
from wanjia.kernel.brings import Line
from wanjia.orgs.handing.kinds import Family

from ..duties import Duty
from ..figures.monthly import POPULATIONS as MONTHLY
from ..figures.roads import POPULATIONS as COUNTED
from ..patrols import queries as patrols
from ..patrols.commands import take_patrols
from ..patrols.satchel import carried
from ..roads import queries as roads
from ..roads.commands import take_operations
from ..tables.queries import LOOKS

PLACES = [
    Place("schools:my_patrols", "check", _("我的巡查"), "schools", 31, (Duty.INSPECT,), often=()),
    Place("schools:patrols", "clock", _("巡查"), "schools", 39, (Duty.SEE_VENUES,), acts=("/schools/patrol-plans/*",), often=()),
    Place("schools:tables", "chart", _("校园安全月表"), "schools", 70, LOOKS, by_area=True, often=()),
    Place("schools:roads", "alert", _("道路行动"), "schools", 40, (Duty.SEE_VENUES,), often=(Duty.COUNT_ROADS,)),
]
QUEUES = [patrols.queue, roads.queue]
_SILENT = ngettext_lazy("有 %(n)s 次巡查过了日子,没有登记巡查,也没有写明原因", "有 %(n)s 次巡查过了日子,没有登记巡查,也没有写明原因", "n")
_UNTOLD = ngettext_lazy("有 %(n)s 次道路行动过了日子还没有填数", "有 %(n)s 次道路行动过了日子还没有填数", "n")
NOTICES = [
    Notice(patrols.alarmed, _SILENT, "schools:my_patrols", where="desk", tone="bad", icon="alarm", rank=7),
    Notice(roads.alarmed, _UNTOLD, "schools:roads", where="desk", tone="bad", icon="alarm", rank=8),
]
TONES = [("road_planned", "orange"), ("road_held", "green"), ("road_called_off", "grey"), ("patrol_planned", "orange"), ("patrol_walked", "green"), ("patrol_missed", "grey")]
SATCHEL = [carried]
POPULATIONS = [*COUNTED, *MONTHLY]
ROUTERS = [("", "wanjia.schools.roads.api.router")]
HANDOVERS = [
    Family("patrols", _("没登记的巡查"), patrols.held, "area_id", patrols.adrift, take_patrols),
    Family("road_operations", _("没填数的道路行动"), roads.held, "area_id", roads.adrift, take_operations),
]
LINES = [Line("patrol.take_over", _("撤并交接,换巡查单位")), Line("road_operation.take_over", _("撤并交接,换道路行动的组织单位"))]
