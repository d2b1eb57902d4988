"""What calls bring: their place, what is late, what the board says, whether the count foots."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Notice, Place
from wanjia.kernel.brings import Check
from wanjia.reporting.posted import Section

from ..calls import queries
from ..duties import Duty

PLACES = [Place("village:calls", "users", _("联名要求开会"), "village", 22, (Duty.SEE_VILLAGE,), acts=("/village/bodies/*/calls/*", "/village/calls/*"))]
_LATE = ngettext_lazy("有 %(n)s 次应当召集的会议过了期限还没有开", "有 %(n)s 次应当召集的会议过了期限还没有开", "n")
NOTICES = [Notice(queries.late, _LATE, "village:calls", where="desk", tone="bad", icon="alarm", rank=9)]
BOARD = [Section("calls", _("联名要求开会"), 22, queries.on_board)]
CHECKS = [Check("meeting_calls", queries.faults, rank=93)]
TONES = [("call_open", "orange"), ("call_bound", "red"), ("call_met", "green"), ("call_withdrawn", "grey")]
