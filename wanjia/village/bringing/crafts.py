"""What craftsmen and ventures bring: places in the menu, what hangs on the board, what is counted."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Place
from wanjia.reporting.posted import Section

from ..crafts import queries as crafts
from ..duties import Duty
from ..figures.crafts import POPULATIONS as COUNTED
from ..ventures import queries as ventures

PLACES = [
    Place("village:crafts", "users", _("乡土人才"), "village", 80, (Duty.SEE_VILLAGE,), acts=("/village/crafts/people/*",)),
    Place("village:mentor_pairs", "users", _("帮带"), "village", 81, (Duty.SEE_VILLAGE,), often=(), acts=("/village/crafts/pairs/?*",)),
    Place("village:craft_bookings", "calendar", _("请师傅"), "village", 82, (Duty.SEE_VILLAGE,), acts=("/village/crafts/bookings/?*",)),
    Place("village:ventures", "home", _("庭院经济"), "village", 84, (Duty.SEE_VILLAGE,), often=(), acts=("/village/ventures/?*",)),
]
BOARD = [Section("crafts", _("乡土人才"), 72, crafts.on_board), Section("ventures", _("庭院经济"), 74, ventures.on_board)]
TONES = [
    ("craftsman_written", "orange"), ("craftsman_shown", "green"), ("craftsman_withdrawn", "grey"), ("pair_running", "blue"), ("pair_ended", "grey"), ("booking_asked", "orange"),
    ("booking_agreed", "blue"), ("booking_held", "green"), ("booking_failed", "grey"), ("venture_written", "orange"), ("venture_shown", "green"), ("venture_withdrawn", "grey"),
]  # fmt: skip
POPULATIONS = [*COUNTED]
