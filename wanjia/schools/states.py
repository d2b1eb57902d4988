"""The words of schools: stages, kinds of days, kinds of places that are guarded."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    """A stage of school, and how long it lasts here: STAGES."""

    KINDERGARTEN = "kindergarten", _("幼儿园")
    PRIMARY = "primary", _("小学")
    JUNIOR = "junior", _("初中")
    SENIOR = "senior", _("高中")


# The grades of each stage, counted through: 1 is the first of primary school, 0 the kindergarten.
GRADES = {Stage.KINDERGARTEN: (0,), Stage.PRIMARY: tuple(range(1, 7)), Stage.JUNIOR: tuple(range(7, 10)), Stage.SENIOR: tuple(range(10, 13))}


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
