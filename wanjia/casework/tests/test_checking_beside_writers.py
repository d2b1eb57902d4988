"""`wanjia check` reads one moment of the database: acts that go through between two of its questions raise no false alarm."""

import contextlib
import threading

import pytest
from django.db import connection

from wanjia.casework.models import Need, Step
from wanjia.casework.tests.factories import MONDAY, World, later
from wanjia.orgs.checking import queries
from wanjia.orgs.checking.queries import checked, differences
from wanjia.orgs.checking.reading import one_view

from .wander import Wanderer


class Beside:
    """After each question of this thread's connection another one does an act, until `acts` are done. fell: what it could not do."""

    def __init__(self, acts):
        self.walker, self.left, self.fell = Wanderer(World(), 1), acts, []
        for hour in range(12):
            self.walker.step(later(hours=hour))

    def __call__(self, execute, *question):
        answer = execute(*question)
        if self.left and question[0].lstrip().startswith("SELECT"):
            self.left -= 1
            one = threading.Thread(target=self._act, args=(later(days=1, hours=-self.left / 10),))
            one.start()
            one.join()
        return answer

    def _act(self, at):
        try:
            self.walker.step(at)
        except Exception as fault:  # a thread's end would be noticed by nobody
            self.fell.append(f"{type(fault).__name__}: {fault}")
        finally:
            connection.close()


def look(acts=30):
    """Check while somebody acts after each question; return (differences, lines written meanwhile)."""
    beside = Beside(acts)
    before = Step.objects.count()
    with connection.execute_wrapper(beside):
        found = list(differences(later(days=20)))
    assert (beside.fell, beside.left) == ([], 0)
    return found, Step.objects.count() - before


def test_acts_between_two_questions_raise_no_alarm(races):
    found, written = look()
    assert written > 20
    assert [one.plain() for one in found] == []


def test_without_the_one_view_they_do(races, monkeypatch):
    """Negative control. Where a need is recorded meanwhile, it even broke: lines of a need that it had not read."""
    monkeypatch.setattr(queries, "one_view", contextlib.nullcontext)
    try:
        found, _written = look()
    except KeyError:
        return
    assert any(one.kind == "need" for one in found)


def needs_checked():
    return {name: n for name, _words, n in checked()}["needs"]


def test_what_is_counted_is_what_was_checked(races):
    """The command tells how many needs it checked: those of the same moment, without holding up who acts."""
    world = World()
    world.need(at=MONDAY)
    fell = []

    def record():
        try:
            world.need(at=later(hours=1))
        except Exception as fault:
            fell.append(fault)
        finally:
            connection.close()

    with one_view():
        assert list(differences(later(days=1))) == []
        writer = threading.Thread(target=record)
        writer.start()
        writer.join()
        assert needs_checked() == Need.objects.count() == 1
    assert (fell, needs_checked()) == ([], 2)


def test_acts_ask_for_the_one_place_again_afterwards(races):
    """Only the check begins without it: an act that did would be thrown out in its middle when somebody else was quicker."""
    connection.ensure_connection()
    mode = getattr(connection, "transaction_mode", None)
    assert mode == {"sqlite": "IMMEDIATE", "postgresql": None}[connection.vendor]
    with pytest.raises(LookupError), one_view():
        raise LookupError
    assert getattr(connection, "transaction_mode", None) == mode
