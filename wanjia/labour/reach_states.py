"""The words of outreach and fairs: how people are told of a vacancy, why somebody is left out, what they answer, what comes of an offer."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class OutreachState(TextChoices):
    """Where telling people of a vacancy stands. Nothing leaves before somebody has looked at who is told, and why."""

    PLANNED = "planned_out", _("先看名单,还没有推送")
    SENT = "sent_out", _("已推送")
    DROPPED = "dropped_out", _("没有推送")


OUTREACH = Machine("outreach", initial=[OutreachState.PLANNED], moves=[
    Move("send", (OutreachState.PLANNED,), OutreachState.SENT, _("推送")),
    Move("drop", (OutreachState.PLANNED,), OutreachState.DROPPED, _("不推送")),
])  # fmt: skip


class Way(TextChoices):
    """How people are told. No message goes to anybody's telephone by a machine: the house has no such gateway."""

    CALL = "call", _("打电话")
    SLIP = "slip", _("发纸条")
    UNITS = "units", _("请村里的人转告")


class LeftOut(TextChoices):
    """Why somebody whom the register knows without work is not told."""

    OPTED = "opted", _("说过不要再推送")
    TWICE = "twice", _("这个岗位已经告诉过")
    GOES = "goes", _("已经登记出行,或者答应了推荐的岗位")
    MONTH = "month", _("这个月推送够次数了")
    YOUNG = "young", _("未满 18 周岁")
    AGE = "age", _("不在劳动年龄")
    CARE = "care", _("要照看家人,这个岗位太远")
    PLACE = "place", _("不想去那么远")
    TRADE = "trade", _("想做的是别的工种")
    PAY = "pay", _("要的工资比这个高")
    MANY = "many", _("名额以外,排在后面")


class Told(TextChoices):
    """What somebody answered who was told of a vacancy."""

    WAITS = "waits", _("还没有回话")
    WANTS = "wants", _("想去")
    NOT = "not_now", _("不想去")
    UNREACHED = "unreached", _("没有联系上")
    STOP = "stop", _("不要再推送")


class FairPart(TextChoices):
    """What came of somebody's visit to a stall of a fair."""

    SIGNED = "signed", _("登记了意向")
    OFFERED = "offered", _("当场达成意向(用工方要)")
    STARTED = "started", _("上岗了")
    NONE = "none", _("没有谈成")


FAIR_PART = Machine("registration", initial=[FairPart.SIGNED, FairPart.OFFERED], moves=[
    Move("offer", (FairPart.SIGNED, FairPart.NONE), FairPart.OFFERED, _("达成意向")),
    Move("start", (FairPart.OFFERED,), FairPart.STARTED, _("上岗")),
    Move("fail", (FairPart.SIGNED, FairPart.OFFERED), FairPart.NONE, _("没有谈成")),
])  # fmt: skip
