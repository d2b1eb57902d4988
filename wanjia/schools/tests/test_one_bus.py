"""One vehicle, one driver, one attendant is on one open roll at one hour: also when two open theirs at one moment, on both databases."""

import threading
from datetime import time, timedelta

import pytest
from django.db import connection, transaction

from tests.house.worlds import World
from wanjia.kernel.tests.crowds import wait_for
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.schools.models import Attendant, Bus, BusDriver, BusTrip, Operator
from wanjia.schools.riding import commands as riding
from wanjia.schools.riding import once
from wanjia.verdict import Refused

from . import acts_buses as acts

NEXT = MONDAY.date() + timedelta(days=1)
SENTENCE = "同一时间还在“大岩子—中心校”上点名"
OTHERS = ("bus", "driver", "attendant")


@pytest.fixture
def world(db):
    return World()


def another(world):
    """A vehicle, a driver and an attendant that are not those of the line."""
    bus, driver, one = acts.bus(world), acts.driver(world), acts.attendant(world)
    Bus.objects.filter(pk=bus.pk).update(plate="云C00001")
    twin = Bus.objects.get(pk=bus.pk)
    Bus.objects.filter(pk=bus.pk).update(plate="云C12345")
    twin.pk, twin._state.adding = None, True
    twin.save()
    crew = User.objects.create(username="zhaoguan2", name="另一位照管员")
    return {
        "bus": twin, "driver": BusDriver.objects.create(operator=driver.operator, name="马师傅", phone="13887000032", born_on=driver.born_on, licensed_on=driver.licensed_on, reviewed_on=driver.reviewed_on, from_on=acts.START),
        "attendant": Attendant.objects.create(operator=one.operator, user=crew, checked_on=one.checked_on, from_on=acts.START),
    }  # fmt: skip


def opens(world, line, way="to_school", day=None):
    return riding.open_trip(bus_line_id=line.pk, way=way, day=day, **acts.who(world))


@pytest.mark.parametrize("shared", OTHERS)
def test_what_is_on_one_open_roll_is_on_no_other_of_its_hour(world, shared):
    free = another(world)
    acts.opened(world)
    line = acts.beside(world, **{name: free[name] for name in OTHERS if name != shared})
    with pytest.raises(Refused, match=SENTENCE):
        opens(world, line)
    acts.closed(world, None)
    assert opens(world, line).pk, "the first roll is over"


def test_whoever_shares_nothing_is_in_nobody_s_way(world):
    free = another(world)
    acts.opened(world)
    assert opens(world, acts.beside(world, **free)).pk


def test_the_vehicle_drives_another_line_at_another_hour(world):
    acts.opened(world)
    one = acts.line(world)
    assert opens(world, acts.beside(world, times=(time(7, 40), time(17, 40)))).pk, "two schools one after the other"
    assert opens(world, one, way="home").pk, "the way home is not the way to school"
    assert opens(world, one, day=NEXT).pk, "the roll of tomorrow is opened the evening before"


def test_lines_that_touch_a_minute_meet(world):
    acts.opened(world)
    with pytest.raises(Refused, match=SENTENCE):
        opens(world, acts.beside(world, times=(time(7, 15), None)))


def test_where_no_times_are_written_two_trips_the_same_way_meet(world):
    acts.opened(world, "home")
    line = acts.beside(world, times=(time(6, 0), None))
    with pytest.raises(Refused, match=SENTENCE):
        opens(world, line, way="home")
    assert opens(world, line).pk


def test_an_attendant_is_one_person_at_two_operators(world):
    """The record of another operator is no second pair of eyes."""
    free = another(world)
    acts.opened(world)
    Attendant.objects.filter(user=world.attendant).update(to_on=MONDAY.date() + timedelta(days=30))
    other = Attendant.objects.create(operator=Operator.objects.create(area=world.county, name="另一家", contact="某", from_on=acts.START), user=world.attendant, checked_on=acts.START, from_on=acts.START)
    with pytest.raises(Refused, match=SENTENCE):
        opens(world, acts.beside(world, bus=free["bus"], driver=free["driver"], attendant=other))


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
