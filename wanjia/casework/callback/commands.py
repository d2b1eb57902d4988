"""Ask the household, and keep its word as it said it."""

from django.utils.translation import gettext as _

from wanjia.kernel.calendar import CHINA, today
from wanjia.kernel.command import command
from wanjia.kernel.verdict import Refused
from wanjia.policy.triage import rules as limits

from ..commands import advance, note_step, start_step, take
from ..models import Callback
from ..states import ConfirmedBy, Satisfaction, Way, Word
from . import rules


@command("casework.call_back")
def call_back(*, need_id, way, reached, by, at, word="", satisfaction="", words=""):
    """Enter one try to hear the household (回访): reached or not, and what it said.

    "Unsolved" sends the need back to the same unit under the same first clock. After three failed tries on at least two days,
    at different hours, the callback is given up: neither satisfied nor solved (回访未果).
    """
    need, at = take(need_id, at)
    rules.can_call_back(by, need).or_raise()
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
        start_step(need, "close", at)
        advance(need, "give_up_callback", by=by, at=at, words=_("多次未联系上,回访未果"))
    else:
        note_step(need, "callback_missed", by=by, at=at, words=_("%(way)s未联系上") % {"way": Way(way).label})
    return callback


def hear(need, *, word, satisfaction, words, through, by, at):
    """Act on the household's word: solved or partly → to be struck off; unsolved → back to the unit that holds it."""
    need.confirmed, need.confirmed_by, need.satisfaction = Word(word), through, Satisfaction(satisfaction) if satisfaction else ""
    if word == Word.UNSOLVED:
        need.reopenings += 1
        need.handler = None
        start_step(need, "accept", at)
        said = _("群众说没有解决") + (f":{words}" if words else "")
        advance(
            need,
            "dispute",
            by=by,
            at=at,
            words=said,
        )
        return
    need.verified_at, need.callback_failed = at, False
    start_step(need, "close", at)
    advance(need, "verify", by=by, at=at, words=_("诉求人确认:%(word)s") % {"word": Word(word).label}, word=word)


def _answer_now(need, way, at):
    """A need taken over from a paper ledger may lack its answer: whoever is reached hears the result in that talk."""
    if need.answered_on is None:
        need.answered_on, need.answered_way = today(at), Way(way)


def given_up(need):
    """Tell whether enough failed tries lie on enough different days and hours in this round (回访未果)."""
    tries = [
        at.astimezone(CHINA) for at in need.callbacks.filter(round=need.reopenings, reached=False).values_list("at", flat=True)
    ]
    limit = limits()["callback"]
    days, hours = {today(at) for at in tries}, {at.hour for at in tries}
    return len(tries) >= limit["tries"] and len(days) >= limit["days"] and len(hours) >= 2


def _keep_word(need, *, at, way, reached, word, satisfaction, words, by):
    return Callback.objects.create(
        need=need, at=at, way=way, reached=reached, word=word, satisfaction=satisfaction, words=words, by_id=by.id, by_org=by.org,
        round=need.reopenings,
    )  # fmt: skip
