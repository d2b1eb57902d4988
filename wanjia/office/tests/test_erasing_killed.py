"""Killed in the middle of an erasure: the office is whole, and the list outside says whether it still has to be done."""

import os
import signal

import pytest
from django.db import connections

from wanjia.kernel.erasure import WORD
from wanjia.kernel.models import ErasureLine
from wanjia.office.erasing import commands, queries
from wanjia.registry.models import Person

from .erased_world import Planted
from .test_erasing import erase


@pytest.fixture
def office(races, tmp_path, monkeypatch, django_db_blocker):
    monkeypatch.setattr(queries, "orders_path", lambda: tmp_path / queries.FILE)
    with django_db_blocker.unblock():
        yield Planted()


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def killed(office, where):
    """Erase in a process of its own that dies before or after the order is written; return how it ended."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        append = commands._append
        commands._append = {
            "before": lambda *given: die(), "after": lambda *given: (append(*given), die()), "never": append,
        }[where]  # fmt: skip
        try:
            erase(office)
            connections.close_all()
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitpid(child, 0)[1]


@pytest.mark.parametrize(("where", "ordered"), [("before", 0), ("after", 1)])
def test_a_killed_erasure_is_nothing_and_the_order_says_whether_it_is_due(office, where, ordered):
    assert os.WTERMSIG(killed(office, where)) == signal.SIGKILL
    assert (Person.objects.get(pk=office.person.pk).name, ErasureLine.objects.count()) == (office.person.name, 0)
    assert (len(queries.orders()), len(queries.waiting())) == (ordered, ordered)
    erase(office)  # the same command again
    assert Person.objects.get(pk=office.person.pk).name == WORD
    assert queries.waiting() == []


def test_one_that_nobody_kills_is_whole(office):
    """The negative control."""
    assert killed(office, "never") == 0
    assert (Person.objects.get(pk=office.person.pk).name, len(queries.orders()), queries.waiting()) == (WORD, 1, [])
