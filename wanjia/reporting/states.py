"""The way of an export, and the kinds of papers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class ExportKind(TextChoices):
    """What is taken out (导出什么)."""

    NEEDS = "needs", _("困难诉求台账")
    HOMES = "homes", _("家庭户名单")


class ExportState(TextChoices):
    """Where an export stands (导出状态)."""

    WAITING = "waiting", _("待批准")
    APPROVED = "approved", _("可下载")
    REFUSED = "refused", _("未批准")
    TAKEN = "taken", _("已下载")


EXPORT = Machine(
    "export",
    # A small export without sensitive columns needs nobody's approval.
    initial=[ExportState.WAITING, ExportState.APPROVED],
    moves=[
        Move("approve", (ExportState.WAITING,), ExportState.APPROVED, _("批准")),
        Move("refuse", (ExportState.WAITING,), ExportState.REFUSED, _("不批准")),
        Move("take", (ExportState.APPROVED,), ExportState.TAKEN, _("下载")),
    ],
)


class PaperKind(TextChoices):
    """The papers that the office prints (文书)."""

    ASSIGNMENT = "assignment", _("交办单")
    RETURN = "return", _("退回单")
    EXTENSION = "extension", _("延期审批单")
    CONFERENCE = "conference", _("会商纪要")
    REMINDER = "reminder", _("催办通知")
    SUPERVISION = "supervision", _("督办函")
    REPLY = "reply", _("办理情况答复")
    CALLBACK = "callback", _("回访记录")
    CLOSING = "closing", _("销号审批表")
    MONTHLY = "monthly", _("月度通报")
