"""Two sendings at once, of two vacancies to the same people: nobody is told more often in a month than the policy says."""

import threading
from dataclasses import replace

import pytest
from django.db import connection

from tests.house.worlds import World
from wanjia.kernel.tests.crowds import beside, wait_for
from wanjia.policy.day_work import in_force

from ..models import Reached
from ..outreach import commands, queries
from . import acts_reach as r
from . import demand_world as d
from .acts_markets import labourer, who


@pytest.fixture
def send(races, monkeypatch):
    """Two vacancies of which the same man may be told, once a month at most; send both, each having looked before the other writes where it can."""
    world = World()
    labourer(world)
    vacancies = [r.live(world), d.live(world, title="裁剪工")]
    planned = [commands.plan_outreach(vacancy_id=one.pk, area=world.xisha, way="call", most=10, **who(world)) for one in vacancies]
    monkeypatch.setattr(queries, "in_force", lambda day: replace(in_force(day), month=1))
    looked, audience = [threading.Event(), threading.Event()], queries.audience_of

    def looks(outreach, actor, day):
        found = audience(outreach, actor, day)
        mine = [one.pk for one in planned].index(outreach.pk)
        looked[mine].set()
        if connection.vendor == "postgresql":  # on SQLite writers are alone by nature
            wait_for(looked[1 - mine])
        return found

    monkeypatch.setattr(queries, "audience_of", looks)
    return lambda: beside(*(lambda one=one: commands.send_outreach(outreach_id=one.pk, **who(world)) for one in planned))


def test_two_at_once_tell_nobody_too_often(send):
    refusals = send()
    assert Reached.objects.count() == 1
    assert [str(one) for one in refusals] == ["按这个条件现在没有要告诉的人。"]


@pytest.mark.spoils
def test_without_the_turn_he_is_told_too_often(send, monkeypatch):
    """Negative control: both counted before either wrote."""
    if connection.vendor == "sqlite":
        pytest.skip("writers are alone by nature")
    monkeypatch.setattr(commands, "hold", lambda _name: None)
    assert send() == [] and Reached.objects.count() == 2
