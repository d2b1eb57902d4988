"""Print a slip; hear the household through it."""

import secrets

from django.utils.translation import gettext as _

from wanjia.kernel import journal
from wanjia.kernel.command import SystemActor, command
from wanjia.kernel.keys import blind
from wanjia.kernel.locks import alone
from wanjia.kernel.verdict import Refused

from ..callback.commands import hear
from ..closing.commands import reopen_need
from ..commands import note_step, start_step, take
from ..models import Callback, Slip, SlipMiss
from ..states import ConfirmedBy, NeedState, Way, Word
from . import rules
from .queries import ALPHABET, LENGTH, need_of

HOUSEHOLD = SystemActor(name="诉求人(小条)")


@command("casework.issue_slip")
def issue_slip(*, need_id, by, at):
    """Make a fresh code for the household's slip (小条); an earlier slip of this need ends. Returns the Slip."""
    need, at = take(need_id, at)
    rules.can_issue(by, need).or_raise()
    Slip.objects.filter(need=need, ended_at=None).update(ended_at=at)
    code = "".join(secrets.choice(ALPHABET) for _digit in range(LENGTH))
    slip = Slip.objects.create(need=need, code=code, issued_by=by, issued_at=at)
    note_step(need, "slip", by=by, at=at)
    return slip


@command("casework.answer_by_slip")
def answer_by_slip(*, need_id, word, by, at, words=""):
    """Take the household's own word from its slip: solved, or not solved (which sends the need back or reopens it)."""
    need, at = take(need_id, at)
    if need.state == NeedState.CLOSED and word == Word.UNSOLVED:
        return reopen_need(need_id=need.pk, words=words or _("群众通过小条说没有解决"), by=by, at=at)
    rules.can_speak(need).or_raise()
    if word not in (Word.SOLVED, Word.UNSOLVED):
        raise Refused(_("请选择“已经解决”或“没有解决”。"))
    Callback.objects.create(need=need, at=at, way=Way.SLIP, reached=True, word=word, words=words, round=need.reopenings)
    if need.state == NeedState.VERIFIED and word == Word.SOLVED:
        need.confirmed, need.confirmed_by, need.callback_failed = Word.SOLVED, ConfirmedBy.SLIP, False
        start_step(need, "close", at)
        note_step(need, "confirm", by=by, at=at, words=_("诉求人通过小条确认:已经解决"))
        return need
    hear(need, word=word, satisfaction="", words=words, through=ConfirmedBy.SLIP, by=by, at=at)
    return need


def open_by_code(*, code, address, at):
    """Return the need behind a code, or None and the miss counted; Refused after too many from this address.

    Judging and counting are one step per address: tries sent at once would all be judged before the first is counted.
    """
    index = blind("slip.address", address)
    with alone(f"slip.address|{index}"):
        rules.may_try(index, at).or_raise()
        need = need_of(code)
        if need is None:
            count_slip_miss(address=address, by=HOUSEHOLD, at=at)
    return need


@command("casework.count_slip_miss")
def count_slip_miss(*, address, by, at):
    """Remember a wrong code from an address (kept as a keyed index), so that codes cannot be tried out."""
    miss = SlipMiss.objects.create(address_index=blind("slip.address", address), at=at)
    journal.record(act="slip.miss", subject=miss, by=by, at=at)
    return
