"""From rows to drafted lines: judged by the referee, filed one by one; who is left at home is told why."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.policy import school_bus
from wanjia.registry.models import Person
from wanjia.schools.buses import commands as buses
from wanjia.schools.models import Bus, BusLine, BusSeat, BusStop, Rider, School, Unserved
from wanjia.schools.riders import queries
from wanjia.schools.routes import commands as routes
from wanjia.schools.routes import plans
from wanjia.solving.kinds import kind_of
from wanjia.solving.models import Plan
from wanjia.solving.runs import commands as runs
from wanjia.solving.runs import process
from wanjia.solving.standing.commands import activate_plan

from . import acts_buses as acts
from . import bus_morning
from .factories import bell, school, term

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()
GATE = (28.2, 103.6)


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(runs, "start_process", lambda *_words: None)
    monkeypatch.setattr(plans, "CPU_S", 2.0)
    found = World()
    School.objects.filter(pk=school(found).pk).update(lat=GATE[0], lon=GATE[1])
    term(found)
    bell(found)
    acts.line(found)
    return found


def riders(world, *doors):
    """Children of these doors, who ride to the school."""
    made = []
    for n, (lat, lon) in enumerate(doors):
        child = Person.objects.create(name=f"学生{n}", birth_on=date(2016, 1, 1), schooling="primary", village=world.datong, registered_at=MONDAY)
        made.append(Rider.objects.create(child=child, school=school(world), area=world.datong, lat=lat, lon=lon, asked_by="某", recorded_at=MONDAY, from_on=acts.START))
    return made


def drawn(world):
    plan = routes.plan_routes(operator_id=acts.operator(world).pk, day=DAY, yard="28.2,103.6", **acts.who(world))
    return process.run(plan)


def test_lines_are_drafts_until_each_is_filed(world):
    some = riders(world, (28.21, 103.6), (28.21, 103.6), (28.22, 103.61))
    plan = drawn(world)
    assert plan.state == "ready", plan.fault
    assert plan.words["homes"] == plan.words["served"] == 2 and plan.words["children"] == 3 and plan.words["longest"] <= 75
    line = BusLine.objects.get(plan=plan)
    assert line.filed_on is None and [stop.at.hour < 8 for stop in line.stops.all()] == [True, True]
    assert BusSeat.objects.filter(drafted=True).count() == 3 and not BusSeat.objects.filter(drafted=False).exists()
    activate_plan(plan_id=plan.pk, **acts.who(world))
    buses.file_line(bus_line_id=line.pk, filed_on=DAY, **acts.who(world))
    assert set(BusSeat.objects.filter(drafted=False, to_on=None).values_list("rider", flat=True)) == {one.pk for one in some}


def test_a_home_too_far_away_is_left_and_told_why(world):
    far = riders(world, (28.21, 103.6), (29.2, 103.6))[1]
    plan = drawn(world)
    assert plan.state == "ready", plan.fault
    assert plan.words["served"] == 1
    left = Unserved.objects.get(plan=plan)
    assert left.rider == far and left.zh and left.en


def test_children_whom_no_seat_is_left_for_are_told_how_many_seats_are_missing(world):
    Bus.objects.update(seats=3)
    riders(world, (28.21, 103.6), (28.9, 103.6))
    plan = drawn(world)
    assert plan.state == "ready", plan.fault
    assert BusSeat.objects.filter(drafted=True).count() <= plan.words["served"]


def test_the_referee_finds_a_bus_that_is_too_full(world):
    """The negative control of the judge: the answer for a big bus, asked of a small one."""
    riders(world, (28.21, 103.6), (28.22, 103.61), (28.23, 103.61))
    plan = drawn(world)
    kind = kind_of(plan)
    posed = kind.build(plan)
    answer = kind.solve(posed, process.Control(seconds=5))
    assert not kind.judge(posed, answer)
    Bus.objects.update(seats=3)
    assert kind.judge(kind.build(plan), answer)


def kept(plan):
    """The second book, by rows alone: each drafted line's seats, rides and bell, driven by the same estimate of the road. Returns (children, longest ride in minutes)."""
    children, longest, numbers = 0, 0, school_bus.in_force(DAY)
    for line in BusLine.objects.filter(plan=plan).select_related("bus", "school").prefetch_related("stops__seats"):
        stops = sorted(line.stops.all(), key=lambda one: one.turn)
        n = sum(len(one.seats.all()) for one in stops)
        assert 0 < n <= line.bus.seats - 2, f"{line.bus}: {n} children"
        doors = [(one.lat, one.lon) for one in stops] + [(line.school.lat, line.school.lon)]
        legs = plans.measured(doors, numbers).seconds
        at = [datetime.combine(DAY, one.at) for one in stops]
        stands = [numbers.stop_seconds + numbers.child_seconds * len(one.seats.all()) for one in stops]
        for k in range(1, len(stops)):  # a time of a stop is told in whole minutes, never later than it is
            assert at[k] + timedelta(seconds=60) > at[k - 1] + timedelta(seconds=stands[k - 1] + int(legs[k - 1][k]) - 60)
        there = at[-1] + timedelta(seconds=stands[-1] + int(legs[-2][-1]))
        assert there <= datetime.combine(DAY, bus_morning.BELL), f"{line.bus} after the bell"
        children, longest = children + n, max(longest, (there - at[0]).total_seconds() / 60)
    return children, longest


