"""What notices bring: their places in the menu, who is not reached yet on the desk, what is counted."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Notice, Place
from wanjia.kernel.brings import Line
from wanjia.orgs.handing.kinds import Family

from ..duties import Duty
from ..figures.notices import POPULATIONS as COUNTED
from ..inheriting import queries as inheriting
from ..inheriting.commands import take_notices
from ..notices import queries

PLACES = [
    Place("schools:notices", "file", _("通告和倡议"), "schools", 37, (Duty.SEE_VENUES,), often=()),
    Place("schools:receipts", "send", _("送达回执"), "schools", 38, (Duty.SEE_VENUES,), often=()),
]
QUEUES = [queries.queue]
_LEFT = ngettext_lazy("通告、倡议快生效或者已生效,还有 %(n)s 处没送到", "通告、倡议快生效或者已生效,还有 %(n)s 处没送到", "n")
NOTICES = [Notice(queries.alarmed, _LEFT, "schools:receipts", where="desk", tone="bad", icon="alarm", rank=7)]
TONES = [("notice_draft", "orange"), ("notice_issued", "green"), ("notice_lifted", "grey"), ("notice_dropped", "grey")]
POPULATIONS = [*COUNTED]
HANDOVERS = [Family("safety_notices", _("通告和倡议"), inheriting.notices_held, "area_id", inheriting.notices_adrift, take_notices)]
LINES = [Line("safety_notice.take_over", _("撤并交接,换通告、倡议的负责单位"))]
