"""What the labour register brings to the pages of the house."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Beside, Finder, Place
from wanjia.kernel.brings import Line

from .calls.queries import queue
from .calls.satchel import carried
from .campaigns.rules import SEES
from .departures.keeping import CHARTERS
from .departures.rules import SEES as SEES_TRIPS
from .duties import Duty
from .following.commands import follow, turn_day
from .matching.keeping import MATCH
from .riding.queries import KEEPS
from .riding.queries import queue as riding_queue
from .riding.satchel import carried as rolls
from .rounds.commands import close_rounds
from .workers import beside
from .workers.queries import matching

PLACES = [
    Place("labour:calls", "phone", _("动态监测"), "work", 86, (Duty.KEEP_LABOUR,), acts=("/labour/workers/*",), short=_("打电话"), hand=65),
    Place("labour:rounds", "clipboard-list", _("集中摸排"), "work", 87, (Duty.SEE_LABOUR,)),
    Place("labour:workers", "briefcase", _("劳动力"), "register", 25, (Duty.SEE_LABOUR,), by_area=True),
    Place("labour:campaigns", "chart", _("就业行动"), "work", 96, SEES),
    Place("labour:my_proposals", "send", _("岗位推荐"), "work", 97, (Duty.KEEP_LABOUR,)),
    Place("labour:departures", "send", _("出行登记"), "work", 98, SEES_TRIPS, acts=("/labour/departures/*",)),
    Place("labour:trips", "bus", _("车次"), "work", 99, SEES_TRIPS, acts=("/labour/trips/*",)),
    Place("labour:absent", "phone", _("没来的人"), "work", 100, KEEPS, acts=("/labour/seats/*",)),
    Place("labour:follow_ups", "phone", _("送达回访"), "work", 101, (Duty.KEEP_LABOUR,), acts=("/labour/followups/*",)),
]

PLANNED = [MATCH, CHARTERS]

QUEUES = [queue, riding_queue]

SATCHEL = [carried, rolls]

FINDERS = [Finder("labour/found.html", matching, rank=30)]

ROUTERS = [("/labour", "wanjia.labour.api.router")]

BESIDE = [
    Beside("person", "labour/beside/person.html", beside.of_person, rank=10),
    Beside("home", "labour/beside/home.html", beside.of_home, rank=8),
]

AFTER_PEOPLE = [follow]

TIMERS = [turn_day, close_rounds]

LINES = [
    Line("worker.follow", _("劳动力名册随户册更新")),
    Line("worker.join", _("劳动力名册随人员合并")),
]

TONES = [
    ("listed", "blue"), ("gone", "green"), ("released", "blue"), ("left", "orange"), ("handed", "green"), ("booked", "grey"), ("aboard", "green"), ("absent", "red"), ("arrived", "green"),
    ("missing", "red"),
]  # fmt: skip
