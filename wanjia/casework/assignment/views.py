"""Hand over, sign for, send back, name the person."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.guard import guarded
from wanjia.orgs.duties import Duty

from ..acting import act_page
from . import commands, forms, rules


@guarded(Duty.ASSIGN_NEEDS)
def assign(request, need_id):
    """Hand one need to the unit that will settle it."""
    return act_page(
        request, need_id, forms.AssignNeed, commands.assign_need, rules.can_assign, words=_("交办"),
        done=_("已交办,等待签收(1 个工作日内)。"), template="casework/assignment/assign.html",
        returned=lambda need: need.steps.filter(act="return").last(),
    )  # fmt: skip


@guarded(Duty.ACCEPT_NEEDS)
def accept(request, need_id):
    """Sign for one need."""
    return act_page(
        request, need_id, forms.AcceptNeed, commands.accept_need, rules.can_accept, words=_("签收"), done=_("已签收,请按期办理。"),
        template="casework/assignment/accept.html",
    )  # fmt: skip


@guarded(Duty.ACCEPT_NEEDS)
def hand_to(request, need_id):
    """Name another person of the unit."""
    return act_page(
        request, need_id, forms.HandTo, commands.hand_to_person, rules.can_hand_to, words=_("换责任人"), done=_("责任人已更换。")
    )


@guarded(Duty.ACCEPT_NEEDS)
def return_need(request, need_id):
    """Send one need back to whoever assigned it."""
    return act_page(
        request, need_id, forms.ReturnNeed, commands.return_need, rules.can_return, words=_("退回"), done=_("已退回交办单位,由其重新交办。")
    )
