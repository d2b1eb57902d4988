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


class UploadState(models.TextChoices):
    """Where an upload stands (导入状态)."""

    RECEIVED = "received", _("已收到")
    JUDGED = "judged", _("已核对")
    APPLYING = "applying", _("正在写入")
    APPLIED = "applied", _("已导入")
    REJECTED = "rejected", _("不能导入")
    CANCELLED = "cancelled", _("已取消")


U = UploadState
UPLOAD = Machine(
    "upload",
    initial=[U.RECEIVED],
    moves=[
        Move("judge", (U.RECEIVED,), U.JUDGED, _("核对")),
        Move("reject", (U.RECEIVED,), U.REJECTED, _("退回文件")),
        Move("confirm", (U.JUDGED,), U.APPLYING, _("确认导入")),
        Move("finish", (U.APPLYING,), U.APPLIED, _("写入完成")),
        Move("rejudge", (U.JUDGED,), U.RECEIVED, _("重新核对")),
        Move("cancel", (U.RECEIVED, U.JUDGED, U.APPLYING), U.CANCELLED, _("取消")),
    ],
)


class CutState(models.TextChoices):
    """Where a proposal to stop or reduce aid stands (停减核定)."""

    PROPOSED = "proposed", _("待听取意见")
    HEARD = "heard", _("待决定")
    CUT = "cut", _("决定停减,待送达")
    KEPT = "kept", _("决定继续发,待送达")
    SERVED = "served", _("已送达")
    DROPPED = "dropped", _("已撤回提议")


C = CutState
CUT = Machine(
    "aid",
    initial=[C.PROPOSED, C.HEARD],
    moves=[
        Move("hear", (C.PROPOSED, C.HEARD), C.HEARD, _("听取本人意见")),
        Move("leave", (C.PROPOSED,), C.HEARD, _("留下告知书")),
        Move("cut", (C.HEARD,), C.CUT, _("决定停减")),
        Move("keep", (C.HEARD,), C.KEPT, _("决定继续发")),
        Move("serve", (C.CUT, C.KEPT), C.SERVED, _("送达决定")),
        Move("drop", (C.PROPOSED, C.HEARD), C.DROPPED, _("撤回提议")),
    ],
)
OPEN_CUTS = (C.PROPOSED, C.HEARD, C.CUT, C.KEPT)


class AccessState(models.TextChoices):
    """Where a leave to read children's files stands (查阅状态); that its time is over is no state but the hour."""

    ASKED = "asked", _("等待批准")
    GRANTED = "granted", _("可以查阅")
    REFUSED = "refused", _("没有批准")
    ENDED = "ended", _("已结束")


ACCESS = Machine(
    "access",
    initial=(AccessState.ASKED, AccessState.GRANTED),
    moves=[
        Move("grant", (AccessState.ASKED,), AccessState.GRANTED, _("批准查阅")),
        Move("refuse", (AccessState.ASKED,), AccessState.REFUSED, _("不批准查阅")),
        Move("end", (AccessState.ASKED, AccessState.GRANTED), AccessState.ENDED, _("结束查阅")),
    ],
)
