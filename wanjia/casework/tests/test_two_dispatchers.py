"""Two dispatchers hand one need out at the same moment: one does, the other is told who was quicker, on both databases."""

import json
import threading

import pytest
from django.db import connection
from django.test import Client

from wanjia.casework import commands as spine
from wanjia.casework.assignment import rules
from wanjia.casework.models import Holding, Need, Step
from wanjia.casework.states import NeedState

from . import walk
from .factories import World

pytestmark = pytest.mark.slow


@pytest.fixture
def race(races):
    """Return a function that lets two people assign one triaged need at once: [(status, error)], and the need."""
    world = World()
    need = walk.bring(world, NeedState.TRIAGED)

    def run():
        answers, start = [], threading.Barrier(2)

        def send(user, unit):
            client = Client(raise_request_exception=False)
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            start.wait()
            answer = client.post(f"/api/needs/{need.pk}/assign", json.dumps({"holder": str(unit.pk)}), content_type="application/json")
            answers.append((answer.status_code, answer.json().get("error", "")))
            connection.close()

        threads = [threading.Thread(target=send, args=one) for one in ((world.clerk, world.civil), (world.ledger, world.civil))]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        return sorted(answers)

    return run, need


def test_the_second_is_told_who_was_quicker(race):
    run, need = race
    (first, _none), (second, said) = run()
    assert (first, second) == (200, 409), said
    holder = Need.objects.get(pk=need.pk).holder
    assert f"交办给{holder.name},您这一次没有保存" in said
    assert Step.objects.filter(need=need, act="assign").count() == 1
    assert Holding.objects.filter(need=need, to_at=None).count() == 1


def test_without_the_lock_both_look_before_either_writes(race, monkeypatch):
    """Negative control: read unlocked, both see a need that waits; what the database then refuses is no sentence of who was quicker."""
    gate = threading.Barrier(2)

    def unlocked(need_id, at):
        need = Need.objects.select_related(*spine.LOCKED).get(pk=need_id)
        need.was = spine.facts_of(need)
        if connection.vendor == "postgresql":  # SQLite lets only one in at a time
            gate.wait(30)
        return need, at

    monkeypatch.setattr(spine, "take", unlocked)
    monkeypatch.setattr(rules, "Conflict", lambda _said: None)  # nobody says who was quicker
    run, _need = race
    assert "交办给" not in run()[1][1]
