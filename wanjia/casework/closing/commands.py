"""Strike off, recheck, reopen, resume. Nothing is deleted."""

from django.utils.translation import gettext as _

from wanjia.kernel.command import command
from wanjia.verdict import Refused

from ..commands import advance, end_holding, hand_over, note_step, seal_words, start_step, stop_step, take
from ..models import Recheck
from ..rules import in_whose_name
from . import rules


@command("casework.close_need")
def close_need(*, need_id, by, at, words=""):
    """Strike a need off (销号) when all nine rules of an honest closing hold."""
    need, at = take(need_id, at)
    rules.can_close(by, need, at).or_raise()
    need.closed_at = need.ended_at = at
    end_holding(need, at=at)
    advance(need, "close", by=by, at=at, words=words)
    return need


@command("casework.recheck_need")
def recheck_need(*, need_id, agrees, words, by, at, told=""):
    """Enter what the next tier found (抽查). "Not so" sends the need back to be handled again.

    words: how it was found and what the household said, sealed; told: what the handling unit is to do, for all to see.
    """
    need, at = take(need_id, at)
    rules.can_recheck(by, need).or_raise()
    if len(words.strip()) < 4:
        raise Refused(_("请写明抽查看到的情况(至少 4 个字)。"))
    recheck = Recheck.objects.create(need=need, at=at, agrees=agrees, by=by, by_org=in_whose_name(by, need), round=need.reopenings)
    seal_words(need, "recheck", words, by=by, at=at)
    if agrees:
        note_step(need, "recheck", by=by, at=at, words=_("抽查属实,情况密封"), agrees=True)
        return recheck
    need.reopenings += 1
    need.confirmed, need.confirmed_by, need.handler = "", "", None
    start_step(need, "accept", at)
    said = _("抽查不属实,情况密封") + (f":{told.strip()}" if told.strip() else "")
    advance(need, "dispute", by=by, at=at, words=said)
    return recheck


@command("casework.reopen_need")
def reopen_need(*, need_id, words, by, at):
    """Reopen an ended need because the household says so (重新办理): same number, same first clock, same unit."""
    need, at = take(need_id, at)
    rules.can_reopen(by if by.id else None, need, at).or_raise()
    if not words.strip():
        raise Refused(_("请写明为什么要重新办理。"))
    need.reopenings += 1
    need.confirmed = need.confirmed_by = need.satisfaction = need.slip_word = ""
    need.handler = None
    need.closed_at = need.ended_at = None
    start_step(need, "accept", at)
    hand_over(need, need.holder, by=by, at=at)
    advance(need, "reopen", by=by, at=at, words=words)
    return need


@command("casework.resume_planned")
def resume_planned(*, need_id, by, at):
    """Take a planned need up again when its day has come (计划到期)."""
    need, at = take(need_id, at)
    rules.can_resume(by, need, at).or_raise()
    stop_step(need)
    advance(need, "resume", by=by, at=at, words=_("计划到期,继续办理"))
    return need
