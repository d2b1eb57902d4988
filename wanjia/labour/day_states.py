"""The words of day labour (零工): how a day's order, somebody's place in the line and a day's work stand, and which moves there are (rules §e.8)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class OrderState(TextChoices):
    """Where an employer's order for a day stands. Whether it is full follows from the places that are left."""

    OPEN = "open", _("在招")
    CALLED_OFF = "called_off", _("用工方取消")


DAY_ORDER = Machine("day_order", initial=[OrderState.OPEN], moves=[
    Move("call_off", (OrderState.OPEN,), OrderState.CALLED_OFF, _("取消用工单")),
])  # fmt: skip


class WaitingState(TextChoices):
    """Where somebody stands who came to the market on a day."""

    WAITING = "waiting", _("在排队")
    SENT = "sent", _("已派工")
    GONE = "gone", _("当天不排了")


# Told in the lines of the work or of the market: a place in the line is no matter of its own.
WAITING = Machine("waiting", initial=[WaitingState.WAITING], lines=False, moves=[
    Move("send", (WaitingState.WAITING,), WaitingState.SENT, _("派工")),
    Move("again", (WaitingState.SENT, WaitingState.GONE), WaitingState.WAITING, _("回到队里")),
    Move("leave", (WaitingState.WAITING, WaitingState.SENT), WaitingState.GONE, _("不排了")),
])  # fmt: skip


class DayState(TextChoices):
    """Where one day's work of one person stands. Whether it was paid is the worker's word."""

    SENT = "sent", _("派了工,等到岗")
    REFUSED = "refused", _("本人没有去")
    ABSENT = "absent", _("没有到岗")
    CALLED_OFF = "called_off", _("用工方取消了")
    ARRIVED = "arrived", _("到岗了,等结算")
    PAID = "paid", _("本人说结清了")
    UNPAID = "unpaid", _("本人说没有结清")


# Whoever is in one of these stands in no line and is sent nowhere else.
AT_WORK = (DayState.SENT, DayState.ARRIVED, DayState.PAID, DayState.UNPAID)
DAY_WORK = Machine("day_work", initial=[DayState.SENT], moves=[
    Move("refuse", (DayState.SENT,), DayState.REFUSED, _("本人不去")),
    Move("miss", (DayState.SENT,), DayState.ABSENT, _("没有到岗")),
    Move("call_off", (DayState.SENT,), DayState.CALLED_OFF, _("用工方取消")),
    Move("arrive", (DayState.SENT,), DayState.ARRIVED, _("到岗")),
    Move("settle", (DayState.ARRIVED, DayState.UNPAID), DayState.PAID, _("结清")),
    Move("owe", (DayState.ARRIVED, DayState.UNPAID), DayState.UNPAID, _("没有结清")),
])  # fmt: skip


class PayPer(TextChoices):
    """What the pay is said for."""

    DAY = "day", _("元/天")
    HOUR = "hour", _("元/小时")


class SettleWay(TextChoices):
    """How the day is paid (结算方式)."""

    CASH = "cash", _("现金")
    TRANSFER = "transfer", _("转到本人账户")


class Insured(TextChoices):
    """Who bears the risk of an accident (保险)."""

    INJURY = "injury", _("用工方参加工伤保险")
    ACCIDENT = "accident", _("用工方买了当天的意外险")
    NONE = "none", _("没有买")


class Came(TextChoices):
    """How somebody took a place in the line."""

    PERSON = "person", _("本人到场")
    PHONE = "phone", _("打电话来的")


class NotGoing(TextChoices):
    """Why somebody does not go where he was sent. What the work is at fault for costs no place in the line."""

    UNLAWFUL = "unlawful", _("活不合法、不安全")
    DIFFERENT = "different", _("和单子上说的不一样")
    UNFIT = "unfit", _("身体、技能干不了")
    ELSE = "else", _("别的原因")


KEEPS_PLACE = (NotGoing.UNLAWFUL, NotGoing.DIFFERENT, NotGoing.UNFIT)


class Skipped(TextChoices):
    """Why somebody who stood further in front was not sent to an order: told with the one who was."""

    TRADE = "trade", _("排的是别的工种")
    PAY = "pay", _("要的工钱比这个高")
    NIGHT = "night", _("不做夜里的活")
    YOUNG = "young", _("未满 18 周岁,这个活不能做")
    SAID_NO = "said_no", _("已经说过不去这一家")


class Spoken(TextChoices):
    """How the worker was asked."""

    FACE = "face", _("当面说的")
    PHONE = "phone", _("电话里说的")
