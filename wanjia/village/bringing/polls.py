"""What polls bring: their place in the menu, tones, a line that no declared act writes, what is counted."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Place
from wanjia.kernel.brings import Line

from ..duties import Duty
from ..figures.polls import POPULATIONS as COUNTED

PLACES = [Place("village:polls", "inbox", _("户表决"), "village", 40, (Duty.SEE_VILLAGE,), acts=("/village/polls/*", "/village/poll-homes/*", "/village/poll-heaps/*"))]
TONES = [("poll_issuing", "orange"), ("poll_voting", "blue"), ("poll_counting", "orange"), ("poll_closed", "green"), ("poll_cancelled", "grey")]
LINES = [Line("poll_home.token", _("用手机领了票证"))]
POPULATIONS = [*COUNTED]
