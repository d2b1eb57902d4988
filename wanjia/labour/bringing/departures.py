"""What departures bring: the list, the trips, the calls of the day, the follow-ups; their figures; the charters as a kind of plan."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Notice, Place
from wanjia.kernel.brings import Line
from wanjia.reporting.figures.population import Population

from ..departures.keeping import CHARTERS
from ..departures.rules import SEES
from ..duties import Duty
from ..models import FollowUp, Seat
from ..riding.populations import visible_promises, visible_rides
from ..riding.queries import KEEPS, queue, rides_along
from ..riding.satchel import carried

HERE = Path(__file__).parents[1]

PLACES = [
    Place("labour:departures", "send", _("出行登记"), "labour", 13, SEES, acts=("/labour/departures/*",), often=(Duty.DISPATCH,)),
    Place("labour:trips", "bus", _("车次"), "labour", 14, SEES, acts=("/labour/trips/*", "/labour/seats/*"), often=(Duty.DISPATCH,)),
    Place("labour:absent", "phone", _("没来的人"), "labour", 15, KEEPS, often=()),
    Place("labour:follow_ups", "phone", _("送达回访"), "labour", 16, (Duty.KEEP_LABOUR,), acts=("/labour/followups/*",), often=()),
]
_ALONG = ngettext_lazy("您随车的 %(n)s 趟车今明两天要点名,或者在路上", "您随车的 %(n)s 趟车今明两天要点名,或者在路上", "n")
NOTICES = [Notice(rides_along, _ALONG, "labour:trips", where="desk", icon="bus", rank=8)]
PLANNED = [CHARTERS]
QUEUES = [queue]
SATCHEL = [carried]
TONES = [
    ("listed", "blue"), ("gone", "green"), ("released", "blue"), ("left", "orange"), ("handed", "green"), ("booked", "grey"), ("aboard", "green"), ("arrived", "green"), ("missing", "red"),
]  # fmt: skip
POPULATIONS = [
    Population("seats", HERE / "riding" / "seats.toml", Seat, visible_rides, "village_id", few=("state", "called")),
    Population("follow_ups", HERE / "riding" / "follow_ups.toml", FollowUp, visible_promises, "village_id", few=("result",)),
]
LINES = [
    Line("departure.arrive", _("出行送达"), KEEPS), Line("seat.arrive", _("送达用工单位"), KEEPS), Line("seat.lose", _("没有到厂"), KEEPS),
]  # fmt: skip
