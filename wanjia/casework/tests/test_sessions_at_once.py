"""A session while others act: two hands at one item, its end while an item is decided, the need withdrawn meanwhile; on both databases."""

import itertools
import json
import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from wanjia.casework.handling.commands import ask_withdrawal
from wanjia.casework.models import Decision, Dissent, Holding, Need, Session, SessionItem, Step
from wanjia.casework.sessions.commands import call_session, decide_item, hold_session, note_attendance, sign_session
from wanjia.casework.sessions.subjects import ITEMS, SESSIONS
from wanjia.casework.states import OPEN, NeedState
from wanjia.kernel.calendar import today
from wanjia.kernel.models import Entry
from wanjia.orgs.checking.queries import differences
from wanjia.orgs.roles import Role

from . import walk
from .acts import CALLED, DECISION, came
from .factories import World, worker

pytestmark = pytest.mark.slow
FIRST, ENDED = "这个议题", "现在是“待签发”,不能再改"


@pytest.fixture
def session(races):
    """A session of 细沙乡 with one item, who came noted."""
    world = World()
    world.second = worker("xisha-er", "李又一", world.township, Role.TOWNSHIP_WORKER)
    walk.bring(world, NeedState.ADMITTED)
    at = timezone.now()
    one = call_session(**CALLED | {"on": today(at)}, units=[world.civil], by=world.clerk, at=at)
    note_attendance(session_id=one.pk, came=came(world), by=world.clerk, at=at)
    return world, one, one.items.get()


@pytest.fixture
def unlocked():
    """Let a subject's rows be read without their lock: unlocked(subject, read). Everybody reads before anybody goes on."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets only one in at a time, whatever is locked")
    kept = []

    def lift(subject, read, gate=2):
        start, reads = threading.Barrier(gate) if gate else None, itertools.count(1)

        def take(pk, at):
            row = read(pk)
            if start and next(reads) <= gate:  # whoever reads once more, after all have read, waits for nobody
                start.wait(30)
            return row, at

        kept.append((subject, subject.take))
        object.__setattr__(subject, "take", take)

    yield lift
    for subject, take in kept:
        object.__setattr__(subject, "take", take)


def at_once(*calls):
    """Send each (user, address, body) at the same moment; return [(address, status, sentence)] in the order of the calls."""
    answers, start = {}, threading.Barrier(len(calls))

    def send(n, user, address, body):
        client = Client(raise_request_exception=False)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        start.wait()
        answer = client.post(f"/api/{address}", json.dumps(body), content_type="application/json")
        answers[n] = (address, answer.status_code, answer.json().get("error", ""))
        connection.close()

    threads = [threading.Thread(target=send, args=(n, *call)) for n, call in enumerate(calls)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return [answers[n] for n in range(len(calls))]


def decision(unit):
    return DECISION | {"holder": str(unit.pk)}


def test_two_hands_at_one_item(session):
    world, _one, item = session
    address = f"sessions/items/{item.pk}/decide"
    answers = at_once((world.clerk, address, decision(world.civil)), (world.second, address, decision(world.education)))
    assert sorted(status for _address, status, _said in answers) == [200, 409], answers
    assert FIRST in max(answers, key=lambda one: one[1])[2]
    assert Decision.objects.count() == Step.objects.filter(act="decide").count() == Step.objects.filter(act="assign").count() == 1
    assert Holding.objects.get(need=item.need_id, to_at=None).organisation == Decision.objects.get().holder


def test_without_the_lock_no_sentence_says_who_decided(session, unlocked):
    """Negative control: read unlocked, both find the item open. What the need's own lock still refuses is not what the table is told."""
    world, _one, item = session
    unlocked(ITEMS, lambda pk: SessionItem.objects.select_related("session__area", "need__village", "need__holder").get(pk=pk))
    address = f"sessions/items/{item.pk}/decide"
    answers = at_once((world.clerk, address, decision(world.civil)), (world.second, address, decision(world.education)))
    assert Decision.objects.count() == 1
    assert FIRST not in max(answers, key=lambda one: one[1])[2]


def decided(session):
    world, one, item = session
    decide_item(item_id=item.pk, **DECISION, holder=world.civil, by=world.clerk, at=timezone.now())
    return world, one, item


