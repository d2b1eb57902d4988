"""Who may see what is sealed in a need."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs.duties import Duty
from wanjia.verdict import NotFound, first_refusal

from ..rules import SEES, helps, visible_needs


def can_reveal(actor, need, reason):
    """Decide whether the actor may see the phone and the story of this need: with a reason, which is logged."""
    return first_refusal(
        (visible_needs(actor).filter(pk=need.pk).exists(), _("没有找到这件诉求。可能不在您的辖区。"), NotFound),
        (visible_needs(actor, duty=Duty.REVEAL).filter(pk=need.pk).exists() or helps(actor, need, duty=SEES), _("您的岗位没有查看敏感信息的权限。")),
        (len(reason.strip()) >= 2, _("请写明为什么要看。")),
    )
