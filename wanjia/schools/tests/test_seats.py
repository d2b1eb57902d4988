"""Which seats are due: from the version in force and the bells of the day; a new version changes nothing before its first day."""

from datetime import date, time, timedelta

import pytest

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.schools.models import Bell, PlanVersion, SchoolDay
from wanjia.schools.plan_states import Party, PlanState
from wanjia.schools.plans.posts import plans_between, seats

from .factories import END, START, bell, gate, school, term
from .plan_factories import plan, post

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 4)  # a Wednesday
NEXT = DAY + timedelta(days=1)


@pytest.fixture
def world():
    world = World()
    term(world)
    bell(world)
    gate(world)
    return world


def due(world, first=DAY, end=NEXT):
    return list(seats([school(world)], first, end))


def test_each_party_has_its_seats_around_each_bell(world):
    one = plan(world)
    post(world, one, parents=2)
    post(world, one, going=True, before=10, guards=2)
    found = due(world)
    came = [(one.party, one.n, one.from_at, one.to_at) for one in found if not one.going]
    assert came == [(party, n, time(7, 10), time(7, 50)) for party, n in ((Party.POLICE, 1), (Party.GUARD, 1), (Party.TEACHER, 1), (Party.PARENT, 1), (Party.PARENT, 2))]
    assert [(one.party, one.n, one.from_at, one.to_at) for one in found if one.going] == [
        (party, n, time(17, 30), time(18)) for party, n in ((Party.POLICE, 1), (Party.GUARD, 1), (Party.GUARD, 2), (Party.TEACHER, 1))
    ]
    assert [one.party for one in found if not one.needed] == [Party.PARENT] * 2, "parents are never counted on"
    assert len({one.key for one in found}) == len(found)


def test_no_school_no_seats(world):
    post(world, plan(world))
    assert due(world) and not due(world, date(2026, 11, 7), date(2026, 11, 9)) and not due(world, END, END + timedelta(days=20))
    SchoolDay.objects.create(area=world.county, day=DAY, kind="free", words="放假", recorded_at=MONDAY)
    assert not due(world)


def test_a_new_version_on_a_wednesday_alters_nothing_before_it(world):
    old = plan(world)
    post(world, old)
    before = due(world, DAY - timedelta(days=2), DAY)
    PlanVersion.objects.filter(pk=old.pk).update(state=PlanState.REPLACED, to_on=DAY)
    post(world, plan(world, 2, from_on=DAY), guards=3, before=30)
    assert due(world, DAY - timedelta(days=2), DAY) == before and before
    assert {one.post.plan.number for one in due(world, DAY - timedelta(days=2), DAY + timedelta(days=2)) if one.day >= DAY} == {2}
    assert [one.from_at for one in due(world) if one.party == Party.GUARD] == [time(7)] * 3


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.HANDED])
def test_what_is_not_signed_asks_for_nobody(world, state):
    post(world, plan(world, state=state))
    assert due(world) == []


def test_a_version_that_never_held_asks_for_nobody(world):
    post(world, plan(world, state=PlanState.REPLACED, from_on=DAY, to_on=DAY))
    assert due(world) == [] and plans_between([school(world)], DAY, NEXT) == {}


def test_staggered_grades_that_touch_are_one_window_and_apart_are_two(world):
    Bell.objects.all().delete()
    bell(world, grades="1 2 3", leaves=time(16, 30))
    late = bell(world, grades="4 5 6", leaves=time(17))
    post(world, plan(world), going=True)
    assert {(one.from_at, one.to_at) for one in due(world)} == {(time(16, 10), time(17, 20))}
    Bell.objects.filter(pk=late.pk).update(leaves=time(17, 40))
    assert {(one.from_at, one.to_at) for one in due(world)} == {(time(16, 10), time(16, 50)), (time(17, 20), time(18))}


def test_a_post_of_some_grades_stands_for_these_alone(world):
    Bell.objects.all().delete()
    bell(world, grades="1 2 3", leaves=time(16, 30))
    bell(world, grades="4 5 6", leaves=time(17, 40))
    post(world, plan(world), going=True, grades="5")
    assert {(one.from_at, one.to_at) for one in due(world)} == {(time(17, 20), time(18))}


def test_a_gate_that_is_shut_is_not_guarded(world):
    post(world, plan(world))
    school(world).gates.update(to_on=DAY)
    assert due(world, DAY - timedelta(days=1), DAY) and not due(world)


@pytest.mark.parametrize(("facts", "is_so"), [({"kind": "reinforced"}, True), ({"kind": "exam"}, True), ({}, False)])
def test_exams_and_days_that_the_calendar_names_are_reinforced(world, facts, is_so):
    post(world, plan(world))
    if facts:
        SchoolDay.objects.create(area=world.county, day=DAY, words="某日", recorded_at=MONDAY, **facts)
    assert {one.reinforced for one in due(world)} == {is_so}


def test_the_first_days_of_a_term_are_reinforced(world):
    post(world, plan(world))
    assert {one.day: one.reinforced for one in due(world, START, START + timedelta(days=4))} == {
        START: True, START + timedelta(days=1): True, START + timedelta(days=2): True, START + timedelta(days=3): False,
    }  # fmt: skip


def test_however_many_days_are_asked_the_rows_are_read_once(world, django_assert_num_queries):
    one = plan(world)
    post(world, one)
    post(world, one, going=True)
    asked = [school(world)]
    with django_assert_num_queries(7):  # the year (4), versions, their posts, the gates of these
        assert len(list(seats(asked, START, END))) > 400
