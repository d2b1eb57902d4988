"""Who may call back: never the handling unit."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.verdict import first_refusal
from wanjia.orgs.duties import Duty

from ..rules import covers, state_refusal
from ..states import NeedState

WORKED = ("accept", "start", "note", "evidence", "report_done")


def handled_by_unit_of(actor, need):
    """Tell whether the actor, or one of the actor's units, worked on this need: owner now, helper, or author of the work."""
    orgs = {org.pk for org in actor.orgs}
    worked = {need.holder_id} | set(need.supports.values_list("organisation_id", flat=True))
    worked |= set(need.steps.filter(act__in=WORKED).values_list("by_org_id", flat=True))
    return bool(orgs & worked) or need.steps.filter(by=actor.pk, act__in=WORKED).exists()


def can_call_back(actor, need):
    """Decide whether the actor may ask the household (回访). Separation of duties: the one who handled may not verify."""
    return first_refusal(
        (actor.has_duty(Duty.CALL_BACK), _("您的岗位没有回访权限,请由回访员回访。")),
        (covers(actor, need), _("这件诉求不在您的辖区。")),
        (need.state == NeedState.DONE_REPORTED, state_refusal(need, _("报办结以后才能回访"))),
        (not handled_by_unit_of(actor, need), _("办理过这件诉求的单位不能自己回访,请由别的单位回访。")),
    )
