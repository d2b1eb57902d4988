"""One vehicle, one driver, one attendant is on one open roll at one hour."""

from datetime import time, timedelta

import pytest

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.schools.models import Attendant, Bus, BusDriver, Operator
from wanjia.schools.riding import commands as riding
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
