"""The same need of one home, written by several at the same moment: one is, the others are asked whether theirs is another."""

import threading

import pytest
from django.db import connection

from ..intake import commands
from ..intake.rules import SameNeed
from ..models import Need
from .factories import MONDAY, World

pytestmark = pytest.mark.slow
CROWD = 6


def written_at_once(world, **facts):
    """Let a crowd write one sentence; return (how many were written, how many were asked)."""
    asked, start = [], threading.Barrier(CROWD)

    def write():
        start.wait()
        try:
            world.need(category="road", summary="路断了", another=False, **facts)
        except SameNeed as refusal:
            asked.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _one in range(CROWD)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return Need.objects.filter(category="road").count(), len(asked)


@pytest.mark.parametrize("home", ["of the register", "by name"])
def test_one_is_written_and_the_others_are_asked(races, home):
    facts = {} if home == "of the register" else {"household": None}
    assert written_at_once(World(), at=MONDAY, **facts) == (1, CROWD - 1)


def test_without_the_turn_they_are_all_written(races, monkeypatch):
    """Negative control, where two transactions overlap at all: on SQLite every writer is alone."""
    if connection.vendor == "sqlite":
        pytest.skip("writers are alone by nature")
    looked, judge = threading.Barrier(CROWD), commands.rules.be_another

    def judged(*what):
        judge(*what)
        looked.wait(60)

    monkeypatch.setattr(commands, "hold", lambda _name: None)
    monkeypatch.setattr(commands.rules, "be_another", judged)
    written, _asked = written_at_once(World(), at=MONDAY)
    assert written > 1
