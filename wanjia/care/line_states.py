"""The words of the three lines and the three concerns, and how a concern goes on."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move
from wanjia.policy import contacts


class Line(TextChoices):
    """Whom a helper keeps in touch with for a child (三联系)."""

    PARENT = "parent", _("家长")
    TEACHER = "teacher", _("老师")
    STUDENT = "student", _("学生")


class Way(TextChoices):
    """How somebody was reached (联系方式)."""

    PHONE = "phone", _("电话")
    MESSAGE = "message", _("消息")
    VISIT = "visit", _("上门")
    SCHOOL = "school", _("到校")


MET = (Way.VISIT, Way.SCHOOL)  # ways in which somebody is seen


class Standing(IntegerChoices):
    """How a line stands by its rhythm (policy/contacts): the worse, the more."""

    KEPT = contacts.KEPT, _("本期联系过")
    DUE = contacts.DUE, _("本期还没联系")
    LATE = contacts.LATE, _("上一期就没联系上")


class Pace(TextChoices):
    """The class of rhythm a child is in (联系频次)."""

    PRIORITY = contacts.PRIORITY, _("重点,每月")
    OTHERS = contacts.OTHERS, _("一般,每季加每月一次电话")


class Domain(TextChoices):
    """What somebody is concerned about (三关注)."""

    STUDY = "study", _("学习")
    LIFE = "life", _("生活")
    MIND = "mind", _("思想心理")


class Level(TextChoices):
    """How much; a child in danger is no level: that is reported at once, under seal (强制报告)."""

    WATCH = "watch", _("留意")
    ACT = "act", _("要有人办")


class Then(TextChoices):
    """What becomes of a concern: it is watched, or somebody acts on it."""

    WATCH = "watch", _("先看着")
    TASK = "task", _("我来办")
    NEED = "need", _("登记到诉求台账")


class ConcernState(TextChoices):
    """Where a concern stands."""

    OPEN = "open", _("关注中")
    SETTLED = "settled", _("已了结")


CONCERN = Machine("concern", initial=(ConcernState.OPEN,), moves=(Move("settle", (ConcernState.OPEN,), ConcernState.SETTLED, _("了结")),))
