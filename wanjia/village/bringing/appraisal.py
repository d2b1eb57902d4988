"""What appraisal, what is told privately, stories and tips bring: their places in the menu, what is over by its days, the board, what is counted, what an erasure seeks."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Place
from wanjia.reporting.posted import Section

from ..appraisal import queries as appraisal
from ..duties import Duty
from ..figures.appraisal import POPULATIONS as COUNTED
from ..improving import commands as improving
from ..models import Tip
from ..stories import queries as stories

PLACES = [
    Place("village:appraisals", "check", _("季度评比"), "village", 62, (Duty.SEE_VILLAGE,), acts=("/village/appraisal/*",)),
    Place("village:shortcomings", "home", _("待改进"), "village", 64, (Duty.KEEP_APPRAISAL,), acts=("/village/improving/told/*", "/village/improving/pictures/*")),
    Place("village:strict_notices", "file", _("小组纸质栏"), "village", 65, (Duty.REVIEW_APPRAISAL,), often=(), acts=("/village/improving/board/?*",)),
    Place("village:stories", "star", _("典型故事"), "village", 66, (Duty.SEE_VILLAGE,), often=(), acts=("/village/stories/?*",)),
    Place("village:tips", "inbox", _("有人反映"), "village", 68, (Duty.HEAR_TIPS,), often=(), acts=("/village/tips/?*",)),
]
TIMERS = [improving.watch]
TONES = [
    ("round_standing", "blue"), ("round_counted", "orange"), ("round_listed", "green"), ("round_no_list", "grey"), ("round_cancelled", "grey"),
    ("entry_standing", "blue"), ("entry_chosen", "orange"), ("entry_listed", "green"), ("entry_passed", "grey"), ("entry_withdrawn", "grey"),
    ("short_told", "orange"), ("short_repaired", "green"), ("short_over", "grey"), ("short_dropped", "grey"),
    ("picture_waits", "orange"), ("picture_seen", "green"), ("picture_gone", "grey"),
    ("strict_drawn", "orange"), ("strict_up", "blue"), ("strict_stopped", "red"), ("strict_down", "grey"),
    ("story_written", "orange"), ("story_shown", "green"), ("story_withdrawn", "grey"), ("tip_waits", "orange"), ("tip_done", "green"),
]  # fmt: skip
SPEAKING = [(Tip, stories.named)]
POPULATIONS = [*COUNTED]
BOARD = [Section("red_list", _("红榜"), 50, appraisal.on_board), Section("stories", _("典型故事"), 55, stories.on_board)]
