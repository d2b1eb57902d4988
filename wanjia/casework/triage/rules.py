"""Who may grade a need, and who may change the grid."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.verdict import first_refusal
from wanjia.orgs import scope
from wanjia.orgs.duties import Duty

from ..rules import covers, state_refusal
from ..states import NEED


def can_triage(actor, need):
    """Decide whether the actor may grade this need now, or grade it anew."""
    return first_refusal(
        (actor.has_duty(Duty.TRIAGE_NEEDS), _("您的岗位没有研判权限。")),
        (covers(actor, need, duty=Duty.TRIAGE_NEEDS), _("这件诉求不在您的辖区。")),
        (
            NEED.allows("triage", need.state) or NEED.allows("regrade", need.state),
            state_refusal(need, _("只有已受理、还没有交办的诉求才能研判")),
        ),
    )


def can_set_grid(actor, county):
    """Decide whether the actor may change the county's grid."""
    return first_refusal(
        (actor.has_duty(Duty.SET_RULES), _("您的岗位没有维护研判表的权限。")),
        (scope.covers(actor, county.code, duty=Duty.SET_RULES), _("只能维护本县的研判表。")),
    )
