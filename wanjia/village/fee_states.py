"""The words of fees, frontages and feasts, and the tables of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class RuleState(TextChoices):
    """Where a version of what a meeting adopted stands (收费办法、红白喜事约定)."""

    DRAFT = "ruling_draft", _("待启用")
    IN_FORCE = "ruling_in_force", _("现行")
    ENDED = "ruling_ended", _("已被替代")
    DROPPED = "ruling_dropped", _("不用")


class Basis(TextChoices):
    """What a fee is counted by (计费方式)."""

    HOME = "per_home", _("按户")
    HEAD = "per_head", _("按人(户里登记的人)")
    PRESENT = "per_present", _("按人(在家住的人)")


class Span(TextChoices):
    """What a rate is for (多久收一次)."""

    MONTH = "month", _("每月")
    QUARTER = "quarter", _("每季度")
    HALF = "half", _("每半年")
    YEAR = "year", _("每年")


class Ground(TextChoices):
    """For what a home pays less, as the register knows it (减免情形)."""

    EXTREME = "extreme", _("特困(五保)户")
    MINIMUM = "minimum", _("低保户")
    MARGIN = "margin", _("低保边缘户")
    EMPTY = "empty_home", _("空户(全家外出)")


class RunState(TextChoices):
    """Where a charge run stands (应收批次)."""

    DRAWN = "run_drawn", _("待核对")
    CHARGED = "run_charged", _("已生效")
    DROPPED = "run_dropped", _("不用")


class WaiverState(TextChoices):
    """Where a waiver stands (减免申请)."""

    ASKED = "waiver_asked", _("待决定")
    GRANTED = "waiver_granted", _("同意减免")
    REFUSED = "waiver_refused", _("没有同意")


class MoneyWay(TextChoices):
    """How money came (收款方式)."""

    CASH = "cash", _("现金")
    TRANSFER = "transfer", _("转账、扫码")


class SpendState(TextChoices):
    """Where a spending stands (支出)."""

    DRAWN = "spend_drawn", _("待审批")
    APPROVED = "spend_approved", _("已支出")
    REFUSED = "spend_refused", _("没有批准")


class FeastKind(TextChoices):
    """What is held (操办事项)."""

    WEDDING = "wedding", _("红事(婚事)")
    FUNERAL = "funeral", _("白事(丧事)")
    OTHER = "other_feast", _("其他(乔迁、满月等)")


R, U, W, P = RuleState, RunState, WaiverState, SpendState


def _ruling(name):
    return Machine(name, initial=[R.DRAFT], moves=[
        Move("adopt", (R.DRAFT,), R.IN_FORCE, _("启用")), Move("drop", (R.DRAFT,), R.DROPPED, _("不用")), Move("end", (R.IN_FORCE,), R.ENDED, _("被新办法替代")),
    ])  # fmt: skip


FEE_RULE, FEAST_CAP = _ruling("fee_rule"), _ruling("feast_cap")
FEE_RUN = Machine("fee_run", initial=[U.DRAWN], moves=[Move("charge", (U.DRAWN,), U.CHARGED, _("核对,生效")), Move("drop", (U.DRAWN,), U.DROPPED, _("不用"))])
FEE_WAIVER = Machine("fee_waiver", initial=[W.ASKED], moves=[Move("grant", (W.ASKED,), W.GRANTED, _("同意减免")), Move("refuse", (W.ASKED,), W.REFUSED, _("没有同意"))])


def _spending(name):
    return Machine(name, initial=[P.DRAWN], moves=[Move("approve", (P.DRAWN,), P.APPROVED, _("审批支出")), Move("refuse", (P.DRAWN,), P.REFUSED, _("没有批准"))])


FEE_SPEND, LEVY_SPEND = _spending("fee_spend"), _spending("levy_spend")
