"""Exports: ask, decide, take."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wanjia.doors.guard import act, guarded, refusal_of, say
from wanjia.doors.listing import page_of
from wanjia.kernel.calendar import today
from wanjia.orgs.duties import Duty
from wanjia.registry.lookups.commands import look_up
from wanjia.reporting.states import ExportKind
from wanjia.verdict import TooLate

from . import commands, forms, homes, queries, rules, workbook
from .columns import SENSITIVE


@guarded(Duty.EXPORT, Duty.APPROVE_EXPORT)
def exports(request):
    """What I asked for, and what waits for my decision; with a question, the form that asks for its export."""
    question = forms.Question(request.GET, actor=request.user)
    rows = _count(request, question) if request.user.has_duty(Duty.EXPORT) else None
    return render(request, "casework/exporting/exports.html", _page(request, question, rows, forms.Ask()))


@guarded(Duty.EXPORT)
@require_POST
def ask(request):
    """Ask for an export of what is filtered."""
    question, form = forms.Question(request.POST, actor=request.user), forms.Ask(request.POST)
    rows = _count(request, question)
    if form.is_valid():
        wanted = SENSITIVE if form.cleaned_data.pop("with_phone") else []
        if act(request, form, commands.ask_export, query=question.plain(), rows=rows, columns=wanted):
            waits = form.answer.state == "waiting"
            say(request, _("已经提交,等负责人批准。") if waits else _("可以下载了,24 小时内有效,只能下载一次。"))
            return redirect("reporting:exports")
    return render(request, "casework/exporting/exports.html", _page(request, question, rows, form), status=422)


@guarded(Duty.APPROVE_EXPORT)
@require_POST
def decide(request, export_id):
    """Approve or refuse."""
    export = get_object_or_404(rules.visible_exports(request.user), pk=export_id)
    form = forms.Decide(request.POST)
    if form.is_valid() and act(request, form, commands.decide_export, export_id=export.pk):
        say(request, _("已批准。") if form.cleaned_data["approve"] else _("已退回申请人。"))
        return redirect("reporting:exports")
    raise refusal_of(form)


@guarded(Duty.EXPORT)
@require_POST
def take(request, export_id):
    """Download, once."""
    export = get_object_or_404(rules.visible_exports(request.user).filter(asked_by=request.user.pk), pk=export_id)
    of_homes, at = export.kind == ExportKind.HOMES, timezone.now()
    needs = homes.asked_for(request.user, export) if of_homes else _needs(request, forms.Question(export.query, actor=request.user))
    form, rows = forms.Take(request.POST), homes.members_of(needs).count() if of_homes else needs.count()
    if not (form.is_valid() and act(request, form, commands.take_export, export_id=export.pk, rows=rows)):
        raise refusal_of(form)
    if at - form.answer.taken_at > rules.RESEND:
        raise TooLate(_("已经下载过了,请重新申请。"))
    if of_homes:
        return homes.sent(request.user, form.answer, needs)
    return workbook.sent(form.answer, needs, rows, at)


def _needs(request, question):
    if not question.is_valid():
        raise Http404
    return queries.selected(request.user, question.cleaned_data, today(timezone.now()))


def _count(request, question):
    look_up(request.user, question.data.get("q", ""))
    return _needs(request, question).count()


def _page(request, question, rows, form):
    page = page_of(request, queries.exports_of(request.user), per_page=20)
    page.columns = {export.pk: queries.columns(export) for export in page}
    return {"page": page, "question": question.plain(), "rows": rows, "form": form, "waiting": queries.to_approve(request.user),
            "alone": rules.ALONE, "mine": request.user.pk}  # fmt: skip
