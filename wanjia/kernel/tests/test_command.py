"""Promise 1: nothing is done twice. Each with its negative control."""

import threading
import uuid
from datetime import date

import pytest
from django.db import connection, transaction

from wanjia.kernel import command as kernel_command
from wanjia.kernel.command import COMMANDS, SystemActor, command
from wanjia.kernel.models import CalendarDay, Entry, Receipt
from wanjia.verdict import Conflict, Refused

from .factories import CLERK, now

DAY = date(2026, 1, 1)  # from here the published calendar has what these tests write: no act writes it, and the check lets it be


@pytest.fixture
def keep(monkeypatch):
    """A command that writes one row each time it really runs."""
    monkeypatch.setattr(kernel_command, "COMMANDS", {})

    @command("tests.keep_day")
    def keep_day(*, name, by, at, days=()):
        if not name:
            raise Refused("请写名称。")
        used = CalendarDay.objects.count()
        return CalendarDay.objects.create(day=DAY.replace(day=1 + used), works=False, name=name, source="")

    return keep_day


def test_the_same_key_gives_the_same_answer_and_acts_once(db, keep):
    key = uuid.uuid4()
    first = keep(name="元旦", by=CLERK, at=now(), key=key)
    again = keep(name="元旦", by=CLERK, at=now(), key=key)

    assert first == again
    assert CalendarDay.objects.count() == 1


def test_without_a_receipt_the_repeat_acts_twice(db, keep, monkeypatch):
    """The negative control of the test above: the guard switched off, the fault shows."""
    monkeypatch.setattr(kernel_command, "_once", lambda key, name, by, what, at, act, reads: act())
    key = uuid.uuid4()
    keep(name="元旦", by=CLERK, at=now(), key=key)
    keep(name="元旦", by=CLERK, at=now(), key=key)

    assert CalendarDay.objects.count() == 2


@pytest.fixture
def told(keep):
    """A command that is refused with something to be written, and what was written."""

    @command("tests.tell")
    def tell(*, by, at):
        refusal = Refused("已经有一个。")
        refusal.noting = lambda *, by, at: CalendarDay.objects.create(day=DAY, works=True, name="告知", source="")
        raise refusal

    return tell


def test_what_a_refusal_tells_is_written_although_the_act_is_taken_back(db, told):
    with pytest.raises(Refused):
        told(by=CLERK, at=now())
    assert CalendarDay.objects.count() == 1


def test_within_another_transaction_it_is_a_fault_and_never_lost_in_silence(db, told):
    """As it was, a view in a transaction of its own told somebody's name, and the line about it went with the transaction."""
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        told(by=CLERK, at=now())
    assert CalendarDay.objects.count() == 0


@pytest.mark.parametrize("other", [{"name": "春节"}, {"by": SystemActor("别人", id=uuid.uuid4())}])
def test_the_same_key_with_another_body_or_person_is_a_conflict(db, keep, other):
    key = uuid.uuid4()
    keep(name="元旦", by=CLERK, at=now(), key=key)

    with pytest.raises(Conflict, match="刷新"):
        keep(**{"name": "元旦", "by": CLERK, "at": now(), "key": key, **other})

    assert CalendarDay.objects.count() == 1


def test_a_refusal_leaves_no_receipt_so_that_the_mended_form_may_be_sent_again(db, keep):
    key = uuid.uuid4()
    with pytest.raises(Refused, match="请写名称"):
        keep(name="", by=CLERK, at=now(), key=key)

    assert not Receipt.objects.exists()
    assert keep(name="元旦", by=CLERK, at=now(), key=key).name == "元旦"


def test_two_taps_at_the_same_moment_act_once(races, keep):
    key, answers = uuid.uuid4(), []
    gate = threading.Barrier(4)

    def tap():
        try:
            gate.wait()
            answers.append(keep(name="元旦", by=CLERK, at=now(), key=key).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=tap) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert len(answers) == 4
    assert len(set(answers)) == 1
    assert CalendarDay.objects.count() == 1


def test_a_body_is_remembered_only_by_a_keyed_digest(db, keep):
    import hashlib
    import json

    keep(name="532123199001010016", by=CLERK, at=now(), key=uuid.uuid4())
    plain = hashlib.sha256(json.dumps({"name": "532123199001010016"}, sort_keys=True).encode()).hexdigest()

    assert Receipt.objects.get().body_digest != plain


@pytest.mark.parametrize(
    "answer",
    [None, 3, {"new": 2}, "字", [1, "二"]],
)
def test_plain_answers_are_recalled(db, monkeypatch, answer):
    monkeypatch.setattr(kernel_command, "COMMANDS", {})
    act = command("tests.answer")(lambda *, by, at: answer)
    key = uuid.uuid4()

    assert act(by=CLERK, at=now(), key=key) == answer
    assert act(by=CLERK, at=now(), key=key) == answer


def test_a_list_of_rows_is_recalled(db, monkeypatch):
    monkeypatch.setattr(kernel_command, "COMMANDS", {})
    act = command("tests.rows")(lambda *, by, at: [CalendarDay.objects.create(day=DAY, works=True, name="", source="")])
    key = uuid.uuid4()

    assert act(by=CLERK, at=now(), key=key) == act(by=CLERK, at=now(), key=key)


def test_two_commands_may_not_share_a_name(monkeypatch):
    monkeypatch.setattr(kernel_command, "COMMANDS", {})
    command("tests.one")(lambda *, by, at: None)

    with pytest.raises(RuntimeError, match="two commands"):
        command("tests.one")(lambda *, by, at: None)


def test_a_failed_command_writes_nothing(db, monkeypatch):
    monkeypatch.setattr(kernel_command, "COMMANDS", {})

    @command("tests.fall")
    def fall(*, by, at):
        CalendarDay.objects.create(day=DAY, works=True, name="", source="")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fall(by=CLERK, at=now(), key=uuid.uuid4())

    assert not CalendarDay.objects.exists()
    assert not Receipt.objects.exists()
    assert not Entry.objects.exists()


def test_commands_are_listed_under_their_app():
    assert all("." in name for name in COMMANDS)


@pytest.mark.parametrize("text", ["(已依法删除)", " (已依法删除)\u3000", "\u200b(已依法删除)", "(已依法\u2060删除)", "（已依法删除）", "(已依法 删除)\x01"])
def test_nobody_writes_the_word_of_an_erasure_whatever_unseen_signs_stand_in_it(db, keep, text):
    with pytest.raises(Refused, match="只由依法删除写入"):
        keep(name=text, by=CLERK, at=now())
    assert keep(name=f"{text}的通知", by=CLERK, at=now())  # control: a sentence about it is one's own


@pytest.mark.parametrize("sign", ["\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"])
def test_signs_that_turn_words_around_are_not_kept(db, keep, sign):
    kept = keep(name=f"补{sign}001元", days=[{"words": (f"{sign}x",)}], by=CLERK, at=now())
    assert kept.name == "补001元"


def test_what_bears_no_such_sign_reaches_the_act_as_it_is(db, monkeypatch):
    monkeypatch.setattr(kernel_command, "COMMANDS", {})
    met = {}

    @command("tests.meet")
    def meet(*, by, at, **what):
        met.update(what)

    words, choice = "左\u200d右\u200e", CalendarDay  # joiners and plain marks turn nothing
    meet(words=words, choice=choice, deep={"a": ["\u202e逆"], "b": ("c", 1)}, by=CLERK, at=now())
    assert met == {"words": words, "choice": choice, "deep": {"a": ["逆"], "b": ("c", 1)}}
