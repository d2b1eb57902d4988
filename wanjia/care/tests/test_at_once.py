"""Somebody ends an afternoon while somebody else marks a child there: the session does not end over the child, on both databases."""

import threading

import pytest
from django.db import connection, transaction

from tests.house.worlds import World
from wanjia.care import locking
from wanjia.care.classes import commands
from wanjia.care.models import Presence, Session
from wanjia.verdict import Refused

from . import acts_classes as acts

pytestmark = pytest.mark.slow


@pytest.fixture
def race(races):
    """Return what runs both at once, and gives the refusals of whoever ends the session."""
    world = World()
    acts.called(world)
    presence = Presence.objects.get()
    commands.mark_presence(presence_id=presence.pk, result="excused", **acts.who(world))

    def run(patience=2):
        marked, closed, refused = threading.Event(), threading.Event(), []

        def mark():
            with transaction.atomic():
                commands.mark_presence(presence_id=presence.pk, result="present", **acts.who(world))
                marked.set()
                closed.wait(patience)  # whoever ends it waits for this one, who waits for nobody for ever
            connection.close()

        def close():
            marked.wait(10)
            try:
                commands.close_session(session_id=presence.session_id, **acts.who(world))
            except Refused as error:
                refused.append(str(error.reason))
            closed.set()
            connection.close()

        threads = [threading.Thread(target=one) for one in (mark, close)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        return refused

    return run


def test_a_session_does_not_end_over_a_child_who_arrives_at_that_moment(race):
    (refused,) = race()
    assert "不能下课" in refused and Session.objects.get().state == "session_open"


def test_without_the_lock_of_the_session_it_ends_over_the_child(race, monkeypatch):
    """Negative control. SQLite lets one write at a time anyhow."""
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time")
    monkeypatch.setattr(locking, "hold", lambda *_outer, **_within: None)
    assert race(patience=60) == []
    assert (Session.objects.get().state, Presence.objects.get().state) == ("session_closed", "present")
