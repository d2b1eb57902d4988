"""Who may load files of labourers."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.verdict import first_refusal

from ..duties import Duty


def can_load(actor):
    """Decide whether the actor may load: a person who holds the post, for somebody answers for what three million rows say."""
    return first_refusal(
        (actor.id is not None, _("装载名册要由有岗位的人来做,不能由系统代办。")),
        (bool(scope.reaches(actor, duty=Duty.LOAD_LABOUR)), _("您的岗位没有装载劳动力名册的权限。")),
    )
