"""Tables of moves of the register."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class VisitState(models.TextChoices):
    """Where a home visit stands."""

    PLANNED = "planned", _("已计划")
    DONE = "done", _("已走访")
    CANCELLED = "cancelled", _("已取消")


VISIT = Machine(
    "visit",
    initial=(VisitState.PLANNED,),
    moves=[
        Move("record", (VisitState.PLANNED,), VisitState.DONE, _("记录走访")),
        Move("cancel", (VisitState.PLANNED,), VisitState.CANCELLED, _("取消")),
    ],
)
