"""Numbers are looked up one by one: what is sent at once does not pass the day's limit."""

import threading
from contextlib import suppress

import pytest
from django.db import connection
from django.utils import timezone

from wanjia.verdict import Refused

from ..lookups import commands, rules
from .factories import World

AT_ONCE, A_DAY = 6, 3


def at_once(monkeypatch, by, patience=0.5):
    """Look up AT_ONCE numbers so that each is judged before any is counted, where nothing keeps them apart; return how many passed.

    patience: seconds that the first waits for the others, who do not come where they are kept apart.
    """
    judged, passed, judge = threading.Barrier(AT_ONCE), [], rules.can_look_up

    def slowly(asked):
        verdict = judge(asked)
        with suppress(threading.BrokenBarrierError):
            judged.wait(patience)
        return verdict

    def one(turn):
        try:
            commands.look_up_number(token=f"{turn:016d}", by=by, at=timezone.now())
            passed.append(turn)
        except Refused:
            pass
        finally:
            connection.close()

    monkeypatch.setattr(rules, "A_DAY", A_DAY)
    monkeypatch.setattr(rules, "can_look_up", slowly)
    threads = [threading.Thread(target=one, args=(turn,)) for turn in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(passed)


def test_numbers_looked_up_at_once_are_counted_one_by_one(races, monkeypatch):
    assert at_once(monkeypatch, World().clerk) == A_DAY


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's transactions are alone by nature")
def test_without_the_lock_more_would_pass(races, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(commands, "hold", lambda name: None)
    assert at_once(monkeypatch, World().clerk, patience=60) > A_DAY
