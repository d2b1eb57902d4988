"""How often a number may be looked up."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.verdict import first_refusal

A_DAY = 60


def can_look_up(asked):
    """Decide whether another number may be looked up on a day on which `asked` were."""
    return first_refusal((asked < A_DAY, _("今天按号码查人已到 60 次。请明天再查,或用姓名、户编号查找。")))
