"""How a version of a plan comes about."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class PlanState(models.TextChoices):
    """Where a version stands (方案状态). Which one is in force says the pointer, not this."""

    ASKED = "asked", _("等待计算")
    RUNNING = "running", _("正在计算")
    READY = "ready", _("已算好")
    FAILED = "failed", _("没有算成")
    DROPPED = "dropped", _("已作废")


P = PlanState
PLAN = Machine(
    "plan",
    initial=[P.ASKED],
    moves=[
        Move("take", (P.ASKED,), P.RUNNING, _("开始计算")),
        Move("keep", (P.RUNNING,), P.READY, _("算好方案")),
        Move("fail", (P.ASKED, P.RUNNING), P.FAILED, _("没有算成")),
        Move("drop", (P.ASKED, P.RUNNING, P.READY), P.DROPPED, _("作废")),
    ],
)