def test_two_who_end_it(session):
    world, one, _item = decided(session)
    answers = at_once((world.clerk, f"sessions/{one.pk}/hold", {}), (world.second, f"sessions/{one.pk}/hold", {}))
    assert sorted(status for _address, status, _said in answers) == [200, 403], answers
    assert ENDED in max(answers, key=lambda one: one[1])[2]
    assert Entry.objects.filter(act="session.hold").count() == 1


def test_without_the_lock_no_sentence_says_that_it_ended(session, unlocked):
    """Negative control: both find it called; the version alone tells them apart, and says nothing of an end."""
    world, one, _item = decided(session)
    unlocked(SESSIONS, lambda pk: Session.objects.select_related("area").get(pk=pk))
    answers = at_once((world.clerk, f"sessions/{one.pk}/hold", {}), (world.second, f"sessions/{one.pk}/hold", {}))
    assert Entry.objects.filter(act="session.hold").count() == 1
    assert ENDED not in max(answers, key=lambda one: one[1])[2]


def held(session):
    world, one, item = decided(session)
    hold_session(session_id=one.pk, by=world.clerk, at=timezone.now())
    return worker("xisha-lingdao", "高领导", world.township, Role.TOWNSHIP_LEADER), world, one, item


def dissent(world, item):
    return world.clerk, f"sessions/items/{item.pk}/dissent", {"organisation": str(world.civil.pk), "words": "没有这笔经费"}


def faults():
    return [fault.plain() for fault in differences() if fault.kind == "session"]


def test_dissent_while_the_minutes_are_signed(session):
    """Either the minutes print it, or whoever brings it is told that they are signed."""
    leader, world, one, item = held(session)
    said, signed = at_once(dissent(world, item), (leader, f"sessions/{one.pk}/sign", {}))
    assert signed[1] == 200, signed
    assert said[1] in (200, 201) or "纪要签发以前" in said[2], said
    assert Dissent.objects.count() == (said[1] != 403)
    assert faults() == []


@pytest.mark.spoils
def test_without_the_lock_a_dissent_comes_after_the_signature(session, unlocked):
    """Negative control: who looked before the signature writes after it, and the signed minutes are no longer what the rows say."""
    leader, world, one, item = held(session)
    looked, signed = threading.Event(), threading.Event()

    def slow(pk):
        found = SessionItem.objects.select_related("session__area", "need").get(pk=pk)
        looked.set()
        signed.wait(30)
        return found

    unlocked(ITEMS, slow, gate=None)
    late = threading.Thread(target=at_once, args=(dissent(world, item),))
    late.start()
    assert looked.wait(30)
    sign_session(session_id=one.pk, by=leader, at=timezone.now())
    signed.set()
    late.join()
    assert faults() != []


def test_its_end_while_an_item_is_decided(session):
    world, one, item = session
    decided, ended = at_once((world.clerk, f"sessions/items/{item.pk}/decide", decision(world.civil)), (world.second, f"sessions/{one.pk}/hold", {}))
    assert decided[1] == 200, decided
    assert ended[1] in (200, 403), ended
    one, item = Session.objects.get(pk=one.pk), SessionItem.objects.get(pk=item.pk)
    assert item.state == "decided"
    assert one.state == ("held" if ended[1] == 200 else "called")


def test_the_need_is_withdrawn_meanwhile(session):
    world, one, item = session
    ask_withdrawal(need_id=item.need_id, words="家里自己解决了", by=world.visitor, at=timezone.now())
    calls = (world.clerk, f"sessions/items/{item.pk}/decide", decision(world.civil)), (world.caller, f"needs/{item.need_id}/withdraw", {"way": "phone", "words": "是我要撤的"})
    decided, _withdrawn = at_once(*calls)
    need, item = Need.objects.get(pk=item.need_id), SessionItem.objects.get(pk=item.pk)
    assert item.state == ("decided" if decided[1] == 200 else "open"), decided
    assert (need.state in OPEN) == Holding.objects.filter(need=need, to_at=None).exists()
    [(_address, status, said)] = at_once((world.clerk, f"sessions/{one.pk}/hold", {}))
    assert status == (200 if need.state == NeedState.WITHDRAWN or item.state == "decided" else 403), said
