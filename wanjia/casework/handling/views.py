"""Work on a need."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.guard import guarded
from wanjia.orgs.duties import Duty

from ..acting import act_page
from . import commands, forms, rules


@guarded(Duty.HANDLE_NEEDS)
def note(request, need_id):
    """Write what was done."""
    return act_page(request, need_id, forms.AddNote, commands.add_note, rules.can_note, words=_("写办理记录"), done=_("已记下。"))


@guarded(Duty.HANDLE_NEEDS)
def evidence(request, need_id):
    """Keep a paper."""
    return act_page(request, need_id, forms.AddEvidence, commands.add_evidence, rules.can_note, words=_("添加佐证"), done=_("佐证已加密保存。"))


@guarded(Duty.HANDLE_NEEDS)
def report_done(request, need_id):
    """Say what came out."""
    return act_page(
        request, need_id, forms.ReportDone, commands.report_done, rules.can_report_done, words=_("报办结"),
        done=_("已报办结,等待别的单位回访;诉求人说解决了才算解决。"), template="casework/handling/report_done.html",
        papers=lambda need: need.evidence.filter(taken_back_at=None).defer("body"),
    )  # fmt: skip


@guarded(Duty.RECORD_NEEDS)
def ask_withdrawal(request, need_id):
    """Enter that the household wants to take its need back."""
    return act_page(
        request, need_id, forms.AskWithdrawal, commands.ask_withdrawal, rules.can_ask_withdrawal, words=_("申请撤回"),
        done=_("已登记撤回申请;别的单位向诉求人核实以后才撤回,在那以前照常办理。"),
    )  # fmt: skip
