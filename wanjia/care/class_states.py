"""The words of classes and canteens: what a class is, who is on its roll, what becomes of a child on an afternoon and of an elder at noon."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class ClassKind(TextChoices):
    """When a class is held: after school on school days, or at weekends."""

    AFTERNOON = "afternoon", _("四点半课堂")
    WEEKEND = "weekend", _("周末课堂")


class Enrolled(TextChoices):
    """Where a child's place in a class stands."""

    WAITS = "waits_seat", _("排队等名额")
    IN = "in_class", _("在班")
    OUT = "out_of_class", _("已退出")


ENROLMENT = Machine("enrolment", initial=[Enrolled.WAITS, Enrolled.IN], moves=[
    Move("seat", (Enrolled.WAITS,), Enrolled.IN, _("补上名额")),
    Move("leave", (Enrolled.WAITS, Enrolled.IN), Enrolled.OUT, _("退出")),
])  # fmt: skip


class SessionState(TextChoices):
    """Where an afternoon's session stands."""

    OPEN = "session_open", _("正在上课")
    CLOSED = "session_closed", _("已下课,孩子都接走了")
    UNCALLED = "roll_uncalled", _("没有点名记录")
    EXPLAINED = "roll_explained", _("没有点名,说明了原因")


UNHELD = (SessionState.UNCALLED, SessionState.EXPLAINED)  # the day is counted, and nobody called a roll on it
SESSION = Machine("session", initial=[SessionState.OPEN, SessionState.UNCALLED], moves=[
    Move("open", UNHELD, SessionState.OPEN, _("补点名")),
    Move("explain", (SessionState.UNCALLED,), SessionState.EXPLAINED, _("说明为什么没有点名")),
    Move("close", (SessionState.OPEN,), SessionState.CLOSED, _("下课")),
])  # fmt: skip


class Here(TextChoices):
    """What becomes of a child on the roll of a session."""

    EXPECTED = "expected", _("还没有到")
    PRESENT = "present", _("到了")
    EXCUSED = "excused", _("请假")
    MISSING = "not_here", _("没到,正在找")
    FOUND = "found", _("没来,问清了")
    FETCHED = "fetched", _("接走了")


HERE = Machine("presence", initial=[Here.EXPECTED], moves=[
    Move("arrive", (Here.EXPECTED, Here.EXCUSED, Here.MISSING, Here.FOUND), Here.PRESENT, _("到了")),
    Move("excuse", (Here.EXPECTED, Here.MISSING, Here.PRESENT), Here.EXCUSED, _("请假")),
    Move("miss", (Here.EXPECTED, Here.EXCUSED, Here.PRESENT), Here.MISSING, _("没到")),
    Move("find", (Here.MISSING,), Here.FOUND, _("问清了")),
    Move("fetch", (Here.PRESENT,), Here.FETCHED, _("接走")),
])  # fmt: skip
OPEN_HERE = (Here.EXPECTED, Here.PRESENT, Here.MISSING)  # a session is not over while somebody stands so


class MealKind(TextChoices):
    """Which meal a canteen gives."""

    LUNCH = "lunch", _("午餐")
    SUPPER = "supper", _("晚餐")


class Diet(TextChoices):
    """What somebody needs at table."""

    SOFT = "soft", _("软食")
    LOW_SALT = "low_salt", _("低盐")
    LOW_SUGAR = "low_sugar", _("低糖")
    HALAL = "halal", _("清真")
    NO_SPICE = "no_spice", _("不吃辣")


class Eaten(TextChoices):
    """What becomes of a diner at a meal."""

    PLANNED = "meal_planned", _("还没有来")
    ATE = "ate", _("吃了")
    BROUGHT = "brought", _("送到了")
    OFF = "meal_off", _("说过不来")
    MISSED = "meal_missed", _("没来,要打电话")
    REACHED = "meal_reached", _("没来,问清了")


SERVED = (Eaten.ATE, Eaten.BROUGHT)
# A thumb slips: what was marked is marked otherwise while the meal is open.
EATEN = Machine("serving", initial=[Eaten.PLANNED, Eaten.MISSED], moves=[  # missed from the start: of a meal that nobody opened
    Move("eat", (Eaten.PLANNED, Eaten.OFF, Eaten.MISSED, Eaten.REACHED), Eaten.ATE, _("吃了")),
    Move("bring", (Eaten.PLANNED, Eaten.OFF, Eaten.MISSED, Eaten.REACHED), Eaten.BROUGHT, _("送到了")),
    Move("put_off", (Eaten.PLANNED, *SERVED), Eaten.OFF, _("说过不来")),
    Move("miss", (Eaten.PLANNED, Eaten.OFF, *SERVED), Eaten.MISSED, _("没来")),
    Move("reach", (Eaten.MISSED,), Eaten.REACHED, _("问清了")),
])  # fmt: skip


class MealState(TextChoices):
    """Where a meal of one day stands."""

    OPEN = "meal_open", _("正在开饭")
    CLOSED = "meal_closed", _("已收餐")
    SILENT = "meal_silent", _("没有开饭记录")
    EXPLAINED = "meal_told", _("没有开饭,说明了原因")


UNSERVED = (MealState.SILENT, MealState.EXPLAINED)  # the day is counted, and nobody opened a meal on it
MEAL = Machine("meal", initial=[MealState.OPEN, MealState.SILENT], moves=[
    Move("open", UNSERVED, MealState.OPEN, _("补记这一餐")),
    Move("explain", (MealState.SILENT,), MealState.EXPLAINED, _("说明为什么没有开饭")),
    Move("close", (MealState.OPEN,), MealState.CLOSED, _("收餐")),
])  # fmt: skip


class CallResult(TextChoices):
    """What the call to an elder who did not come brought."""

    WELL = "well", _("人好好的")
    AWAY = "away", _("出门了")
    ILL = "ill", _("身体不舒服")
    NO_ANSWER = "no_answer", _("没人接")
