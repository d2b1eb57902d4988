"""Emergencies that are opened at once do not pass the day's limit, and an emergency has one review."""

import threading
from contextlib import suppress

import pytest
from django.db import connection
from django.utils import timezone

from wanjia.orgs.models import User
from wanjia.verdict import Refused

from ..access import commands, rules
from ..models import FileAccess
from .factories import World

AT_ONCE, A_DAY = 6, 3
WORDS = "孩子夜里走失,要找到家里人的电话"


def at_once(does):
    """Do it AT_ONCE times beside each other; return how many passed."""
    passed = []

    def one(turn):
        try:
            does(turn)
            passed.append(turn)
        except Refused:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(turn,)) for turn in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(passed)


def broken_at_once(monkeypatch, patience=0.5):
    """Open emergencies so that each is judged before any is counted, where nothing keeps them apart; the first waits so many seconds for the others."""
    world, judged, judge = World(), threading.Barrier(AT_ONCE), rules.may_break
    by, number = User.objects.get(pk=world.stranger.pk), world.home.number

    def slowly(broken, day):
        verdict = judge(broken, day)
        with suppress(threading.BrokenBarrierError):
            judged.wait(patience)
        return verdict

    monkeypatch.setattr(rules, "may_break", slowly)
    return at_once(lambda _turn: commands.break_glass(home=number, words=WORDS, by=by, at=timezone.now()))


def test_emergencies_opened_at_once_are_counted_one_by_one(races, monkeypatch):
    assert broken_at_once(monkeypatch) == A_DAY


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's transactions are alone by nature")
def test_without_the_lock_more_would_pass(races, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(commands, "hold", lambda name: None)
    assert broken_at_once(monkeypatch, patience=60) > A_DAY


def test_an_emergency_is_reviewed_once(races):
    world = World()
    access = commands.break_glass(home=world.home.number, words=WORDS, by=User.objects.get(pk=world.stranger.pk), at=timezone.now())
    leader = User.objects.get(pk=world.leader.pk)
    what = {"access_id": access.pk, "words": "已向派出所核实", "by": leader, "at": timezone.now()}
    assert at_once(lambda turn: commands.review_break(**what, proper=bool(turn % 2))) == 1
    assert FileAccess.objects.get().reviewed_by == leader
