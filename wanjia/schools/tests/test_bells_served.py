"""A bell that no line serves while children ride is told once, to a person, on the working day before; it is settled when a line serves it; the desk and the page say it."""

from datetime import date, datetime, time, timedelta

import pytest

from tests.house.worlds import World
from wanjia.kernel.calendar import CHINA
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.registry.models import Person
from wanjia.schools.buses import commands as buses
from wanjia.schools.models import Bell, BellAlarm, Bus, BusLine, BusStop, Rider, SchoolDay
from wanjia.schools.riding import bells
from wanjia.schools.riding.commands import look_for_lines
from wanjia.verdict import Refused

from . import acts_buses as acts
from .factories import bell, school

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 6)
BEFORE = FRIDAY - timedelta(days=1)


@pytest.fixture
def world():
    world = World()
    acts.runs_today(world)
    return world


def china(day, hour, minute=0):
    return datetime.combine(day, time(hour, minute), CHINA)


def look(day, hour=9):
    return look_for_lines(by=CLOCK, at=china(day, hour))


def short_friday(world):
    """On Fridays the school goes home at one o'clock: the line that waits at six serves nobody."""
    Bell.objects.update(weekdays="1234")
    return bell(world, weekdays="5", leaves=time(13))


def told():
    return [(one.day, one.at, one.going, one.riders) for one in BellAlarm.objects.filter(settled_at=None)]


def test_what_a_line_serves_is_told_to_nobody(world):
    assert look(BEFORE) == 0 and look(FRIDAY, 6) == 0


def test_a_short_friday_is_told_on_the_day_before_once_to_whoever_draws_lines(world):
    short_friday(world)
    assert look(BEFORE, 7) == 0, "not yet"
    assert look(BEFORE, 8) == 1 and look(BEFORE, 17) == 0 and look(FRIDAY, 6) == 0, "once"
    assert told() == [(FRIDAY, time(13), True, 1)]
    assert BellAlarm.objects.get().person == world.schools


def test_a_sunday_bell_is_told_on_friday(world):
    Person.objects.update(boards=True)
    bell(world, weekdays="7", boarders=True, arrives=time(18), leaves=None)
    Bell.objects.filter(boarders=False).delete()
    assert look(FRIDAY) == 1
    assert told() == [(FRIDAY + timedelta(days=2), time(18), False, 1)]


def test_a_bell_that_is_set_on_the_day_is_told_at_once_and_not_after_it(world):
    short_friday(world)
    assert look(FRIDAY, 14) == 0, "the children are gone"
    assert look(FRIDAY, 12) == 1


def test_a_line_that_serves_it_settles_it_and_its_end_tells_it_anew(world):
    short_friday(world)
    look(BEFORE)
    line = acts.beside(world, times=(time(7), time(13, 20)))
    assert look(BEFORE, 10) == 0 and told() == []
    buses.end_line(bus_line_id=line.pk, to_on=FRIDAY, **acts.who(world))
    look(BEFORE, 11)
    assert len(told()) == 1, "the same bell, open again"
    SchoolDay.objects.create(area=world.county, day=FRIDAY, kind="free", words="放假", recorded_at=MONDAY)
    look(BEFORE, 12)
    assert told() == [], "nobody has school"


@pytest.mark.parametrize("spoil", [
    lambda: Bus.objects.update(to_on=FRIDAY), lambda: BusLine.objects.update(to_on=FRIDAY), lambda: BusStop.objects.update(at=time(11), back_at=time(21)),
])  # fmt: skip
def test_a_line_that_is_not_there_serves_nothing(world, spoil):
    spoil()
    look(BEFORE)
    assert [one[1:3] for one in told() if one[0] == FRIDAY] == [(time(7, 30), False), (time(17, 40), True)]


@pytest.mark.parametrize("spoil", [lambda: Rider.objects.update(to_on=FRIDAY), lambda: Person.objects.update(died_on=BEFORE), lambda: Person.objects.update(grade="五年级")])
def test_where_nobody_waits_nothing_is_told(world, spoil):
    short_friday(world)
    Bell.objects.filter(leaves=time(13)).update(grades="4")
    spoil()
    assert look(BEFORE) == 0


def test_a_child_of_no_known_grade_waits(world):
    short_friday(world)
    Bell.objects.filter(leaves=time(13)).update(grades="3")
    Person.objects.update(grade="")
    assert look(BEFORE) == 1


def test_boarders_wait_at_their_own_bells_alone(world):
    bell(world, weekdays="5", boarders=True, arrives=None, leaves=time(13))
    Person.objects.update(boards=False)
    assert look(BEFORE) == 0, "a day pupil goes home at the other bell"
    Person.objects.update(boards=True)
    BusStop.objects.update(back_at=time(13, 10), at=time(12))
    assert look(BEFORE) == 0, "nor does a boarder wait at a day pupil's bells"


def test_the_desk_and_the_page_say_it_to_whoever_keeps_riders_there_alone(world, client):
    short_friday(world)
    look(BEFORE)
    at = china(BEFORE, 10)
    assert [one.school for one in bells.open_now(User.objects.get(pk=world.headmaster.pk), at)] == [school(world)]
    assert len(bells.open_now(User.objects.get(pk=world.schools.pk), at)) == 1
    assert bells.open_now(acts.of_a_neighbour(world), at) == [] == bells.open_now(User.objects.get(pk=world.attendant.pk), at)
    assert bells.open_now(User.objects.get(pk=world.schools.pk), china(FRIDAY, 14)) == [], "it is over"


def test_only_the_clock_looks(world):
    with pytest.raises(Refused, match="不由人代看"):
        look_for_lines(by=world.schools, at=MONDAY)


def test_without_the_look_nobody_is_told(world):
    """The negative control."""
    short_friday(world)
    assert told() == []
