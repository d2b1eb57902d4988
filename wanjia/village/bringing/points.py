"""What points and the shop bring: their places in the menu, the clock's booking, what is kept twice, what is counted."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Place
from wanjia.kernel.brings import Check

from ..booking import queries as book
from ..duties import Duty
from ..figures.points import POPULATIONS as COUNTED
from ..points import commands
from ..points.lapses import queries as lapses
from ..shop import queries as shop

PLACES = [
    Place("village:points", "star", _("积分"), "village", 50, (Duty.SEE_VILLAGE,), acts=("/village/points/claims/*", "/village/points/schemes/*", "/village/points/lapses/*")),
    Place("village:shop", "inbox", _("爱心超市"), "village", 52, (Duty.SEE_VILLAGE,), acts=("/village/shop/goods/*",)),
    Place("village:point_accounts", "users", _("各户积分"), "village", 54, (Duty.SEE_VILLAGE,), often=()),
    Place("village:point_appeals", "inbox", _("积分申诉"), "village", 51, (Duty.SEE_VILLAGE,), often=(), acts=("/village/points/appeals/*",)),
    Place("village:redemptions", "file", _("兑换回执"), "village", 56, (Duty.SEE_VILLAGE,), often=(), acts=("/village/shop/redemptions/*",)),
    Place("village:point_months", "ledger", _("积分月结"), "village", 58, (Duty.SEE_VILLAGE,), often=(), acts=("/village/points/months/*",)),
]
TIMERS = [commands.watch]
CHECKS = [Check("points", book.faults, rank=94), Check("points_lapsed", lapses.faults, rank=94), Check("shop_stock", shop.faults, rank=95)]
TONES = [
    ("scheme_draft", "orange"), ("scheme_in_force", "green"), ("scheme_ended", "grey"), ("scheme_dropped", "grey"), ("claim_proposed", "orange"), ("claim_posted", "blue"), ("claim_booked", "green"),
    ("claim_refused", "grey"), ("appeal_open", "orange"), ("appeal_upheld", "green"), ("appeal_rejected", "grey"), ("lapse_told", "orange"), ("lapse_booked", "grey"), ("lapse_dropped", "grey"), ("points_drawn", "orange"), ("points_checked", "green"),
]  # fmt: skip
POPULATIONS = [*COUNTED]
