"""Who may record a need, for whom."""

from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.orgs import scope
from wanjia.orgs.models import Level
from wanjia.registry.states import VisitState
from wanjia.verdict import first_refusal


def can_record(actor, village):
    """Decide whether the actor may record a need of somebody in `village`."""
    return first_refusal(
        (actor.has_duty(Duty.RECORD_NEEDS), _("您的岗位没有登记诉求的权限。")),
        (village is not None and village.level in (Level.VILLAGE, Level.GROUP), _("请选择到村(社区)。")),
        (village is not None and scope.covers(actor, village.code, duty=Duty.RECORD_NEEDS), _("这个村(社区)不在您的辖区,请转告当地乡镇登记。")),
    )


def can_take_findings(actor, visit):
    """Decide whether the actor may put what was voiced in this visit on the ledger: whoever went, or the place's own clerk."""
    mine = can_record(actor, visit.household.village)
    return mine if not mine else first_refusal(
        (visit.state == VisitState.DONE, _("走访记录完成以后才能登记到台账。")),
    )
