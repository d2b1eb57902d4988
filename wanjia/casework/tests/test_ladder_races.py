"""The ladder beside others: two ticks at once, a tick killed on the way, an act between the look and the lock. Each with its negative control."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from wanjia.casework.ladder import commands, queries, tasks
from wanjia.casework.ladder.rules import CLOCK
from wanjia.kernel.tests.crowds import beside
from wanjia.orgs.models import User
from wanjia.reporting.models import Paper

from ..assignment.commands import accept_need
from ..checking import rungs as check
from ..models import Need, Rung, Step
from .factories import World, later
from .walk import bring

pytestmark = pytest.mark.slow
URGED = later(2)  # a need handed out on the 2nd is to be signed for on the 3rd


@pytest.fixture
def handed(races):
    """Six needs that nobody has signed for, and the small world."""
    world = World()
    return world, [bring(world, "assigned") for _one in range(6)]


def faults():
    return list(check.faults(URGED.date()))


def test_two_ticks_at_once_climb_each_rung_once(handed):
    _world, needs = handed
    stopped = beside(lambda: tasks.climb_all(URGED), lambda: tasks.climb_all(URGED))
    assert stopped == []
    assert Rung.objects.filter(passed=False).count() == Paper.objects.filter(kind="reminder").count() == Step.objects.filter(act="urged").count() == len(needs)
    assert faults() == []


def test_without_asking_anew_under_lock_two_ticks_would_collide(handed, monkeypatch):
    """Negative control: what was climbed is read before the locks; the table itself then refuses the second."""
    _world, needs = handed
    keys, start, collided = [need.pk for need in needs], threading.Barrier(2), []
    monkeypatch.setattr(queries, "taken_of", lambda _needs: {})

    def run():
        start.wait()
        try:
            commands.climb(need_ids=keys, by=CLOCK, at=URGED)
        except IntegrityError as error:
            collided.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _one in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(collided) == 1
    assert Rung.objects.filter(passed=False).count() == len(needs)  # the unique turn of a clock stands behind the lock


def killed(monkeypatch, after):
    """Let the round die while it makes its papers, once so many transactions are through."""
    made, real = [], commands.make_papers

    def dies(*args, **how):
        made.append(1)
        if len(made) > after:
            raise SystemExit
        return real(*args, **how)

    monkeypatch.setattr(commands, "make_papers", dies)


def test_a_tick_that_is_killed_is_taken_up_by_the_next(handed, monkeypatch):
    _world, needs = handed
    monkeypatch.setattr(tasks, "TOGETHER", 2)
    killed(monkeypatch, after=1)
    with pytest.raises(SystemExit):
        tasks.climb_all(URGED)
    assert Step.objects.filter(act="urged").count() == Paper.objects.count() == 2  # what a kill leaves is whole
    assert faults() == []
    monkeypatch.undo()
    tasks.climb_all(URGED)
    assert Step.objects.filter(act="urged").count() == Paper.objects.count() == len(needs)
    assert faults() == []


@pytest.mark.spoils
def test_papers_made_after_the_transaction_would_be_lost_by_a_kill(handed, monkeypatch):
    """Negative control: the same kill, with the papers in no transaction of the act; the check tells what is missing."""

    def dies():
        raise SystemExit

    monkeypatch.setattr(commands, "make_papers", lambda *_args, **_how: transaction.on_commit(dies))
    with pytest.raises(SystemExit):
        tasks.climb_all(URGED)
    monkeypatch.undo()
    assert {what for _number, what, *_rest in faults()} == {"paper"}


def signed_between(world, need, monkeypatch):
    """Let the bureau sign for the need after the tick has looked and before it locks."""
    real = tasks.climb

    def later_climb(**what):
        if need.pk in what["need_ids"]:
            accept_need(need_id=need.pk, by=User.objects.get(pk=world.handler.pk), at=URGED)
        return real(**what)

    monkeypatch.setattr(tasks, "climb", later_climb)


def test_an_act_between_the_look_and_the_lock_has_its_say(handed, monkeypatch):
    world, needs = handed
    signed_between(world, needs[0], monkeypatch)
    tasks.climb_all(URGED)
    assert not Rung.objects.filter(need=needs[0]).exists()
    assert Rung.objects.filter(passed=False).count() == len(needs) - 1


@pytest.mark.spoils
def test_without_asking_anew_a_unit_that_has_signed_would_be_urged(handed, monkeypatch):
    """Negative control: the need is judged as the look found it."""
    world, needs = handed
    stale = {need.pk: need for need in Need.objects.select_related("holder", "village")}
    real = commands.rungs.reached
    monkeypatch.setattr(commands.rungs, "reached", lambda need, *rest: real(stale[need.pk], *rest))
    signed_between(world, needs[0], monkeypatch)
    tasks.climb_all(URGED)
    assert Rung.objects.filter(need=needs[0], level=2).exists()
