"""Ask the household: its phone stands on the same page, behind a reason that is typed once a session and journalled with each look."""

from django.views.decorators.cache import never_cache

from wanjia.casework.duties import Duty
from wanjia.doors import pages
from wanjia.doors.guard import act as do
from wanjia.doors.guard import guarded

from ..revealing.asking import Reveal
from ..revealing.commands import reveal_need
from ..rules import this_round
from ..subjects import NEEDS
from . import commands, rules
from .both import CHECK

REASON = "casework.calls_reason"  # of this session's calls


@guarded(Duty.CALL_BACK)
@never_cache
def call_back(request, need_id):
    """Enter one try to hear the household."""
    need = pages.row_or_404(NEEDS, request.user, need_id, duty=Duty.CALL_BACK)
    return _asking(request, commands.call_back.act, need, tries=this_round(need.callbacks, need).filter(reached=False))


@guarded(Duty.CALL_BACK)
@never_cache
def check_withdrawal(request, need_id):
    """Enter whether the household really takes its need back."""
    need = pages.row_or_404(NEEDS, request.user, need_id, duty=Duty.CALL_BACK)
    asked = need.steps.filter(act="ask_withdrawal").last()
    return _asking(request, CHECK, need, asked=asked, asked_sealed=rules.has_words(need))


def _asking(request, act, need, **more):
    """The page of an act for which the household is called."""
    if "reason" not in request.POST:
        before = {"reason": request.session[REASON]} if REASON in request.session else None
        return pages.answer(request, act, need, reveal=Reveal(initial=before), **more)
    reveal = Reveal(request.POST)
    shown = reveal.is_valid() and do(request, reveal, reveal_need, need_id=need.pk)
    if shown:
        request.session[REASON] = reveal.cleaned_data["reason"]
    return pages.show(request, act, need, reveal=reveal, shown=shown, **more)
