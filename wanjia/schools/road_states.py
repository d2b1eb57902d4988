"""The words of operations on the road and of patrols: sorts, forces, what is counted, where each stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class RoadSort(TextChoices):
    """What an operation is for (行动类别)."""

    SAFE_SCHOOL = "safe_school", _("护校安园集中整治")
    NIGHT = "night_check", _("夜查酒驾")
    BUSES = "bus_check", _("接送车辆专项检查")
    ROUTINE = "routine_check", _("日常执勤检查")


class Force(TextChoices):
    """Who takes part (参加力量)."""

    TRAFFIC = "traffic_police", _("交警")
    SPECIAL = "special_police", _("巡特警")
    STATION = "police_station", _("派出所")
    TRANSPORT = "transport", _("交通运政")
    SCHOOL = "school_staff", _("教体、学校")
    TOWNSHIP = "township_staff", _("乡镇(街道)")


class RoadKind(TextChoices):
    """What is counted at an operation (清点项目): vehicles stopped, offences by kind, what was done about them."""

    STOPPED = "stopped", _("检查车辆(辆)")
    OPERATION = "illegal_operation", _("非法营运(起)")
    CARRIAGE = "illegal_carriage", _("违法载人(起)")
    OVERLOAD = "overload", _("超员(起)")
    FATIGUE = "fatigue", _("疲劳驾驶(起)")
    DRINK = "drink", _("酒驾、醉驾(起)")
    BARE = "no_helmet", _("不戴头盔、不系安全带(起)")
    OTHER = "other_offence", _("其他违法(起)")
    EDUCATED = "educated", _("现场教育(人次)")
    PUNISHED = "punished", _("依法处罚(起)")
    PASSED_ON = "passed_on", _("立案、移交(起)")


class RoadState(TextChoices):
    """Where an operation stands (道路行动)."""

    PLANNED = "road_planned", _("待填数")
    HELD = "road_held", _("已填数")
    CALLED_OFF = "road_called_off", _("不办")


class PatrolState(TextChoices):
    """Where a patrol stands (巡查)."""

    PLANNED = "patrol_planned", _("待巡查")
    WALKED = "patrol_walked", _("已巡查")
    MISSED = "patrol_missed", _("没巡查,写明原因")


R, P = RoadState, PatrolState
ROAD = Machine("road_operation", initial=[R.PLANNED], moves=[
    Move("report", (R.PLANNED,), R.HELD, _("填数")),
    Move("call_off", (R.PLANNED,), R.CALLED_OFF, _("不办")),
])  # fmt: skip
PATROL = Machine("patrol", initial=[P.PLANNED], moves=[
    Move("walk", (P.PLANNED,), P.WALKED, _("登记巡查")),
    Move("miss", (P.PLANNED,), P.MISSED, _("写明没巡查的原因")),
])  # fmt: skip
K = RoadKind
OFFENCES = (K.OPERATION, K.CARRIAGE, K.OVERLOAD, K.FATIGUE, K.DRINK, K.BARE, K.OTHER)
DEALT_WITH = (K.PUNISHED, K.PASSED_ON)
