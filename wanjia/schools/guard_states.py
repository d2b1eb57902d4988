"""The words of guarding: what somebody holds, why somebody cannot come, how far a swap and an alarm are."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class Holds(TextChoices):
    """What somebody holds or has passed, until a day (护学资格)."""

    LICENCE = "licence", _("保安员证")
    TRAINED = "trained", _("护学岗前培训")
    FIRST_AID = "first_aid", _("急救培训")


class Told(TextChoices):
    """How somebody said it (告知方式)."""

    PHONE = "phone", _("电话")
    PAPER = "paper", _("书面")
    FACE = "face", _("当面")


class Away(TextChoices):
    """Why somebody cannot come (不能到岗原因). A night duty asks for rest after it."""

    ILL = "ill", _("生病")
    LEAVE = "leave", _("请假")
    DUTY = "duty", _("另有勤务、出差")
    NIGHT = "night", _("夜间值班")
    OTHER = "other", _("其他")


class SwapState(TextChoices):
    """How far an exchange of two duties is (换岗)."""

    ASKED = "swap_asked", _("等批准")
    AGREED = "swap_agreed", _("已换")
    DECLINED = "swap_declined", _("没有批准")


class Stage(TextChoices):
    """When an uncovered slot is told (空岗报警)."""

    DAY = "day", _("前一天")
    HOUR = "hour", _("前一小时")


class Trouble(TextChoices):
    """What happened at a gate (护学情况)."""

    TRAFFIC = "traffic", _("交通拥堵、事故")
    STRANGER = "stranger", _("可疑人员")
    HURT = "hurt", _("有人受伤")
    QUARREL = "quarrel", _("纠纷")
    LOST = "lost", _("孩子没人接、走散")
    OTHER = "other", _("其他")


S = SwapState
SWAP = Machine(
    "duty_swap",
    initial=[S.ASKED],
    moves=[
        Move("agree", (S.ASKED,), S.AGREED, _("批准换岗")),
        Move("decline", (S.ASKED,), S.DECLINED, _("不批准换岗")),
    ],
)
