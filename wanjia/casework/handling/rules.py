"""Who may work on a need."""

from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.verdict import first_refusal

from ..clock.rules import told
from ..rules import awaited, covers, holds, state_refusal
from ..states import NEED, NeedState

WORKING = (NeedState.ACCEPTED, NeedState.IN_PROGRESS)


def can_note(actor, need):
    """Decide whether the actor may write what was done, or add evidence."""
    return first_refusal(
        (actor.has_duty(Duty.HANDLE_NEEDS), _("您的岗位没有办理权限。")),
        (holds(actor, need, duty=Duty.HANDLE_NEEDS), _("这件诉求不在您的单位手里。")),
        (need.state in WORKING, state_refusal(need, _("签收以后、报办结以前才能写办理记录"))),
    )


def can_report_done(actor, need):
    """Decide whether the actor may say that the need is done (报办结): the lead alone, and not while a helper's sub-task is open."""
    units = _awaited_units(need) if NEED.allows("report_done", need.state) else ""
    return first_refusal(
        (actor.has_duty(Duty.HANDLE_NEEDS), _("您的岗位没有办理权限。")),
        (holds(actor, need, duty=Duty.HANDLE_NEEDS), _("只有主办单位才能报办结。")),
        (NEED.allows("report_done", need.state), state_refusal(need, _("签收以后才能报办结"))),
        (told(need), _("延期批准以后还没有告知诉求人,请先登记告知的日期和方式。")),
        (not units, _("还有协办事项没有完:%(units)s。请等办完,或写明理由取消,再报办结。") % {"units": units}),
    )


def _awaited_units(need):
    return _("、").join(dict.fromkeys(str(task.unit) for task in awaited(need)))


def can_ask_withdrawal(actor, need):
    """Decide whether the actor may enter that the household wants to take its need back (申请撤回); another unit asks it then."""
    return first_refusal(
        (actor.has_duty(Duty.RECORD_NEEDS), _("您的岗位没有登记撤回的权限。")),
        (covers(actor, need, duty=Duty.RECORD_NEEDS), _("这件诉求不在您的辖区。")),
        (need.holder_id not in {org.pk for org in actor.orgs} or need.handler_id != actor.pk, _("责任人不能替群众撤回自己经办的诉求,请由登记人办理。")),
        (NEED.allows("withdraw", need.state), state_refusal(need, _("报办结以后不能再撤回"))),
        (need.withdrawal_asked_at is None, _("已经登记过撤回申请,正等着别的单位向诉求人核实。")),
    )
