"""The end of a need, and its return."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.guard import guarded
from wanjia.orgs.duties import Duty

from ..acting import act_page
from . import commands, forms, rules


@guarded(Duty.CLOSE_NEEDS)
def close(request, need_id):
    """Strike one need off when the nine rules hold."""
    at = timezone.now()
    return act_page(
        request, need_id, forms.CloseNeed, commands.close_need, lambda actor, need: rules.can_close(actor, need, at), words=_("销号"),
        done=_("已销号。30 天内诉求人说没有解决,可以重新办理。"), template="casework/closing/close.html",
        ticks=lambda need: rules.checklist(need, at),
    )  # fmt: skip


@guarded(Duty.RECHECK_NEEDS)
def recheck(request, need_id):
    """Enter the next tier's own look."""
    return act_page(
        request, need_id, forms.RecheckNeed, commands.recheck_need, rules.can_recheck, words=_("抽查"), done=_("抽查已记录。"),
        template="casework/closing/recheck.html",
    )  # fmt: skip


@guarded(Duty.RECORD_NEEDS)
def reopen(request, need_id):
    """Take an ended need up again for the household."""
    return act_page(
        request, need_id, forms.ReopenNeed, commands.reopen_need, lambda actor, need: rules.can_reopen(actor, need, timezone.now()),
        words=_("重新办理"), done=_("已重新办理,编号和最初的时限不变。"),
    )  # fmt: skip


@guarded(Duty.HANDLE_NEEDS, Duty.ASSIGN_NEEDS)
def resume(request, need_id):
    """Take a planned need up again when its day has come."""
    return act_page(
        request, need_id, forms.ResumePlanned, commands.resume_planned, lambda actor, need: rules.can_resume(actor, need, timezone.now()),
        words=_("计划到期,继续办理"), done=_("已转为办理中。"),
    )  # fmt: skip
