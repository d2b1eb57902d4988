"""A school whose children ride holds a lesson and a drill each term: what is missing is told before its day, what was taken back counts no more."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.policy import school_bus
from wanjia.schools.drills import commands, queries
from wanjia.schools.models import BusDrill, Rider, School

from . import acts_buses as acts
from .acts_drills import drill, telling
from .factories import END, START, school, term

pytestmark = pytest.mark.django_db
DUE = START + timedelta(days=school_bus.in_force(START).drill_days)
TOLD = DUE - timedelta(days=school_bus.in_force(START).drill_warn_days)


@pytest.fixture
def world():
    world = World()
    acts.rider(world)
    term(world)
    return world


def who(world, name="headmaster"):
    return User.objects.get(pk=getattr(world, name).pk)


def alarmed(world, day, name="headmaster"):
    return queries.alarmed(who(world, name), day)


def test_what_is_missing_is_told_before_its_day_and_stays_told_after_it(world):
    assert alarmed(world, TOLD - timedelta(days=1)) == 0
    assert alarmed(world, TOLD) == 2 == alarmed(world, DUE + timedelta(days=20)) == alarmed(world, TOLD, "schools")
    assert alarmed(world, END) == 0, "the term is over"


def test_each_that_was_held_is_told_no_more_and_one_taken_back_is_told_again(world):
    commands.tell_drill(**telling(world), by=who(world), at=MONDAY)
    assert alarmed(world, DUE) == 1
    commands.tell_drill(**telling(world, kind="bus_lesson"), by=who(world), at=MONDAY)
    assert alarmed(world, DUE) == 0
    commands.take_back_drill(bus_drill_id=BusDrill.objects.get(kind="bus_drill").pk, reason="记错了学校", by=who(world), at=MONDAY)
    assert alarmed(world, DUE) == 1
    commands.tell_drill(**telling(world), by=who(world), at=MONDAY)
    assert alarmed(world, DUE) == 0, "written down rightly on the same day"


def test_a_school_where_nobody_rides_owes_nothing(world):
    Rider.objects.update(to_on=START)
    assert alarmed(world, DUE) == 0 and queries.owed(School.objects.all(), DUE) == []


def test_the_next_term_asks_anew(world):
    drill(world)
    drill(world, kind="bus_lesson")
    term(world, name="2027年春季学期")
    from wanjia.schools.models import Term

    spring = Term.objects.create(area=world.county, name="2027年春", from_on=END + timedelta(days=40), to_on=END + timedelta(days=180))
    assert alarmed(world, spring.from_on + timedelta(days=60)) == 2


def test_the_pages_show_it_and_offer_it_to_whoever_keeps_the_riders(world, client):
    drill(world)
    client.force_login(who(world))
    shown = client.get(reverse("schools:bus_drills")).content.decode()
    assert "从安全门撤离" in shown and reverse("schools:bus_drill_new", args=[school(world).pk]) in shown
    client.force_login(who(world, "leader"))
    shown = client.get(reverse("schools:bus_drills")).content.decode()
    assert "从安全门撤离" in shown and reverse("schools:bus_drill_new", args=[school(world).pk]) not in shown
