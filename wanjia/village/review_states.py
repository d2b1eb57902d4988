"""The words of 民主评议党员, and where a member's review stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wanjia.kernel.machine import Machine, Move


class OwnWord(TextChoices):
    """How a member spoke of himself (个人自评)."""

    MEETING = "at_meeting", _("会上自评")
    WRITTEN = "in_writing", _("书面自评")
    NONE = "no_own_word", _("没有自评")


class Grade(TextChoices):
    """What the branch found (评定等次): kept sealed, in no list, in no order."""

    EXCELLENT = "excellent", _("优秀")
    QUALIFIED = "qualified", pgettext_lazy("grade", "合格")
    BASIC = "basically", _("基本合格")
    FAILED = "unqualified", pgettext_lazy("grade", "不合格")
    NONE = "no_grade", _("不定等次")


class ReviewedState(TextChoices):
    """Where the review of one member stands (评议)."""

    DUE = "review_due", _("等录票")
    COUNTED = "review_counted", _("等核对票数")
    LOOKED = "review_looked", _("等支部提出等次")
    PROPOSED = "review_proposed", _("等另一个人核对等次")
    DECIDED = "review_decided", _("等反馈本人")
    TOLD = "review_told", _("已反馈本人")


S = ReviewedState
GRADED = (S.PROPOSED, S.DECIDED, S.TOLD)
REVIEWED = Machine("reviewed_member", initial=[S.DUE], moves=[
    Move("count", (S.DUE, S.COUNTED), S.COUNTED, _("录入测评票")),
    Move("look", (S.COUNTED,), S.LOOKED, _("核对票数")),
    Move("propose", (S.LOOKED, S.PROPOSED), S.PROPOSED, _("提出等次")),
    Move("decide", (S.PROPOSED,), S.DECIDED, _("核对等次")),
    Move("tell", (S.DECIDED,), S.TOLD, _("反馈本人")),
    Move("set_aside", (S.DECIDED, S.TOLD), S.LOOKED, _("作废等次")),
])  # fmt: skip
