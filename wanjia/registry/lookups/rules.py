"""How often a number may be looked up, one by one or by a file, and how many births of one child files may try."""

from django.utils.translation import gettext_lazy as _

from wanjia.verdict import first_refusal

A_DAY = 60
BY_FILE = 200  # people kept elsewhere whom the files of one person may meet on one day: a list of homes has a few, a list of guesses many
BIRTHS = 60  # births tried on one day under the name of one registered child: as many as numbers typed one by one


def can_look_up(asked):
    """Decide whether another number may be looked up on a day on which `asked` were."""
    return first_refusal((asked < A_DAY, _("今天按号码查人已到 60 次。请明天再查,或用姓名、户编号查找。")))


def may_meet(met, more):
    """Tell whether a file may meet `more` people whom other places keep, on a day on which its sender's files met `met`."""
    return met + more <= BY_FILE


def may_try(before, more):
    """Tell whether a file may try these births of registered children after those of before; both {person id: how many}."""
    return all(before.get(person, 0) + n <= BIRTHS for person, n in more.items())
