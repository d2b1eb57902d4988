"""Judge one need after another: reasonable or not."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.guard import guarded
from wanjia.orgs.duties import Duty

from ..acting import act_page, queue
from ..rules import visible_needs
from ..states import NeedState
from . import commands, forms, rules


def _waiting(actor):
    return visible_needs(actor, duty=Duty.SCREEN_NEEDS).filter(state=NeedState.REGISTERED).order_by("step_due_on", "recorded_at", "pk")


def _onward(request, need):
    """Bring the next one; when none waits, say so."""
    return redirect("casework:screening")


@guarded(Duty.SCREEN_NEEDS)
def screening(request):
    """The first need that waits to be judged."""
    return queue(request, _waiting(request.user), "screen") or render(
        request, "casework/empty_queue.html", {"words": _("受理判定"), "sentence": _("没有待判定的诉求")}
    )


@guarded(Duty.SCREEN_NEEDS)
def screen(request, need_id):
    """Take one need up, or go to declining it."""
    return act_page(
        request, need_id, forms.AdmitNeed, commands.admit_need, rules.can_screen, words=_("判定是否合理"), done=_("已受理,转入研判。"),
        template="casework/screening/screen.html", then=_onward, waiting=_waiting(request.user).count(),
    )  # fmt: skip


@guarded(Duty.SCREEN_NEEDS)
def decline(request, need_id):
    """Decline one need, with the reason the person is told."""
    return act_page(
        request, need_id, forms.DeclineNeed, commands.decline_need, rules.can_screen, words=_("不予受理"),
        done=_("已记为不予受理,仍计入台账;诉求人可以申请复核。"), then=_onward,
    )  # fmt: skip


@guarded(Duty.RECORD_NEEDS)
def appeal(request, need_id):
    """Enter that the household asks to look again."""
    return act_page(
        request, need_id, forms.AppealDecision, commands.appeal_decision, rules.can_appeal, words=_("申请复核"),
        done=_("已重新进入判定,编号不变。"),
    )  # fmt: skip
