"""What the three lines bring: their places in the menu, cards on other pages, the telephone's satchel, figures, the nightly look at rhythms."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Beside, Place
from wanjia.kernel.brings import Check, Line

from ..duties import Duty
from ..figures.lines import CONCERNS, PAIRED
from ..lines import beside
from ..lines.satchel import carried
from ..rhythms import queries as rhythms
from ..rhythms.commands import follow, look

SEES = (Duty.SEE_CARE, Duty.ACCOMPANY)

PLACES = [
    Place("care:mine", "family", _("我结对的孩子"), "care", 10, (Duty.ACCOMPANY,), short=_("孩子"), hand=62),
    Place("care:lines", "phone", _("三联系"), "care", 12, (Duty.SEE_CARE,), by_area=True, short=_("联系"), hand=66),
    Place("care:concerns", "eye", _("三关注"), "care", 14, SEES, acts=("/care/concerns/*",), by_area=True, short=_("关注"), hand=68),
]

QUEUES = [beside.queue]

SATCHEL = [carried]

BESIDE = [
    Beside("child_file", "care/beside/file.html", beside.of_file, rank=10),
    Beside("home", "care/beside/home.html", beside.of_home, rank=12),
    Beside("desk", "care/beside/desk.html", beside.on_desk, rank=20),
    Beside("desk", "care/beside/near.html", beside.near, rank=22),
]

POPULATIONS = [PAIRED, CONCERNS]

TIMERS = [look]

AFTER_PEOPLE = [follow]

CHECKS = [Check("rhythm", rhythms.faults, rank=92, waits=True)]

LINES = [Line("child.rhythm", _("联系频次随户册更新"))]

TONES = [("watch", "grey"), ("act", "orange"), ("settled", "green")]
