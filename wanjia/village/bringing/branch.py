"""What the branch, its duties, pledges, reviews and recruitment bring, and clean-up days: places in the menu, what hangs on the board, what is counted."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Place
from wanjia.reporting.posted import Section

from ..branch import queries as branch
from ..branch_duties import queries as duties
from ..cleanups import queries as cleanups
from ..duties import Duty
from ..figures.branch import POPULATIONS as COUNTED

PLACES = [
    Place("village:cleanups", "home", _("清扫日"), "village", 60, (Duty.SEE_VILLAGE,), acts=("/village/cleanups/?*",)),
    Place("village:branch", "users", _("党支部"), "village", 70, (Duty.SEE_BRANCH,), acts=("/village/branch/activities/*", "/village/branch/members/*"), short=_("党支部"), hand=79),
    Place("village:branch_duties", "map", _("党员岗位"), "village", 72, (Duty.SEE_BRANCH,), acts=("/village/branch/duties/?*", "/village/branch/holdings/*")),
    Place("village:pledges", "star", _("党员承诺"), "village", 74, (Duty.SEE_BRANCH,), acts=("/village/branch/pledges/?*",)),
    Place("village:reviews", "lock", _("民主评议党员"), "village", 75, (Duty.KEEP_BRANCH,), acts=("/village/branch/reviews/?*", "/village/branch/reviewed/*")),
    Place("village:recruiting", "lock", _("党员发展"), "village", 76, (Duty.KEEP_RECRUITS,), acts=("/village/recruiting/?*",)),
]
BOARD = [
    Section("branch", _("党支部活动"), 60, branch.on_board),
    Section("branch_duties", _("这里谁管"), 62, duties.on_board),
    Section("cleanups", _("清扫日"), 64, cleanups.on_board),
]
TONES = [
    ("activity_called", "blue"), ("activity_held", "orange"), ("activity_checked", "green"), ("activity_cancelled", "grey"), ("duty_claimed", "orange"), ("duty_held", "green"), ("duty_refused", "grey"),
    ("duty_over", "grey"), ("pledge_open", "blue"), ("pledge_told", "orange"), ("pledge_kept", "green"), ("pledge_failed", "grey"), ("candidate_open", "blue"), ("candidate_full", "green"),
    ("candidate_stopped", "grey"),
    ("review_due", "blue"), ("review_counted", "orange"), ("review_looked", "blue"), ("review_proposed", "orange"), ("review_decided", "blue"), ("review_told", "green"),
    ("cleanup_planned", "blue"), ("cleanup_held", "orange"), ("cleanup_checked", "green"), ("cleanup_cancelled", "grey"),
]  # fmt: skip
POPULATIONS = [*COUNTED]
