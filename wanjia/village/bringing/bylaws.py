"""What by-laws, steps, proposals and problems bring: places, what is late, what an erasure seeks, what the board shows, what is counted."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Notice, Place
from wanjia.kernel.brings import Line
from wanjia.reporting.posted import Section

from ..bylaws import queries as bylaws
from ..duties import Duty
from ..figures.bylaws import POPULATIONS as COUNTED
from ..models import Proposal
from ..proposing import commands
from ..proposing import queries as proposals
from ..steps import queries as steps

SEE = (Duty.SEE_VILLAGE,)
PLACES = [
    Place("village:proposals", "notes", _("村民提议"), "village", 31, SEE, acts=("/village/proposals/*",), often=(Duty.KEEP_MEETINGS,), short=_("提议"), hand=83),
    Place("village:step_matters", "ledger", _("四议两公开"), "village", 42, SEE, acts=("/village/steps/*",)),
    Place("village:bylaws", "file", _("村里的制度"), "village", 44, SEE, acts=("/village/bylaws/*",)),
    Place("village:problems", "alert", _("公共问题"), "village", 46, SEE, acts=("/village/problems/*",)),
]
_LATE = ngettext_lazy("有 %(n)s 件村民提议过了答复期限", "有 %(n)s 件村民提议过了答复期限", "n")
NOTICES = [Notice(proposals.late, _LATE, "village:proposals", where="desk", tone="bad", icon="alarm", rank=9)]
TIMERS = [commands.watch]
TONES = [
    ("bylaw_draft", "orange"), ("bylaw_submitted", "blue"), ("bylaw_checked", "blue"), ("bylaw_put", "blue"), ("bylaw_in_force", "green"), ("bylaw_suspended", "red"), ("bylaw_ended", "grey"), ("bylaw_dropped", "grey"),
    ("steps_begun", "orange"), ("steps_branch", "blue"), ("steps_committees", "blue"), ("steps_party", "blue"), ("steps_decided", "blue"), ("steps_told", "orange"), ("steps_ended", "green"), ("steps_stopped", "grey"),
    ("proposal_waiting", "orange"), ("proposal_taken", "green"), ("proposal_declined", "grey"), ("problem_open", "orange"), ("problem_put", "blue"), ("problem_felt", "orange"), ("problem_closed", "green"), ("problem_dropped", "grey"),
]  # fmt: skip
LINES = [Line("village_proposal.forget", _("清除提议的来源地址"))]
SPEAKING = [(Proposal, proposals.named)]
POPULATIONS = [*COUNTED]
BOARD = [
    Section("bylaws", _("村里的制度"), 40, bylaws.on_board), Section("steps", _("四议两公开"), 25, steps.on_board), Section("proposals", _("提议的答复"), 30, proposals.on_board),
]  # fmt: skip
