"""What guards, rosters and the day at the gates bring: places in the menu, alarms on the desk, the clock's round, the kind of plan."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Notice, Place
from wanjia.orgs.delivery.kinds import About

from ..duties import Duty
from ..figures.gates import GATES
from ..guarding import workbook
from ..rostering import queries, tasks
from ..rostering.keeping import ROSTERS

EDITS = (Duty.MARK_GATES, Duty.EDIT_ROSTER)
PLACES = [
    Place("schools:gates", "check", _("今天的护学岗"), "schools", 2, (Duty.MARK_GATES,), short=_("护学"), hand=66, acts=("/schools/attendance/*",)),
    Place("schools:roster", "calendar", _("护学岗排班"), "schools", 4, (Duty.SEE_SCHOOLS,), short=_("排班"), hand=68, acts=("/schools/duties/*", "/schools/swaps/*")),
    Place("schools:alarms", "alarm", _("空岗报警"), "schools", 6, EDITS, short=_("空岗"), hand=67),
    Place("schools:leader_days", "user", _("领导带班日"), "schools", 9, (Duty.SEE_SCHOOLS,), often=()),
    Place("schools:guards", "users", _("护学人员"), "schools", 8, (Duty.SEE_SCHOOLS,), acts=("/schools/guards/*", "/schools/absences/*", "/schools/busy/*", "/schools/consents/*")),
]
QUEUES = [queries.queue]
_ALARM = ngettext_lazy("有 %(n)s 个护学岗没有人,要马上补", "有 %(n)s 个护学岗没有人,要马上补", "n")
NOTICES = [Notice(queries.alarmed, _ALARM, "schools:alarms", where="desk", tone="bad", icon="alarm", rank=3)]
TONES = [("swap_asked", "orange"), ("swap_agreed", "green"), ("swap_declined", "grey")]
TICKS = [(tasks.tick, tasks.is_due)]
PLANNED = [ROSTERS]
POPULATIONS = [GATES]
MESSAGES = [About("gate_open", _("护学岗没有人,到岗时间"), "schools:alarms"), About("gate_hour", _("护学岗一小时内没有人,到岗时间"), "schools:alarms", at_once=True)]
IMPORTS = [workbook.IMPORT]
