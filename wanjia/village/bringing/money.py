"""What the collective's money brings: its places in the menu, what is kept twice, the board, what is counted."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Notice, Place
from wanjia.kernel.brings import Check
from wanjia.reporting.posted import Section

from ..dividends import queries as dividends
from ..duties import Duty
from ..figures.money import POPULATIONS as COUNTED
from ..income import queries as income

PLACES = [
    Place("village:money", "ledger", _("集体收支"), "village", 60, (Duty.SEE_VILLAGE,), acts=("/village/money/vouchers/*",)),
    Place("village:collective_deals", "file", _("集体合同"), "village", 62, (Duty.SEE_VILLAGE,), often=(Duty.KEEP_MONEY,), acts=("/village/money/deals/*",)),
    Place("village:dividends", "star", _("分红"), "village", 64, (Duty.SEE_VILLAGE,), often=(Duty.KEEP_MONEY,), acts=("/village/money/dividends/*", "/village/money/receipts/*")),
    Place("village:share_holdings", "users", _("成员份额"), "village", 66, (Duty.KEEP_MONEY, Duty.REVIEW_MONEY), often=(), acts=("/village/money/holdings/*",)),
    Place("village:yields", "notes", _("产量和收入"), "village", 68, (Duty.SEE_VILLAGE,), often=(Duty.KEEP_MONEY,), acts=("/village/yields/plots/*", "/village/yields/incomes/*")),
]
CHECKS = [Check("collective_money", income.faults, rank=96), Check("dividends", dividends.faults, rank=97)]
TONES = [
    ("deal_drawn", "orange"), ("deal_in_force", "green"), ("deal_ended", "grey"), ("deal_dropped", "grey"), ("voucher_drawn", "orange"), ("voucher_booked", "green"), ("voucher_refused", "grey"),
    ("dividend_drawn", "orange"), ("dividend_adopted", "green"), ("dividend_dropped", "grey"),
]  # fmt: skip
_UNPAID = ngettext_lazy("有 %(n)s 户的分红还没有发", "有 %(n)s 户的分红还没有发", "n")
NOTICES = [Notice(dividends.unpaid_count, _UNPAID, "village:dividends", where="desk", rank=9)]
BOARD = [Section("money", _("集体收支和分红"), 60, dividends.on_board)]
POPULATIONS = [*COUNTED]
