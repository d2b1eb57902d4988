"""What drives and matching bring."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Place
from wanjia.kernel.brings import Line

from ..campaigns.rules import SEES
from ..duties import Duty
from ..matching.keeping import MATCH
from ..matching.queries import queue
from ..slips.queries import old_misses

PLACES = [
    Place("labour:campaigns", "chart", _("就业行动"), "labour", 20, SEES, often=(Duty.MATCH,)),
    Place("labour:my_proposals", "send", _("岗位推荐"), "labour", 12, (Duty.KEEP_LABOUR,)),
]
PLANNED = [MATCH]
QUEUES = [queue]
TONES = [("proposed", "blue"), ("told", "orange"), ("accepted", "green"), ("declined", "grey"), ("started", "green"), ("absent", "grey")]
PRUNED = [("work_misses", old_misses)]
LINES = [
    Line("work_slip.miss", _("输错务工小条编码"), ()), Line("proposal.ask", _("本人请人再看推荐"), ()), Line("worker.voice", _("本人在外替家里说一件"), ()),
]  # fmt: skip
