"""The words of school buses: kinds of service, what a vehicle was made for and carries, where a trip stands, what becomes of a child on it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class ServiceKind(TextChoices):
    """What a service is, and so what it may be called (校车安全管理条例)."""

    SCHOOL_BUS = "school_bus", _("校车")
    COACH = "custom_coach", _("客运定制班线")
    VILLAGE = "village_coach", _("农村客运")
    OTHER = "other_service", _("其他")


class MadeFor(TextChoices):
    """For whom a vehicle was built."""

    PRIMARY = "primary", _("小学生专用校车")
    PUPILS = "pupils", _("中小学生专用校车")
    INFANTS = "infants", _("幼儿专用校车")


class Equipment(TextChoices):
    """What a school bus carries (art. 21)."""

    HAMMER = "hammer", _("逃生锤")
    EXTINGUISHER = "extinguisher", _("灭火器")
    FIRST_AID = "first_aid", _("急救箱")
    RECORDER = "recorder", _("行驶记录仪")


class Against(TextChoices):
    """What keeps a driver from driving children (art. 23)."""

    FULL_SCORE = "full_score", _("三个记分周期内记满过分")
    FAULT = "fault", _("有致人死亡或重伤的责任事故")
    DRINK = "drink", _("有酒驾、醉驾记录")
    CRIME = "crime", _("有犯罪记录")
    UNFIT = "unfit", _("身体条件不合格")


class TripState(TextChoices):
    """Where a trip of a bus stands."""

    OPEN = "bus_on_the_road", _("正在接送")
    CLOSED = "bus_looked_through", _("已收车,车上没有人")


BUS_TRIP = Machine("bus_trip", initial=[TripState.OPEN], moves=[Move("close", (TripState.OPEN,), TripState.CLOSED, _("收车"))])


class RideState(TextChoices):
    """What becomes of a child on a trip."""

    EXPECTED = "ride_expected", _("还没有上车")
    ABOARD = "ride_aboard", _("在车上")
    EXCUSED = "ride_excused", _("今天不坐")
    MISSING = "ride_missing", _("没来,正在问")
    FOUND = "ride_found", _("没来,问清了")
    AT_SCHOOL = "ride_at_school", _("到校下车")
    HANDED = "ride_handed", _("交给家长")


R = RideState
BUS_RIDE = Machine("bus_ride", initial=[R.EXPECTED], moves=[
    Move("board", (R.EXPECTED, R.EXCUSED, R.MISSING, R.FOUND), R.ABOARD, _("上车")),
    Move("excuse", (R.EXPECTED, R.MISSING, R.ABOARD), R.EXCUSED, _("今天不坐")),
    Move("miss", (R.EXPECTED, R.EXCUSED, R.ABOARD), R.MISSING, _("没来")),
    Move("find", (R.MISSING,), R.FOUND, _("问清了")),
    Move("alight", (R.ABOARD,), R.AT_SCHOOL, _("到校下车")),
    Move("hand", (R.ABOARD,), R.HANDED, _("交给家长")),
])  # fmt: skip
OPEN_RIDES = (R.EXPECTED, R.ABOARD, R.MISSING)  # a bus is not looked through while somebody stands so
RODE = (R.AT_SCHOOL, R.HANDED)


class SettlementState(TextChoices):
    """Where a month of an operator stands."""

    DRAWN = "month_drawn", _("已算好,等另一个人核对")
    SIGNED = "month_signed", _("已核对签字")


SETTLEMENT = Machine("settlement", initial=[SettlementState.DRAWN], moves=[Move("sign", (SettlementState.DRAWN,), SettlementState.SIGNED, _("核对签字"))])


class DrillKind(TextChoices):
    """What a school whose children ride holds each term (校车安全管理条例 art. 12)."""

    LESSON = "bus_lesson", _("乘车安全教育")
    DRILL = "bus_drill", _("接送车应急演练")
