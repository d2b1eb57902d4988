"""How often a number may be looked up, one by one or by a file, and how many births of one child files may try."""

from django.utils.translation import gettext_lazy as _

from wanjia.verdict import first_refusal

A_DAY = 60
URGENT = 20  # beyond it, in an emergency alone: the watchers hear of the first, and each that finds somebody is reviewed
BY_FILE = 200  # people kept elsewhere whom the files of one person may meet on one day: a list of homes has a few, a list of guesses many
BIRTHS = 60  # births tried on one day under the name of one registered child: as many as numbers typed one by one


def can_look_up(asked):
    """Decide whether another number may be looked up on a day on which `asked` were."""
    return first_refusal((asked < A_DAY, _("今天按号码查人已到 60 次。请明天再查,或用姓名、户编号查找。孩子有危险的,用“查阅儿童档案”里的“紧急查阅”,不受这个限制。")))


def can_look_up_urgently(asked):
    """Decide the same in an emergency: beyond the day's limit too, for a child in danger waits for no morning, but not without end."""
    return first_refusal((asked < A_DAY + URGENT, _("今天紧急查号码也到上限了。请直接找孩子所在村、乡镇的负责人,或者拨打 110;也可以用户编号紧急查阅。")))


def may_meet(met, more):
    """Tell whether a file may meet `more` people whom other places keep, on a day on which its sender's files met `met`."""
    return met + more <= BY_FILE


def may_try(before, more):
    """Tell whether a file may try these births of registered children after those of before; both {person id: how many}."""
    return all(before.get(person, 0) + n <= BIRTHS for person, n in more.items())
