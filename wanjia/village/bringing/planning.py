"""What a village's plan brings: its places in the menu, what is overdue on the desk, what is kept twice, the board, what is counted."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Notice, Place
from wanjia.kernel.brings import Check
from wanjia.reporting.posted import Section

from ..duties import Duty
from ..figures.planning import POPULATIONS as COUNTED
from ..planning import queries
from ..planning.zoning import boarding

PLACES = [
    Place("village:plans", "notes", _("村庄规划"), "village", 70, (Duty.SEE_VILLAGE,), acts=("/village/plans/?*",)),
    Place("village:village_assets", "ledger", _("村庄资产"), "village", 72, (Duty.SEE_VILLAGE,), often=(), acts=("/village/assets/?*",)),
]
CHECKS = [Check("village_assets", queries.faults, rank=98)]
TONES = [
    ("plan_draft", "orange"), ("plan_in_force", "green"), ("plan_ended", "grey"), ("plan_dropped", "grey"), ("work_planned", "blue"), ("work_reported", "orange"), ("work_accepted", "green"),
    ("asset_told", "orange"), ("asset_there", "green"), ("asset_gone", "grey"),
]  # fmt: skip
_LATE = ngettext_lazy("规划里有 %(n)s 项过了期限", "规划里有 %(n)s 项过了期限", "n")
NOTICES = [Notice(queries.alarmed, _LATE, "village:plans", where="desk", rank=9)]
BOARD = [Section("plan", _("村庄规划"), 70, queries.on_board, boarding.on_board)]
POPULATIONS = [*COUNTED]
