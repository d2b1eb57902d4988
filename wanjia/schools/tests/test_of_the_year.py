"""What is told of late is counted in one year, and once; what came on a list later is no debt of the days before."""

from datetime import date, timedelta

import pytest

from tests.house.worlds import World
from wanjia.kernel.calendar import day_start
from wanjia.kernel.tests.tried import MONDAY
from wanjia.reporting.figures.queries import figures
from wanjia.schools.lessons.queries import hours_of
from wanjia.schools.models import Hazard, LawLesson, NoticeReceipt, NoticeStep, RoadOperation, RoundVenue
from wanjia.schools.venues import commands as venues

from .factories import school
from .inspection_factories import DAY, leader, looked, round_of, stop
from .lesson_factories import lesson, vice
from .notice_factories import notice, receipt, step
from .road_factories import operation

pytestmark = pytest.mark.django_db
FOUND, TOLD = date(2026, 12, 30), day_start(date(2027, 1, 4)) + timedelta(hours=9)  # found in December, told in January
OLD, NEW = date(2026, 12, 31), date(2027, 1, 31)


@pytest.fixture
def world():
    return World()


def counted(model, figure):
    """How many a figure counts at the end of the old year, and in the new one."""
    return tuple(next(one for one in figures(model.objects.all(), None, day) if one["id"] == figure)["n"] for day in (OLD, NEW))


def a_hazard(world, on, told):
    inspection = looked(world, day=on, recorded_at=told)
    given = {"words": "安全出口上锁", "basis": "消防法", "grade": "ordinary", "owner": inspection.for_unit, "measure": "打开", "answers": "店长", "due_on": NEW, "code": "exits"}
    return Hazard.objects.create(inspection=inspection, county=world.county, year=told.year, serial=1, found_on=on, **given)


def a_lesson(world, on, told):
    return lesson(world, day=on, recorded_at=told)


def a_step(world, on, told):
    return step(world, day=on, taken_at=told)


def an_operation(world, on, told):
    return operation(world, day=on, made_at=told)


LATE = [(a_hazard, Hazard, "hazards.found"), (a_lesson, LawLesson, "law_lessons.held"), (a_step, NoticeStep, "notice_steps.taken"), (an_operation, RoadOperation, "roads.held")]


@pytest.mark.parametrize(("make", "model", "figure"), LATE)
def test_what_is_found_in_december_and_told_in_january_is_of_the_new_year(world, make, model, figure):
    make(world, FOUND, TOLD)
    assert counted(model, figure) == (0, 1), "the old year was over, and nobody had told of it; in no year it would be lost"


@pytest.mark.parametrize(("make", "model", "figure"), LATE)
def test_what_is_told_in_time_is_of_the_year_in_which_it_was_found(world, make, model, figure):
    """Negative control."""
    make(world, FOUND, day_start(FOUND) + timedelta(hours=12))
    assert counted(model, figure) == (1, 0)


def test_what_is_planned_ahead_is_of_the_year_of_its_day(world):
    """An operation of January that is entered in December."""
    operation(world, day=NEW, made_at=day_start(FOUND))
    assert counted(RoadOperation, "roads.held") == (0, 1)


def test_hours_of_a_lesson_that_is_told_late_count_once(world):
    vice(world)
    lesson(world, day=FOUND, recorded_at=TOLD, hours=2)
    assert hours_of([school(world)], OLD) == {} and hours_of([school(world)], NEW) == {school(world).pk: 2}


def test_a_place_that_comes_on_a_list_later_was_no_debt_of_the_days_before(world):
    """A KTV is entered four days after the notice went out, a net bar while the round goes on: what was told of the first days stands."""
    receipt(world)
    stop(world)
    later = MONDAY + timedelta(days=4)
    given = {"area": world.datong, "address": "大同街9号", "by": leader(world), "at": later}
    made = [venues.enter_venue(kind=kind, name=name, **given) for kind, name in (("ktv", "后来的KTV"), ("netbar", "后来的网吧"))]
    assert notice(world).receipts.filter(venue=made[0]).exists() and round_of(world).stops.filter(venue=made[1]).exists()
    for model, figure in ((NoticeReceipt, "receipts.due"), (RoundVenue, "stops.listed")):
        before, after = (next(one for one in figures(model.objects.all(), None, day) if one["id"] == figure)["n"] for day in (DAY, later.date()))
        assert (before, after) == (1, 2)
