"""The way of an export."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


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
