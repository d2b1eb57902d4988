"""Two rolls that share a crew are opened at one moment: one of them stands, on both databases."""

import threading

import pytest
from django.db import connection, transaction

from tests.house.worlds import World
from wanjia.kernel.tests.crowds import wait_for
from wanjia.schools.models import BusTrip
from wanjia.schools.riding import once
from wanjia.verdict import Refused

from . import acts_buses as acts
from .test_one_bus import SENTENCE, another, opens


@pytest.fixture
def race(races):
    """Return what opens both rolls at once, and gives the refusals of whoever came second."""
    world = World()
    acts.runs_today(world)
    one = acts.line(world)
    line = acts.beside(world, bus=another(world)["bus"])  # they share the crew alone

    def run(patience=2):
        opened, done, refused = threading.Event(), threading.Event(), []

        def first():
            with transaction.atomic():
                opens(world, one)
                opened.set()
                wait_for(done, patience)  # whoever comes second waits for this one, who waits for nobody for ever
            connection.close()

        def second():
            opened.wait(10)
            try:
                opens(world, line)
            except Refused as error:
                refused.append(str(error.reason))
            done.set()
            connection.close()

        threads = [threading.Thread(target=opens_one) for opens_one in (first, second)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return refused

    return run


@pytest.mark.slow
def test_two_who_open_at_one_moment_have_one_roll(race):
    (refused,) = race()
    assert SENTENCE in refused and BusTrip.objects.count() == 1


@pytest.mark.slow
def test_without_the_lock_one_crew_is_on_two_rolls(race, monkeypatch):
    """Negative control. SQLite lets one write at a time anyhow."""
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time")
    monkeypatch.setattr(once, "hold", lambda _line: None)
    assert race(patience=60) == [] and BusTrip.objects.count() == 2
