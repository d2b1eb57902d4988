"""From rows to drafted lines: judged by the referee, filed one by one; who is left at home is told why."""

from datetime import date

import pytest

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.registry.models import Person
from wanjia.schools.buses import commands as buses
from wanjia.schools.models import Bus, BusLine, BusSeat, Rider, School, Unserved
from wanjia.schools.routes import commands as routes
from wanjia.schools.routes import plans
from wanjia.solving.kinds import kind_of
from wanjia.solving.runs import commands as runs
from wanjia.solving.runs import process
from wanjia.solving.standing.commands import activate_plan

from . import acts_buses as acts
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
