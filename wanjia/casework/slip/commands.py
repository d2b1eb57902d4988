"""Print a slip; hear the household through it."""

import secrets

from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel import journal
from wanjia.kernel.acts import act
from wanjia.kernel.calendar import today
from wanjia.kernel.command import SystemActor, command
from wanjia.orgs.locks import alone
from wanjia.sealing.keys import blind
from wanjia.verdict import Refused

from ..callback.commands import hear
from ..closing.commands import reopen_need
from ..commands import note_step, take
from ..looking import contradict, put_on_list
from ..models import Callback, Slip, SlipMiss
from ..rules import covers, in_whose_name
from ..states import ConfirmedBy, NeedState, RecheckFor, Way, Word
from ..subjects import NEEDS
from . import pages, rules
from .queries import ALPHABET, LENGTH, need_of

HOUSEHOLD = SystemActor(name="诉求人(小条)")


@act(
    NEEDS, "slip", words=_("打印小条"), duty=Duty.RECORD_NEEDS, may=rules.can_issue, aside=True, rank=40, template="casework/slip/issue.html",
    then=pages.paper, lines={"need.slip": _("发放小条")},
)  # fmt: skip
def issue_slip(need, *, by, at):
    """Make a fresh code for the household's slip (小条); an earlier slip of this need ends.

    Returns the Slip with `fresh` true: the one moment at which its code may be shown.
    """
    slip = fresh_slip(need, issued_by=by, issued_org=in_whose_name(by, need), by_call_back=covers(by, need, duty=Duty.CALL_BACK), at=at)
    note_step(need, "slip", by=by, at=at)
    return slip


def fresh_slip(need, *, at, **issued):
    """Make a slip with a new code and end the one before. issued: by whom, in whose name; nobody of the staff where the household itself asks."""
    _end(need, at)
    code = "".join(secrets.choice(ALPHABET) for _digit in range(LENGTH))
    slip = Slip.objects.create(need=need, code=code, issued_at=at, **issued)
    slip.fresh = True  # only this instance, only now: whoever reads the row later is not shown its code
    return slip


def _end(need, at):
    Slip.objects.filter(need=need, ended_at=None).update(ended_at=at)


@command("casework.answer_by_slip")
def answer_by_slip(*, need_id, word, by, at, words=""):
    """Take the household's own word from its slip. "Not solved" acts at once: the need goes back, or is reopened.

    "Solved" confirms only from a slip that another unit's callback officer issued; any other is kept apart (小条上的话) and
    another unit asks the household once more.
    """
    need, at = take(need_id, at)
    if word == Word.UNSOLVED and rules.is_late_complaint(need, at):
        return _complain(need, words, by=by, at=at)
    if need.state in (NeedState.CLOSED, NeedState.WITHDRAWN) and word == Word.UNSOLVED:
        return reopen_need(need_id=need.pk, words=words or _("群众通过小条说没有解决"), by=by, at=at)
    rules.can_speak(need).or_raise()
    if word not in (Word.SOLVED, Word.UNSOLVED):
        raise Refused(_("请选择“已经解决”或“没有解决”。"))
    if word == Word.SOLVED:
        rules.can_say_solved(need).or_raise()
    Callback.objects.create(need=need, at=at, way=Way.SLIP, reached=True, word=word, words=words, round=need.reopenings)
    need.slip_word = Word(word)
    if word == Word.SOLVED and not rules.is_trusted(_live(need), need):
        note_step(need, "slip_word", by=by, at=at, words=_("小条上说已经解决,等别的单位核实"))
    elif word == Word.SOLVED and need.state == NeedState.VERIFIED:
        _confirm(need, by=by, at=at)
    else:
        hear(need, word=word, satisfaction="", words=words, through=ConfirmedBy.SLIP, by=by, at=at)
    return need


def _complain(need, words, *, by, at):
    """Too late to be reopened, not too late to count: the slip's "not solved" stands against the closing, and the tier above looks."""
    rules.can_complain(need).or_raise()
    Callback.objects.create(need=need, at=at, way=Way.SLIP, reached=True, word=Word.UNSOLVED, words=words, round=need.reopenings)
    need.slip_word = Word.UNSOLVED
    contradict(need, today(at))
    put_on_list(need, RecheckFor.COMPLAINT, today(at))
    note_step(need, "complaint", by=by, at=at, words=_("诉求人在销号后通过小条说没有解决,请上一级来看"))
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


def _live(need):
    return Slip.objects.filter(need=need, ended_at=None).select_related("issued_by").first()


def _confirm(need, *, by, at):
    """A trusted slip says solved after the callback: it lifts "partly" and "not reached", and takes nothing from a callback's solved."""
    if need.confirmed != Word.SOLVED:
        need.confirmed, need.confirmed_by, need.callback_failed = Word.SOLVED, ConfirmedBy.SLIP, False
    note_step(need, "confirm", by=by, at=at, words=_("诉求人通过小条确认:已经解决"))


@command("casework.count_slip_miss")
def count_slip_miss(*, address, by, at):
    """Remember a wrong code from an address (kept as a keyed index), so that codes cannot be tried out."""
    miss = SlipMiss.objects.create(address_index=blind("slip.address", address), at=at)
    journal.record(act="slip.miss", subject=miss, by=by, at=at)
    return
