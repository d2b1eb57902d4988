"""What drives and matching bring."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Place

from ..campaigns.rules import SEES
from ..duties import Duty
from ..matching.keeping import MATCH
from ..matching.queries import queue

PLACES = [
    Place("labour:campaigns", "chart", _("就业行动"), "labour", 20, SEES, often=(Duty.MATCH,)),
    Place("labour:my_proposals", "send", _("岗位推荐"), "labour", 12, (Duty.KEEP_LABOUR,)),
]
PLANNED = [MATCH]
QUEUES = [queue]
TONES = [("proposed", "blue"), ("told", "orange"), ("accepted", "green"), ("declined", "grey"), ("started", "green"), ("absent", "grey")]
