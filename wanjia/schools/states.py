"""The words of schools: grades, kinds of days, kinds of places that are guarded."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Grade(IntegerChoices):
    """A grade, counted through the stages of school."""

    KINDERGARTEN = 0, _("幼儿园")
    FIRST = 1, _("一年级")
    SECOND = 2, _("二年级")
    THIRD = 3, _("三年级")
    FOURTH = 4, _("四年级")
    FIFTH = 5, _("五年级")
    SIXTH = 6, _("六年级")
    SEVENTH = 7, _("七年级")
    EIGHTH = 8, _("八年级")
    NINTH = 9, _("九年级")
    TENTH = 10, _("高一")
    ELEVENTH = 11, _("高二")
    TWELFTH = 12, _("高三")


class OtherDay(TextChoices):
    """What is different on a day (校历的特殊日)."""

    FREE = "free", _("放假、停课")
    MAKES_UP = "makes_up", _("补课,按某个星期几上课")
    EXAM = "exam", _("考试")
    REINFORCED = "reinforced", _("护学加强(开学、重大活动)")


class GateKind(TextChoices):
    """A place that is guarded."""

    GATE = "gate", _("校门")
    CROSSING = "crossing", _("路口、斑马线")
    BUS_STOP = "bus_stop", _("校车站点")
