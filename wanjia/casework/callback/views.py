"""Ask the household."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.guard import guarded
from wanjia.orgs.duties import Duty

from ..acting import act_page
from . import commands, forms, rules


@guarded(Duty.CALL_BACK)
def call_back(request, need_id):
    """Enter one try to hear the household."""
    return act_page(
        request, need_id, forms.CallBack, commands.call_back, rules.can_call_back, words=_("回访"), done=_("回访已记录。"),
        template="casework/callback/call_back.html",
        tries=lambda need: need.callbacks.filter(round=need.reopenings, reached=False),
    )  # fmt: skip


@guarded(Duty.CALL_BACK)
def check_withdrawal(request, need_id):
    """Enter whether the household really takes its need back."""
    return act_page(
        request, need_id, forms.CheckWithdrawal, _by_answer, rules.can_check_withdrawal, words=_("核实撤回"), done=_("已按诉求人的话记下。"),
        template="casework/callback/check_withdrawal.html", asked=lambda need: need.steps.filter(act="ask_withdrawal").last(),
    )  # fmt: skip


def _by_answer(*, takes_back, **said):
    return (commands.withdraw_need if takes_back else commands.keep_need)(**said)
