"""What the labour register brings to the pages of the house."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Beside, Finder, Place
from wanjia.kernel.brings import Line

from . import demand_brings as demand
from . import markets_brings as markets
from .calls.queries import queue
from .calls.satchel import carried
from .duties import Duty
from .following.commands import follow, turn_day
from .rounds.commands import close_rounds
from .workers import beside
from .workers.queries import matching

PLACES = [
    Place("labour:calls", "phone", _("动态监测"), "work", 86, (Duty.KEEP_LABOUR,), acts=("/labour/workers/*",), short=_("打电话"), hand=65),
    Place("labour:rounds", "clipboard-list", _("集中摸排"), "work", 87, (Duty.SEE_LABOUR,)),
    Place("labour:workers", "briefcase", _("劳动力"), "register", 25, (Duty.SEE_LABOUR,), by_area=True),
    *demand.PLACES,
    *markets.PLACES,
]

QUEUES = [queue, *demand.QUEUES, *markets.QUEUES]

NOTICES = [*demand.NOTICES, *markets.NOTICES]

TONES = [*demand.TONES, *markets.TONES]

SUBJECTS = [*demand.SUBJECTS]

POPULATIONS = [*demand.POPULATIONS, *markets.POPULATIONS]

MESSAGES = [*markets.MESSAGES]

CHECKS = [*demand.CHECKS, *markets.CHECKS]

SATCHEL = [carried]

FINDERS = [Finder("labour/found.html", matching, rank=30)]

ROUTERS = [*demand.ROUTERS, ("/labour", "wanjia.labour.api.router")]

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

RETAINED = [*demand.RETAINED, *markets.RETAINED]
