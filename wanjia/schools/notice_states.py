"""The words of notices: what one asks, on what it rests, where it stands, how it was served, the steps after it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class Asks(TextChoices):
    """What a notice asks of those it is served on (通知要求什么)."""

    CLOSE = "close", _("暂停营业")
    QUIET = "quiet", _("停止产生噪声的活动")
    ADVICE = "advice", _("安全提示(告家长书)")


class NoticeState(TextChoices):
    """Where a notice stands (通告、倡议). Lapsed is no state: it is worked out from its last day."""

    DRAFT = "notice_draft", _("待签发")
    ISSUED = "notice_issued", _("已签发")
    LIFTED = "notice_lifted", _("提前解除")
    DROPPED = "notice_dropped", _("不发")


class Way(TextChoices):
    """How a notice was served (送达方式)."""

    HANDED = "handed", _("当面送达")
    POSTED = "posted", _("张贴在门口")
    PHONED = "phoned", _("电话告知")


class Step(TextChoices):
    """What was done where a notice was not heeded, in this order (处置步骤)."""

    ADVISE = "advise", _("劝告")
    EDUCATE = "educate", _("批评教育")
    HAND_OVER = "hand_over", _("移送公安")


N = NoticeState
NOTICE = Machine("safety_notice", initial=[N.DRAFT], moves=[
    Move("issue", (N.DRAFT,), N.ISSUED, _("签发")),
    Move("drop", (N.DRAFT,), N.DROPPED, _("不发")),
    Move("lift", (N.ISSUED,), N.LIFTED, _("提前解除")),
])  # fmt: skip
