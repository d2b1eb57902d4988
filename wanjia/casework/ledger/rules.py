"""Who may keep a view of the ledger."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.verdict import first_refusal

from ..rules import SEES
from .columns import MOST_KEPT


def can_keep_view(actor):
    """Decide whether the actor has a ledger to look at."""
    return first_refusal((scope.handles_content(actor, duty=SEES), _("您的岗位不看具体诉求,没有台账视图可以保存。")))


def has_room(questions):
    """Decide whether one more question may be kept."""
    return first_refusal((len(questions) < MOST_KEPT, _("最多保存 %(n)s 个筛选,请先删掉不用的。") % {"n": MOST_KEPT}))
