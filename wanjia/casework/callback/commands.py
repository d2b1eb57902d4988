"""Ask the household, and keep its word as it said it: whether its need is solved, whether it takes the need back."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import CHINA, today
from wanjia.policy.triage import callback_tries
from wanjia.registry.lookups.commands import count_phone
from wanjia.verdict import Refused

from ..commands import advance, end_help, end_holding, note_step, start_step, stop_step, tell_after
from ..drawing.commands import draw
from ..looking import CONCLUDED
from ..models import Callback
from ..rules import in_whose_name, this_round
from ..states import ConfirmedBy, Outcome, Satisfaction, Way, Word, WordsReason
from ..subjects import NEEDS
from . import rules
from .forms import MISSED, Heard


def _kept(callback):
    """Return the sentence after a call: whose word was kept, and which."""
    word = Word(callback.word).label if callback.word else MISSED[1]
    return _("已记下:%(number)s,%(word)s。") % {"number": callback.need.number, "word": word}


@act(
    NEEDS, "call_back", at="callback", words=_("回访"), done=_kept, duty=Duty.CALL_BACK, may=rules.can_call_back, rank=62, each=True, form=Heard,
    template="casework/callback/call_back.html", page=False, because="its page shows the phone too, and brings the next need: views.call_back",
    lines={"need.verify": _("回访诉求人"), "need.callback_missed": _("回访未接通")},
)  # fmt: skip
def call_back(
    need, *, by, at,
    way: Annotated[Way, Asked(_("怎么回访的"), but=(Way.SLIP,), initial=Way.PHONE)],
    reached: Annotated[bool, Asked(_("联系上了吗"), answers=(_("联系上了"), _("没有联系上")))],
    word: Annotated[Word, Asked(_("诉求人说"), needed=True)] = "",  # needed as soon as somebody was reached
    satisfaction: Annotated[Satisfaction, Asked(_("诉求人自己说的满意度"), _("没有说就不选,不能代填。"), keys="qwe")] = "",
    words: Annotated[str, Asked(_("诉求人原话"), _("照原话记,加密保存。"), rows=2, attrs={"data-key": "t"})] = "",
):  # fmt: skip
    """Enter one try to hear the household (回访): reached or not, and what it said.

    "Unsolved" sends the need back to the same unit under the same first clock. After three failed tries on at least two days,
    at different hours, hours apart, the callback is given up: neither satisfied nor solved (回访未果).
    """
    if reached and not word:
        raise Refused(_("联系上了,请选择诉求人说的是“已经解决”“解决了一部分”还是“没有解决”。"))
    if not reached and (word or satisfaction):
        raise Refused(_("没有联系上,不能替诉求人回答是否解决、是否满意。"))
    callback = _keep_word(need, at=at, way=way, reached=reached, word=word, satisfaction=satisfaction, words=words, by=by)
    if reached:
        _answer_now(need, way, at)
        hear(need, word=word, satisfaction=satisfaction, words=words, through=ConfirmedBy.CALLBACK, by=by, at=at)
    elif given_up(need):
        need.callback_failed, need.verified_at = True, at
        draw(need, by=by, at=at)
        _wait_for_closing(need, at)
        advance(need, "give_up_callback", by=by, at=at, words=_("多次未联系上,回访未果"))
    else:
        note_step(need, "callback_missed", by=by, at=at, words=_("%(way)s未联系上") % {"way": Way(way).label})
    return callback


@act(
    NEEDS, "phone", words=_("为回访、抽查查看电话"), duty=rules.LISTENERS, may=rules.can_show_phone, reads=True, button=False, page=False, call=None,
    because="shown on the page of the call, by one tap; a telephone is never sent over the API",
)  # fmt: skip
def show_phone(need, *, by, at):
    """Journal that the actor sees the number that he is to call; the purpose is the call itself. Returns the number.

    A need without one is called under its home's or that of the home's head, and whoever bears it has a line of that too.
    """
    asked = _("抽查 %(number)s") if need.state in CONCLUDED else _("核实撤回 %(number)s") if need.withdrawal_asked_at else _("回访 %(number)s")
    asked %= {"number": need.number}
    bearer = rules.called_instead(by, need)
    said = {"act": "need.phone", "by": by, "at": at, "reason": asked, "area_code": need.village_id}
    journal.record_reading(subject=need, fields=[f"{bearer._meta.model_name}.phone" if bearer else "requester_phone"], **said)
    if bearer:
        journal.record_reading(subject=bearer, fields=["phone"], **said)
    count_phone(by, at)
    return bearer.phone if bearer else need.requester_phone


def hear(need, *, word, satisfaction, words, through, by, at):
    """Act on the household's word: solved or partly → to be struck off; unsolved → back to the unit that holds it.

    A word without a satisfaction leaves the one that was said before in this round. That nobody was reached stays true until
    another unit has reached somebody: a slip's "not solved" sends the need back and does not stand for that.
    """
    need.confirmed, need.confirmed_by = Word(word), through
    if satisfaction:
        need.satisfaction = Satisfaction(satisfaction)
    if word == Word.UNSOLVED:
        need.callback_failed = need.callback_failed and through != ConfirmedBy.CALLBACK
        need.reopenings += 1
        need.handler = None
        start_step(need, "accept", at)
        # What is told to a caller may name who is to be feared: it is sealed. The slip's words are written to the unit itself.
        heard = words if through == ConfirmedBy.SLIP else _("原话密封")
        said = _("群众说没有解决") + (f":{heard}" if words else "")
        advance(need, "dispute", by=by, at=at, words=said)
        return
    draw(need, by=by, at=at)
    need.verified_at, need.callback_failed = at, False
    _wait_for_closing(need, at)
    advance(need, "verify", by=by, at=at, words=_("诉求人确认:%(word)s") % {"word": Word(word).label}, word=word)


def _wait_for_closing(need, at):
    """Whoever strikes off has his days from now; a plan waits for its own day first."""
    if need.outcome == Outcome.PLANNED and need.planned_on and need.planned_on > today(at):
        stop_step(need)
    else:
        start_step(need, "close", at)


def _answer_now(need, way, at):
    """A need taken over from a paper ledger may lack its answer: whoever is reached hears the result in that talk."""
    if need.answered_on is None:
        need.answered_on, need.answered_way = today(at), Way(way)


def given_up(need):
    """Tell whether enough failed tries lie on enough different days and hours, and far enough apart, in this round (回访未果)."""
    missed = this_round(need.callbacks, need).filter(reached=False).values_list("at", flat=True)
    return callback_tries().enough(at.astimezone(CHINA) for at in missed)


ONE_PAGE = "both answers stand on one page and in one call: check_withdrawal"
ASKED = Annotated[Way, Asked(_("怎么核实的"), but=(Way.SLIP,), initial=Way.PHONE)]
SAID = Annotated[str, Asked(_("诉求人原话"), _("照原话记,加密保存。没有联系上就先不填,申请一直留着。"), rows=3)]


@act(
    NEEDS, "withdraw", words=_("撤回"), duty=Duty.CALL_BACK, may=rules.can_check_withdrawal, page=False, call=None, because=ONE_PAGE, button=False, tone="danger",
    lines={"need.withdraw": _("诉求撤回")},
)  # fmt: skip
def withdraw_need(need, *, way: ASKED, words: SAID, by, at):
    """Enter that the household, asked by another unit, does take its need back (核实撤回): the need ends, with its own words."""
    if not words.strip():
        raise Refused(_("请写明诉求人自己说的撤回原因。"))
    _keep_word(need, at=at, way=way, reached=True, word="", satisfaction="", words=words.strip(), by=by)
    end_help(need, _("诉求撤回"), by=by, at=at)
    need.ended_at, need.handler, need.withdrawal_asked_at = at, None, None
    end_holding(need, at=at)
    advance(need, "withdraw", by=by, at=at, words=_("%(way)s核实:诉求人自己要求撤回") % {"way": Way(way).label})
    tell_after(need, stands=False, by=by, at=at)
    return need


@act(
    NEEDS, "check_withdrawal", words=_("问清要不要撤回"), done=_("已按诉求人的话记下。"), duty=Duty.CALL_BACK, may=rules.can_check_withdrawal, rank=61,
    template="casework/callback/check_withdrawal.html", page=False, call=None, because=ONE_PAGE,
    lines={"need.keep": _("核实:没有要撤回")},
)  # fmt: skip
def keep_need(need, *, way: ASKED, words: SAID, by, at):
    """Enter that the household, asked by another unit, does not take its need back (不撤回): the request falls, for all to see."""
    if not words.strip():
        raise Refused(_("请写明诉求人自己是怎么说的。"))
    _keep_word(need, at=at, way=way, reached=True, word="", satisfaction="", words=words.strip(), by=by)
    need.withdrawal_asked_at = None
    note_step(need, "keep", by=by, at=at, words=_("%(way)s核实:诉求人没有要求撤回") % {"way": Way(way).label})
    return need


@act(
    NEEDS, "words", call="open-words", words=_("诉求人原话"), duty=rules.LISTENERS, may=rules.can_open_words, reads=True, button=False,
    template="casework/callback/words.html", lines={"need.open_words": _("查看诉求人原话")},
)  # fmt: skip
def open_words(need, *, by, at, reason: Annotated[WordsReason, Asked(_("为什么要看"))]):
    """Open the household's sealed words (查看诉求人原话), journalled before they are sent; returns the Callbacks
    and Sayings that hold any, in the order of their time.

    reason: one of WordsReason.
    """
    if reason not in WordsReason.values:
        raise Refused(_("请选择查看的理由。"))
    journal.record_reading(
        act="need.open_words", subject=need, by=by, at=at, reason=WordsReason(reason).label, area_code=need.village_id, fields=["words"]
    )
    said = [*need.callbacks.exclude(words="").select_related("by", "by_org"), *need.sayings.exclude(words="").select_related("by", "by_org")]
    return sorted(said, key=lambda one: one.at)


def _keep_word(need, *, at, way, reached, word, satisfaction, words, by):
    return Callback.objects.create(
        need=need, at=at, way=way, reached=reached, word=word, satisfaction=satisfaction, words=words, by_id=by.id, by_org=in_whose_name(by, need),
        round=need.reopenings,
    )  # fmt: skip
