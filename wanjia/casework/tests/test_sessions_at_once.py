"""A session while others act: two hands at one item, its end while an item is decided, the need withdrawn meanwhile; on both databases."""

import json
import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from wanjia.casework.handling.commands import ask_withdrawal
from wanjia.casework.models import Decision, Holding, Need, Session, SessionItem, Step
from wanjia.casework.sessions.commands import call_session, note_attendance
from wanjia.casework.states import OPEN, NeedState
from wanjia.kernel.calendar import today
from wanjia.orgs.roles import Role

from . import walk
from .acts import CALLED, DECISION, came
from .factories import World, worker

pytestmark = pytest.mark.slow


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
    assert "您这一次没有保存" in max(answers, key=lambda one: one[1])[2]
    assert Decision.objects.count() == Step.objects.filter(act="decide").count() == Step.objects.filter(act="assign").count() == 1
    assert Holding.objects.get(need=item.need_id, to_at=None).organisation == Decision.objects.get().holder


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
