"""Whom to call, and whether an answer fits what is written down."""

from django.utils.translation import gettext_lazy as _

from wanjia.verdict import first_refusal

from ..states import Result
from ..workers.rules import can_keep


def can_see_number(actor, worker):
    """May the actor see the telephone of a labourer, to call it: whoever keeps the labourer; a child's stands in its file alone."""
    return first_refusal(
        (can_keep(actor, worker), can_keep(actor, worker).reason),
        (not worker.person.is_protected, _("未满 18 周岁的,电话只在儿童档案里。")),
    )


def fits(result, spell, place):
    """Decide whether an answer fits: nobody comes back who was not away, and whoever moved is somewhere."""
    return first_refusal(
        (result != Result.BACK or spell is not None, _("登记里他没有在外务工,不用记“回来了”。还在家的,记“还在那里”。")),
        (result != Result.MOVED or place, _("请选换到哪里了。")),
        (result == Result.MOVED or not place, _("答“换了地方”才填换到哪里。")),
    )