@pytest.mark.slow
def test_a_morning_of_260_homes_from_rows(world, monkeypatch):
    """The issue's own size: whom rules let ride rides, nobody longer than 75 minutes or after the bell, and each home that stays behind is told why."""
    monkeypatch.setattr(plans, "CPU_S", 30.0)
    Bus.objects.update(to_on=DAY)
    every = bus_morning.morning(world)
    plan = process.run(routes.plan_routes(operator_id=acts.operator(world).pk, day=DAY, yard=bus_morning.yard(), **acts.who(world)))
    assert plan.state == "ready", plan.fault
    print(dict(plan.words), "left", Unserved.objects.filter(plan=plan).count())
    children, longest = kept(plan)
    assert longest <= 75 + 1 and plan.words["longest"] <= 75
    assert plan.words["homes"] > 240 and plan.words["served"] >= 0.98 * plan.words["most"]
    assert children == plan.words["children"] == BusSeat.objects.filter(drafted=True, stop__line__plan=plan).values("rider").distinct().count()
    left = Unserved.objects.filter(plan=plan)
    assert children + left.count() == len(every), "every child has a seat or a reason"
    assert all(one.zh and one.en for one in left) and not left.filter(rider__in=BusSeat.objects.values("rider")).exists()


def test_a_seat_is_given_on_a_line_that_an_engine_drew_once_it_is_filed(world):
    some = riders(world, (28.21, 103.6), (28.22, 103.61))
    plan = drawn(world)
    stops = BusStop.objects.filter(line__plan=plan)
    assert not queries.stops(some[0], None, DAY).filter(pk__in=stops).exists(), "a draft is no seat"
    activate_plan(plan_id=plan.pk, **acts.who(world))
    for line in BusLine.objects.filter(plan=plan):
        buses.file_line(bus_line_id=line.pk, filed_on=DAY, **acts.who(world))
    assert set(queries.stops(some[0], None, DAY)) >= set(stops)


def test_a_line_that_begins_later_takes_its_children_over_on_its_day(world):
    one = riders(world, (28.21, 103.6))[0]
    old = BusSeat.objects.create(rider=one, stop=acts.line(world).stops.first(), from_on=acts.START)
    plan = drawn(world)
    begins = DAY + timedelta(days=5)
    BusLine.objects.filter(plan=plan).update(from_on=begins)
    buses.file_line(bus_line_id=BusLine.objects.get(plan=plan).pk, filed_on=DAY, **acts.who(world))
    old.refresh_from_db()
    assert (old.to_on, BusSeat.objects.get(rider=one, to_on=None).from_on) == (begins, begins), "a child is never without a seat between two lines"


def test_a_version_of_something_else_has_no_lines(world):
    riders(world, (28.21, 103.6))
    plan, client = drawn(world), Client()
    client.force_login(world.schools, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("schools:bus_plan", args=[plan.pk])
    assert client.get(page).status_code == 200
    Plan.objects.filter(pk=plan.pk).update(kind="gate_roster")
    assert client.get(page).status_code == 404


def test_who_has_no_door_is_told_what_is_missing(world):
    one, other = riders(world, (28.21, 103.6), (28.22, 103.61))
    Rider.objects.filter(pk=other.pk).update(lat=None, lon=None)
    plan = drawn(world)
    assert (plan.state, plan.words["unplaced"], plan.words["served"]) == ("ready", 1, 1)
    left = Unserved.objects.get(plan=plan)
    assert (left.rider, left.kind) == (other, "door") and "位置" in left.zh and left.en
    assert not Unserved.objects.filter(rider=one).exists()
