"""What inspections bring: places in the menu, what is left and overdue on the desk, the clock's look, what opens without a line."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Beside, Notice, Place
from wanjia.kernel.brings import Line
from wanjia.orgs.handing.kinds import Family

from ..campus import queries as campus
from ..duties import Duty
from ..figures.inspections import POPULATIONS as COUNTED
from ..inheriting import queries as inheriting
from ..inheriting.commands import take_hazards, take_rounds
from ..inspecting import commands as inspecting
from ..inspecting import queries as found
from ..inspecting.satchel import carried
from ..rounds import commands as rounds
from ..rounds import queries
from ..venues import workbook

PLACES = [
    Place("schools:stops", "check", _("我要查的场所"), "schools", 30, (Duty.INSPECT,), acts=("/schools/stops/*",), often=()),
    Place("schools:rounds", "search", _("联合检查"), "schools", 32, (Duty.SEE_VENUES,), acts=("/schools/teams/*", "/schools/inspections/*"), often=()),
    Place("schools:hazards", "alert", _("隐患"), "schools", 34, (Duty.SEE_VENUES,), often=()),
    Place("schools:campus", "alert", _("本校隐患"), "schools", 14, (Duty.KEEP_SCHOOL,), acts=("/schools/campus-hazards/*",), short=_("隐患"), hand=78),
    Place("schools:venues", "home", _("周边场所"), "schools", 36, (Duty.SEE_VENUES,), often=()),
]
QUEUES = [queries.queue, found.queue, campus.queue]
BESIDE = [Beside("desk", "schools/campus/card.html", campus.on_desk, rank=31), Beside("school", "schools/campus/card.html", campus.beside, rank=5)]
_LEFT = ngettext_lazy("检查轮次快到期限,还有 %(n)s 处没查", "检查轮次快到期限,还有 %(n)s 处没查", "n")
NOTICES = [Notice(queries.alarmed, _LEFT, "schools:rounds", where="desk", tone="bad", icon="alarm", rank=6)]  # what is overdue stands in the ledger, and climbs there
TONES = [
    ("round_draft", "orange"), ("round_running", "blue"), ("round_closed", "green"), ("round_called_off", "grey"), ("hazard_fixed", "green"), ("hazard_found", "red"), ("hazard_ordered", "orange"),
    ("hazard_recheck", "blue"), ("hazard_passed", "green"), ("hazard_transferred", "grey"),
]  # fmt: skip
POPULATIONS = [*COUNTED]
TIMERS = [rounds.watch, inspecting.watch]
SATCHEL = [carried]
HANDOVERS = [
    Family("hazards", _("没销号的隐患"), inheriting.hazards_held, "inspection__stop__venue__area_id", inheriting.hazards_adrift, take_hazards),
    Family("rounds", _("检查轮次"), inheriting.rounds_held, "area_id", inheriting.rounds_adrift, take_rounds),
]
LINES = [
    Line("inspection_round.raise", _("校历列出检查轮次")), Line("hazard.find", _("发现隐患"), (Duty.INSPECT,)), Line("hazard.climb", _("超期隐患转进诉求台账")),
    Line("hazard.take_over", _("撤并交接,换隐患督办单位")), Line("inspection_round.take_over", _("撤并交接,换检查牵头、参加单位")),
]  # fmt: skip
IMPORTS = [workbook.IMPORT]
