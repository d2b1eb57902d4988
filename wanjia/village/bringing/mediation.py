"""What mediation brings: its place in the menu, the two alarms on the desk, what is counted, what the board says."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Notice, Place
from wanjia.reporting.posted import Section

from ..duties import Duty
from ..figures.mediations import POPULATIONS as COUNTED
from ..mediation import queries

PLACES = [Place("village:mediations", "triage", _("矛盾调解"), "village", 60, (Duty.SEE_VILLAGE,), acts=("/village/mediation/cases/*",), often=(Duty.MEDIATE,), short=_("调解"), hand=83)]
_DANGER = ngettext_lazy("有 %(n)s 件纠纷可能引起治安、刑事案件,还没有报告派出所", "有 %(n)s 件纠纷可能引起治安、刑事案件,还没有报告派出所", "n")
_LAPSES = ngettext_lazy("有 %(n)s 份协议要申请司法确认,三十天快到了", "有 %(n)s 份协议要申请司法确认,三十天快到了", "n")
NOTICES = [
    Notice(queries.count_unreported, _DANGER, "village:mediations", where="desk", tone="bad", icon="alarm", rank=8),
    Notice(queries.count_lapsing, _LAPSES, "village:mediations", where="desk", icon="alarm", rank=8),
]
TONES = [("case_taken", "orange"), ("case_agreed", "green"), ("case_failed", "red"), ("case_withdrawn", "grey"), ("case_handed_on", "blue"), ("danger_watch", "orange"), ("danger_crime", "red")]
POPULATIONS = [*COUNTED]
BOARD = [Section("mediation", _("矛盾调解"), 70, queries.on_board)]
