"""Strike off, recheck, reopen, resume. Nothing is deleted."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel.acts import Asked, act
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.verdict import Refused

from ..commands import advance, end_holding, hand_over, note_step, seal_words, start_step, stop_step, tell_after
from ..looking import leave_list, looked
from ..models import Recheck
from ..rules import in_whose_name
from ..states import SETTLED, NeedState, RecheckFor, Way, Word
from ..subjects import NEEDS
from . import pages, rules
from .forms import Looked


@act(
    NEEDS, "close", words=_("销号"), done=_("已销号。30 天内诉求人说没有解决,可以重新办理。"), duty=Duty.CLOSE_NEEDS, may=rules.can_close, rank=64,
    template="casework/closing/close.html", more=pages.ticks, several=True, lines={"need.close": _("诉求销号")},
)  # fmt: skip
def close_need(need, *, by, at, words: Annotated[str, Asked(_("备注"), rows=2, most=300)] = ""):
    """Strike a need off (销号) when all nine rules of an honest closing hold."""
    need.closed_at = need.ended_at = at
    end_holding(need, at=at)
    advance(need, "close", by=by, at=at, words=words)
    return need


def _kept(recheck):
    """Return the sentence after a recheck: of which need, and what was kept."""
    word = _("属实") if recheck.agrees else _("不属实,已退回重新办理") if recheck.reached else _("没有联系上,还留在名单上")
    return _("已记下:%(number)s,%(word)s。") % {"number": recheck.need.number, "word": word}


@act(
    NEEDS, "recheck", words=_("抽查"), done=_kept, duty=OrgsDuty.RECHECK_NEEDS, may=rules.can_recheck, rank=63, form=Looked, more=pages.side_by_side,
    template="casework/closing/recheck.html", page=False, because="its page shows the phone and the words too, and brings the next need: honesty.views",
    lines={"need.recheck": _("抽查诉求"), "need.recheck_missed": _("抽查未联系上")},
)  # fmt: skip
def recheck_need(
    need, *, by, at,
    agrees: Annotated[bool, Asked(_("抽查结论"), answers=(_("属实"), _("不属实")))],
    reached: Annotated[bool, Asked(_("联系上了吗"), answers=(_("联系上了"), _("没有联系上")))] = True,
    word: Annotated[Word, Asked(_("诉求人自己怎么说"), _("没有问到人、只看了现场的,不选。"), keys="qwe")] = "",
    way: Annotated[Way, Asked(_("怎么核实的"), but=(Way.SLIP,), initial=Way.PHONE)] = "",
    words: Annotated[str, Asked(
        _("抽查看到的情况"), _("怎么核实的、看到什么、诉求人怎么说。加密保存,只有回访和抽查的人能打开,承办单位看不到。"), rows=3, most=300,
        needed=True, attrs={"data-key": "t"},
    )] = "",
    told: Annotated[str, Asked(
        _("要承办单位改什么"), _("不属实的会退回重新办理。这一栏承办单位看得到,诉求人怕人知道的话不要写在这里。"), rows=2, most=300,
    )] = "",
):  # fmt: skip
    """Enter what the next tier found (抽查), before a need is struck off or after. "Not so" sends it back under its first clock.

    reached: else it was a try in vain, and the need stays on the list; word: the household's own; words: how it was found and what the
    household said, sealed; told: what the handling unit is to do, for all to see.
    """
    if not reached:
        return _in_vain(need, agrees, word, way, by=by, at=at)
    _may_be_so(need, agrees, word, words)
    recheck = _keep(need, agrees=agrees, word=word, way=way, by=by, at=at)
    seal_words(need, "recheck", words, by=by, at=at)
    if agrees:
        leave_list(need)
        note_step(need, "recheck", by=by, at=at, words=_("抽查属实,情况密封"), agrees=True, looked=looked(recheck))
    else:
        _send_back(need, told.strip(), recheck, by=by, at=at)
    return recheck


def _may_be_so(need, agrees, word, words):
    """Refuse what says nothing of what was seen, and "so" over the household's "unsolved"."""
    if len(words.strip()) < 4:
        raise Refused(_("请写明抽查看到的情况(至少 4 个字)。"))
    said = word or (Word.UNSOLVED if need.recheck_for == RecheckFor.COMPLAINT else "")  # a complaint is a word, until the household says another
    if agrees and said == Word.UNSOLVED and need.outcome in SETTLED:
        raise Refused(_("诉求人说没有解决,承办单位说解决了,不能记为属实。"))


def _send_back(need, told, recheck, *, by, at):
    """Send a need back to work under its first clock, struck off or not."""
    need.reopenings += 1
    need.confirmed, need.confirmed_by, need.handler = "", "", None
    if need.state == NeedState.CLOSED:
        need.satisfaction = need.slip_word = ""
        need.closed_at = need.ended_at = None
        hand_over(need, need.holder, by=by, at=at)
    start_step(need, "accept", at)
    said = _("抽查不属实,情况密封") + (f":{told}" if told else "")
    advance(need, "dispute", by=by, at=at, words=said, looked=looked(recheck))


def _in_vain(need, agrees, word, way, *, by, at):
    if agrees or word:
        raise Refused(_("没有联系上,不能下结论,也不能替诉求人回答。"))
    recheck = _keep(need, agrees=False, reached=False, word="", way=way, by=by, at=at)
    note_step(need, "recheck_missed", by=by, at=at, words=_("抽查未联系上"), looked=looked(recheck))
    return recheck


def _keep(need, *, by, at, **facts):
    return Recheck.objects.create(need=need, at=at, by=by, by_org=in_whose_name(by, need), round=need.reopenings, **facts)


@act(
    NEEDS, "reopen", words=_("重新办理"), done=_("已重新办理,编号和最初的时限不变。"), duty=Duty.RECORD_NEEDS, may=rules.can_reopen, aside=True, rank=80,
)  # fmt: skip
def reopen_need(
    need, *, by, at,
    words: Annotated[str, Asked(_("诉求人为什么要求重新办理"), _("编号和最初的时限都不变。这段话承办单位看得到。"), rows=3)],
):  # fmt: skip
    """Reopen an ended need because the household says so (重新办理): same number, same first clock, same unit."""
    if not words.strip():
        raise Refused(_("请写明为什么要重新办理。"))
    need.reopenings += 1
    need.confirmed = need.confirmed_by = need.satisfaction = need.slip_word = ""
    need.handler = None
    need.closed_at = need.ended_at = None
    start_step(need, "accept", at)
    hand_over(need, need.holder, by=by, at=at)
    advance(need, "reopen", by=by, at=at, words=words)
    tell_after(need, stands=True, by=by, at=at)
    return need


@act(
    NEEDS, "resume", words=_("计划到期,继续办理"), done=_("已转为办理中。"), duty=(Duty.HANDLE_NEEDS, Duty.ASSIGN_NEEDS), may=rules.can_resume, rank=65,
)  # fmt: skip
def resume_planned(need, *, by, at):
    """Take a planned need up again when its day has come (计划到期)."""
    stop_step(need)
    advance(need, "resume", by=by, at=at, words=_("计划到期,继续办理"))
    return need
