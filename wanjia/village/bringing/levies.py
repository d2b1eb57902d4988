"""What money and labour for projects bring: their place in the menu, what is kept twice, what is counted, what hangs on the board."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Place
from wanjia.kernel.brings import Check
from wanjia.reporting.posted import Section

from ..duties import Duty
from ..figures.levies import POPULATIONS as COUNTED
from ..levies import queries

PLACES = [Place("village:levies", "ledger", _("一事一议"), "village", 63, (Duty.SEE_VILLAGE, Duty.APPROVE_LEVIES), acts=("/village/levies/?*",))]
CHECKS = [Check("levies", queries.faults, rank=97)]
TONES = [
    ("levy_draft", "orange"), ("levy_decided", "orange"), ("levy_checked", "orange"), ("levy_approved", "blue"), ("levy_charged", "blue"), ("levy_done", "green"), ("levy_dropped", "grey"),
]  # fmt: skip
POPULATIONS = [*COUNTED]
BOARD = [Section("levies", _("一事一议筹资筹劳"), 65, queries.on_board)]
