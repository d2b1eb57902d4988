"""Who may see what is sealed in a need."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs.duties import Duty
from wanjia.verdict import NotFound, first_refusal

from ..rules import SEES, holds, visible_needs


def can_reveal(actor, need):
    """Decide whether the actor may see the phone and the story of this need; the look is logged with its reason."""
    return first_refusal(
        (visible_needs(actor).filter(pk=need.pk).exists(), _("没有找到这件诉求。可能不在您的辖区。"), NotFound),
        (visible_needs(actor, duty=Duty.REVEAL).filter(pk=need.pk).exists() or holds(actor, need, duty=SEES), _("您的岗位没有查看敏感信息的权限。")),
    )


def can_open_paper(actor, evidence):
    """Decide whether the actor may open a paper: whoever may see what is sealed in its need."""
    return can_reveal(actor, evidence.need)


def says_why(reason):
    """Decide whether a reason was given."""
    return first_refusal((len(reason.strip()) >= 2, _("请写明为什么要看。")))
