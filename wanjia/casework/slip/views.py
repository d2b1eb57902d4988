"""The household's own page, without an account and without a name on it; and the paper that leads to it."""

import segno
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from wanjia.kernel.calendar import today
from wanjia.kernel.guard import address_of, guarded, public, say, sent_key
from wanjia.kernel.verdict import Refused
from wanjia.orgs.duties import Duty

from ..acting import act_page, need_or_404
from ..ledger.need_page import five_steps
from ..models import Slip
from ..promise import promise_of
from ..rules import visible_needs
from . import commands, forms, rules
from .queries import canonical


@public
@never_cache
def enter(request):
    """Type the code of the paper."""
    form = forms.Code(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return redirect("casework:slip_page", canonical(form.cleaned_data["code"]) or "-")
    return render(request, "casework/slip/enter.html", {"form": form})


@public
@never_cache
def slip_page(request, code):
    """Where my need stands; when it is time, the two big buttons."""
    need = commands.open_by_code(code=code, address=address_of(request), at=timezone.now())
    if need is None:
        wrong = {"form": forms.Code(initial={"code": code}), "wrong": True}
        return render(request, "casework/slip/enter.html", wrong, status=404)
    form = forms.Answer(request.POST or None)
    if form.is_valid() and _answered(request, form, need):
        return redirect("casework:slip_page", code)
    return render(request, "casework/slip/slip.html", _shown(need, form))


def _answered(request, form, need):
    try:
        commands.answer_by_slip(
            need_id=need.pk, by=commands.HOUSEHOLD, at=timezone.now(), key=sent_key(request), **form.cleaned_data
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return False
    say(request, _("记下了,谢谢您。") if form.cleaned_data["word"] == "solved" else _("记下了,已退回承办单位重新办理。"))
    return True


def _shown(need, form):
    may_answer, steps = bool(rules.can_speak(need)), list(need.steps.order_by("-n"))
    return {
        "need": need, "form": form, "steps": five_steps(need, steps), "promise": promise_of(need, today(timezone.now()), steps),
        "may_answer": may_answer, "may_reopen": need.state == "closed",
    }  # fmt: skip


@guarded(Duty.RECORD_NEEDS)
def slip(request, need_id):
    """Make a fresh code; an earlier paper of this need ends."""
    return act_page(
        request, need_id, forms.IssueSlip, commands.issue_slip, rules.can_issue, words=gettext_lazy("打印小条"),
        done=gettext_lazy("新的小条已生成,旧的作废。"), template="casework/slip/issue.html",
        then=lambda request, need: redirect("casework:slip_paper", need.pk),
    )  # fmt: skip


@guarded(Duty.RECORD_NEEDS)
@never_cache
def slip_paper(request, need_id):
    """The paper: code, QR code, nothing about the person."""
    need = need_or_404(request.user, need_id)
    rules.can_issue(request.user, need).or_raise()
    paper = get_object_or_404(Slip.objects.filter(need__in=visible_needs(request.user), need=need, ended_at=None))
    address = request.build_absolute_uri(reverse("casework:slip_page", args=[paper.code]))
    picture = segno.make(address, error="m").svg_data_uri(scale=5, border=2)
    return render(request, "casework/slip/paper.html", {"need": need, "slip": paper, "picture": picture, "address": address})


