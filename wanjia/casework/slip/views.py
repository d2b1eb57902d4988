"""The household's own page, without an account and without a name on it."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wanjia.doors.guard import PUBLIC, address_of, say, sent_key
from wanjia.doors.reading import page
from wanjia.verdict import Refused

from ..clock.rules import plan_steps
from ..ledger.need_page import five_steps
from ..promise import promise_of
from ..screening.commands import appeal_decision
from ..states import SLIP_STEPS, NeedState, Word
from . import commands, forms, pages, rules
from .queries import canonical


@page("s/", PUBLIC, name="slip_enter", fresh=True)
def enter(request):
    """Type the code of the paper."""
    form = forms.Code(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return redirect("casework:slip_page", canonical(form.cleaned_data["code"]) or "-")
    return {"form": form}


@page("s/<str:code>", PUBLIC, template="slip", fresh=True)
def slip_page(request, code):
    """Where my need stands; when it is time, the two big buttons."""
    need = commands.open_by_code(code=code, address=address_of(request), at=request.at)
    if need is None:
        return pages.wrong_code(request, code)
    form = forms.Answer(request.POST or None)
    if form.is_valid() and _answered(request, form, need):
        return redirect("casework:slip_page", code)
    return _shown(request, need, form) | {"code": code}


def _answered(request, form, need):
    who = {"need_id": need.pk, "by": commands.HOUSEHOLD, "at": request.at, "key": sent_key(request)}
    word, words = form.cleaned_data["word"], form.cleaned_data["words"]
    if need.replaced and word == Word.SOLVED:
        form.add_error(None, _("这张小条换过新的,“已经解决”请用新的那张说。"))
        return False
    try:
        if word == forms.DISAGREE:
            appeal_decision(**who, words=words or _("诉求人通过小条说不同意"))
        else:
            need = commands.answer_by_slip(**who, word=word, words=words)
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return False
    say(request, _thanks(need, word))
    return True


def _thanks(need, word):
    if word == forms.DISAGREE:
        return _("记下了,请受理单位重新看一次。")
    if word == Word.UNSOLVED and need.state == NeedState.CLOSED:
        return _("记下了,请上一级来看。")
    if word == Word.UNSOLVED:
        return _("记下了,已退回承办单位重新办理。")
    return _("记下了,谢谢您。") if need.confirmed == Word.SOLVED else _("记下了。为防有人代填,别的单位还会和您核实一次。")


def _shown(request, need, form):
    may_answer, steps = bool(rules.can_speak(need)), list(need.steps.order_by("-n"))
    return {
        "need": need, "form": form, "steps": five_steps(need, steps, SLIP_STEPS), "promise": promise_of(need, request.day, steps),
        "may_answer": may_answer, "may_reopen": need.state in (NeedState.CLOSED, NeedState.WITHDRAWN),
        "plan_steps": plan_steps(need),
        "said_solved": may_answer and not rules.can_say_solved(need),
    }  # fmt: skip
