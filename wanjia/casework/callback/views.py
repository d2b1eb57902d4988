"""Ask the household."""

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from wanjia.kernel.guard import act, guarded
from wanjia.orgs.duties import Duty

from ..acting import act_page, need_or_404
from ..ledger.commands import reveal_need
from ..ledger.forms import Reveal
from ..rules import this_round
from . import commands, forms, rules

REASON = "casework.calls_reason"  # of this session's calls: typed once, journalled with each look


@guarded(Duty.CALL_BACK)
@never_cache
def call_back(request, need_id):
    """Enter one try to hear the household."""
    return _asking(
        request, need_id, forms.CallBack, commands.call_back, rules.can_call_back, words=_("回访"), done=_("回访已记录。"),
        template="casework/callback/call_back.html", tries=lambda need: this_round(need.callbacks, need).filter(reached=False),
    )  # fmt: skip


@guarded(Duty.CALL_BACK)
@never_cache
def check_withdrawal(request, need_id):
    """Enter whether the household really takes its need back."""
    return _asking(
        request, need_id, forms.CheckWithdrawal, _by_answer, rules.can_check_withdrawal, words=_("问清要不要撤回"), done=_("已按诉求人的话记下。"),
        template="casework/callback/check_withdrawal.html", asked=lambda need: need.steps.filter(act="ask_withdrawal").last(),
        asked_sealed=rules.has_words,
    )  # fmt: skip


@guarded(*rules.LISTENERS)
@never_cache
def words(request, need_id):
    """Ask why; log the reading; then show the household's own words, once."""
    need = need_or_404(request.user, need_id)
    form, verdict = forms.OpenWords(request.POST or None), rules.can_open_words(request.user, need)
    opened = form.is_valid() and act(request, form, commands.open_words, need_id=need.pk)
    page = {"need": need, "form": form, "verdict": verdict, "words": _("诉求人原话"), "said": form.answer if opened else None}
    return render(request, "casework/callback/words.html", page)


def _by_answer(*, takes_back, **said):
    return (commands.withdraw_need if takes_back else commands.keep_need)(**said)


def _asking(request, need_id, form, command, rule, *, words, done, template, **more):
    """The page of an act for which the household is called: its phone stands here, behind a reason that is typed once a session
    and journalled with each look."""
    before = {"reason": request.session[REASON]} if REASON in request.session else None
    reveal = Reveal(request.POST if "reason" in request.POST else None, initial=before)
    if not reveal.is_bound:
        return act_page(request, need_id, form, command, rule, words=words, done=done, template=template, reveal=reveal, **more)
    need = need_or_404(request.user, need_id)
    shown = reveal.is_valid() and act(request, reveal, reveal_need, need_id=need.pk)
    if shown:
        request.session[REASON] = reveal.cleaned_data["reason"]
    page = {"need": need, "form": form(need=need, actor=request.user), "verdict": rule(request.user, need), "words": words,
            "reveal": reveal, "shown": shown, "next": request.GET.get("next", "")}  # fmt: skip
    return render(request, template, page | {name: value(need) for name, value in more.items()})
