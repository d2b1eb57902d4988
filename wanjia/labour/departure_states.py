"""The words of departures: how far somebody on the list is, a trip, a seat, a follow-up. Tables of moves of those that have one."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class Vehicle(TextChoices):
    """What carries them (车次的交通工具)."""

    COACH = "coach", _("客车")
    TRAIN = "train", _("务工专列")
    LINE = "line", _("班线客车、火车")


TIMETABLED = (Vehicle.TRAIN, Vehicle.LINE)  # of these the railway or the line keeps hours and drivers


class Listed(TextChoices):
    """How far somebody on the list of departures is (出行登记的状态)."""

    LISTED = "listed", _("登记出行")
    GONE = "gone", _("送达用工单位")
    WITHDRAWN = "withdrawn", _("不走了")


LISTED = Machine("departure", initial=[Listed.LISTED], moves=[
    Move("withdraw", (Listed.LISTED,), Listed.WITHDRAWN, _("取消出行登记")),
    Move("relist", (Listed.WITHDRAWN,), Listed.LISTED, _("恢复出行登记")),
    Move("arrive", (Listed.LISTED,), Listed.GONE, _("出行送达")),
    Move("go", (Listed.LISTED,), Listed.GONE, _("自己坐车走了")),
])  # fmt: skip


class TripState(TextChoices):
    """How far a trip is (车次状态)."""

    PLANNED = "planned", _("待放行")
    RELEASED = "released", _("已放行")
    LEFT = "left", _("在路上")
    HANDED = "handed", _("已交接")
    CANCELLED = "cancelled", _("车次取消")


TRIP = Machine("trip", initial=[TripState.PLANNED], moves=[
    Move("release", (TripState.PLANNED,), TripState.RELEASED, _("放行车次")),
    Move("recall", (TripState.RELEASED,), TripState.PLANNED, _("收回放行")),
    Move("leave", (TripState.RELEASED,), TripState.LEFT, _("车次发车")),
    Move("hand_over", (TripState.LEFT,), TripState.HANDED, _("抵达交接")),
    Move("cancel", (TripState.PLANNED, TripState.RELEASED), TripState.CANCELLED, _("取消车次")),
])  # fmt: skip


class SeatState(TextChoices):
    """What became of a seat on the day (乘车情况)."""

    BOOKED = "booked", _("还没有点到")
    ABOARD = "aboard", _("已上车")
    ABSENT = "absent", _("没有来")
    CANCELLED = "cancelled", _("本人取消")
    ARRIVED = "arrived", _("已送达")
    MISSING = "missing", _("没有到厂")


ON_BOARD = (SeatState.BOOKED, SeatState.ABOARD, SeatState.ARRIVED, SeatState.MISSING)  # whoever has one of these sits in no other trip of the plan
OFF = (SeatState.ABSENT, SeatState.CANCELLED)
MARKS = (SeatState.ABOARD, SeatState.ABSENT, SeatState.CANCELLED)

SEAT = Machine("seat", initial=[SeatState.BOOKED], moves=[
    Move("board", (SeatState.BOOKED, SeatState.ABSENT, SeatState.CANCELLED), SeatState.ABOARD, _("点名:已上车")),
    Move("miss", (SeatState.BOOKED, SeatState.ABOARD, SeatState.CANCELLED), SeatState.ABSENT, _("点名:没有来")),
    Move("call_off", (SeatState.BOOKED, SeatState.ABOARD, SeatState.ABSENT), SeatState.CANCELLED, _("点名:本人取消")),
    Move("arrive", (SeatState.ABOARD,), SeatState.ARRIVED, _("送达用工单位")),
    Move("lose", (SeatState.ABOARD,), SeatState.MISSING, _("没有到厂")),
])  # fmt: skip


class Called(TextChoices):
    """What a call to somebody who did not come brought (没来的人联系结果)."""

    LATER = "later", _("改天再走")
    NOT_GOING = "not_going", _("不去了")
    OWN_WAY = "own_way", _("自己去了")
    NO_ANSWER = "no_answer", _("打不通")


class Followed(TextChoices):
    """What a follow-up found (回访结果)."""

    THERE = "there", _("还在那里")
    MOVED = "moved", _("换了地方")
    BACK = "back", _("回来了")
    NO_ANSWER = "no_answer", _("没人接")
