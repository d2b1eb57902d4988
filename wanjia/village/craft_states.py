"""The words of craftsmen, of who learns with them, of bookings, of ventures; and their tables of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class CraftState(TextChoices):
    """Where a craftsman stands on the list (乡土人才)."""

    WRITTEN = "craftsman_written", _("待另一人核对")
    SHOWN = "craftsman_shown", _("已公布")
    WITHDRAWN = "craftsman_withdrawn", _("已撤下")


class PairState(TextChoices):
    """Whether somebody learns with a craftsman (帮带)."""

    RUNNING = "pair_running", _("在学")
    ENDED = "pair_ended", _("已结束")


class PairEnd(TextChoices):
    """By whom it ended (怎么结束的)."""

    LEARNED = "learned", _("学成了")
    CRAFTSMAN = "by_craftsman", _("师傅不带了")
    LEARNER = "by_learner", _("徒弟不学了")


class Half(TextChoices):
    """Which half of a day (上午、下午)."""

    MORNING = "morning", _("上午")
    AFTERNOON = "afternoon", _("下午")


class BookingState(TextChoices):
    """Where the booking of a craftsman stands (预约)."""

    ASKED = "booking_asked", _("等师傅答应")
    AGREED = "booking_agreed", _("约好了")
    HELD = "booking_held", _("去过了")
    FAILED = "booking_failed", _("没有成")


class VentureState(TextChoices):
    """Where a home's venture stands on the board (庭院经济)."""

    WRITTEN = "venture_written", _("待另一人核对")
    SHOWN = "venture_shown", _("已公布")
    WITHDRAWN = "venture_withdrawn", _("已撤下")


C, P, B, V = CraftState, PairState, BookingState, VentureState
CRAFTSMAN = Machine("craftsman", initial=[C.WRITTEN], moves=[
    Move("show", (C.WRITTEN,), C.SHOWN, _("公布")),
    Move("withdraw", (C.WRITTEN, C.SHOWN), C.WITHDRAWN, _("撤下")),
])  # fmt: skip
PAIR = Machine("mentor_pair", initial=[P.RUNNING], moves=[Move("end", (P.RUNNING,), P.ENDED, _("结束帮带"))])
BOOKING = Machine("craft_booking", initial=[B.ASKED], moves=[
    Move("agree", (B.ASKED,), B.AGREED, _("约好日子")),
    Move("hold", (B.AGREED,), B.HELD, _("去过了")),
    Move("fail", (B.ASKED, B.AGREED), B.FAILED, _("没有成")),
])  # fmt: skip
VENTURE = Machine("venture", initial=[V.WRITTEN], moves=[
    Move("show", (V.WRITTEN,), V.SHOWN, _("公布")),
    Move("withdraw", (V.WRITTEN, V.SHOWN), V.WITHDRAWN, _("撤下")),
])  # fmt: skip
