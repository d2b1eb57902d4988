"""What the register kept by hand brings: the roll, its calls, its rounds."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Beside, Finder, Place
from wanjia.kernel.brings import Line
from wanjia.registry.duties import Duty as RegistryDuty

from .. import retaining, simulating
from ..calls.queries import queue
from ..calls.satchel import carried
from ..duties import Duty
from ..following.commands import follow, turn_day
from ..rounds.commands import close_rounds
from ..workers import beside
from ..workers.queries import matching

PLACES = [
    Place("labour:calls", "phone", _("动态监测"), "labour", 10, (Duty.KEEP_LABOUR,), short=_("打电话"), hand=65),
    Place("labour:rounds", "map", _("集中摸排"), "labour", 16, (Duty.SEE_LABOUR,), often=(Duty.RUN_ROUNDS,)),
    Place("labour:workers", "briefcase", _("劳动力"), "labour", 14, (Duty.SEE_LABOUR,), by_area=True),
]

QUEUES = [queue]

SATCHEL = [carried]

FINDERS = [Finder("labour/found.html", matching, rank=30)]

ROUTERS = [("/labour", "wanjia.labour.api.router")]

BESIDE = [
    Beside("person", "labour/beside/person.html", beside.of_person, rank=10),
    Beside("home", "labour/beside/home.html", beside.of_home, rank=8),
]

RETAINED = [retaining.SPELLS, retaining.CHANGES]

AFTER_PEOPLE = [follow]

TIMERS = [turn_day, close_rounds]

FOLLOWS = (Duty.KEEP_LABOUR, RegistryDuty.KEEP_REGISTER, RegistryDuty.JUDGE_DUPLICATES)  # who does what it follows
LINES = [
    Line("worker.follow", _("劳动力名册随户册更新"), FOLLOWS),
    Line("worker.join", _("劳动力名册随人员合并"), FOLLOWS),
]

SIMULATED = [simulating.begin]
