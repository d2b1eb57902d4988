"""The words of polls, and their table of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class PollState(TextChoices):
    """Where a poll stands (户表决): its phases follow one another and never overlap, so nothing puts a tick beside a ballot."""

    ISSUING = "poll_issuing", _("发票中")
    VOTING = "poll_voting", _("投票中")
    COUNTING = "poll_counting", _("计票中")
    CLOSED = "poll_closed", _("已公布")
    CANCELLED = "poll_cancelled", _("不办了")


class Taken(TextChoices):
    """How a home took its right to vote (领票方式)."""

    PAPER = "paper", _("领了纸票")
    PHONE = "phone", _("用手机领了票证")


S = PollState
POLL = Machine("poll", initial=[S.ISSUING], moves=[
    Move("open", (S.ISSUING,), S.VOTING, _("停止发票,开始投票")),
    Move("end", (S.VOTING,), S.COUNTING, _("停止投票,开始计票")),
    Move("close", (S.COUNTING,), S.CLOSED, _("开票公布")),
    Move("cancel", (S.ISSUING, S.VOTING, S.COUNTING), S.CANCELLED, _("不办了")),
])  # fmt: skip
