"""What a day is to a school: term, holidays, made-up days, exams, boarders; one school's word before its area's."""

from datetime import date, time, timedelta

import pytest

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.schools.models import SchoolDay
from wanjia.schools.year.bells import Year

from .factories import END, START, bell, school, term

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 4)  # a Wednesday


def year(world, first=START, end=END + timedelta(days=30)):
    return Year([school(world)], first, end)


def told(world, day=DAY, **facts):
    return SchoolDay.objects.create(**{"area": world.county, "day": day, "kind": "free", "words": "放假", "recorded_at": MONDAY} | facts)


@pytest.fixture
def world():
    world = World()
    term(world)
    bell(world)
    return world


def rings(world, day, **span):
    return [(ring.at, ring.going) for ring in year(world, **span).rings(school(world), day)]


def test_bells_ring_on_school_days_of_the_term_alone(world):
    morning, evening = (time(7, 30), False), (time(17, 40), True)
    assert rings(world, DAY) == [morning, evening]
    assert rings(world, date(2026, 11, 7)) == []  # a Saturday
    assert rings(world, date(2026, 10, 1)) == []  # National Day, by the State's table
    assert rings(world, END) == [] and rings(world, START - timedelta(days=1), first=START - timedelta(days=9)) == []


def test_a_day_off_is_the_areas_and_a_schools_own_word_goes_before_it(world):
    told(world)
    assert rings(world, DAY) == []
    told(world, school=school(world), kind="exam", words="期中考试")
    found = year(world).day(school(world), DAY)
    assert found.exam and found.words == "期中考试" and rings(world, DAY)


def test_what_was_taken_back_says_nothing(world):
    told(world, dropped_at=MONDAY)
    assert rings(world, DAY)


def test_a_township_speaks_before_its_county(world):
    told(world)
    told(world, area=world.xisha, kind="reinforced", words="赶集日")
    assert year(world).day(school(world), DAY).reinforced


def test_a_saturday_that_offices_work_asks_whose_bells_ring(world):
    saturday = date(2026, 10, 10)  # made up for the National Day's week
    assert saturday in year(world).unnamed(school(world))
    assert rings(world, saturday) == [], "nothing is guessed"
    told(world, day=saturday, kind="makes_up", weekday=3, words="补星期三")
    assert len(rings(world, saturday)) == 2 and saturday not in year(world).unnamed(school(world))


def test_boarders_come_on_sunday_though_no_office_works(world):
    bell(world, weekdays="7", boarders=True, arrives=time(16), leaves=None)
    sunday = date(2026, 11, 8)
    assert rings(world, sunday) == [(time(16), False)]
    assert rings(world, sunday + timedelta(days=1)) == [(time(7, 30), False), (time(17, 40), True)]
    assert rings(world, date(2026, 10, 4)) == [], "the Sunday of the National Day's week: on Monday there is no school"
    told(world, day=sunday + timedelta(days=1))
    assert rings(world, sunday) == [], "their Monday is free"
    assert rings(world, sunday, end=sunday + timedelta(days=1)) == [], "also where the span ends with the Sunday"


def test_bells_change_from_a_day_on(world):
    one = school(world).bells.get()
    type(one).objects.filter(pk=one.pk).update(to_on=DAY)
    bell(world, arrives=time(7, 50), from_on=DAY)
    assert rings(world, DAY - timedelta(days=1))[0][0] == time(7, 30) and rings(world, DAY)[0][0] == time(7, 50)


def test_however_many_days_are_asked_the_year_is_read_once(world, django_assert_num_queries):
    one = school(world)
    with django_assert_num_queries(4):
        found = Year([one], START, END)
        assert len(list(found.days(one))) > 80 and all(found.rings(one, day.day) for day in found.days(one) if day.weekday)
