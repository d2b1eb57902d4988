"""Classes after school go by the year of the school at which they are held: one function for the alarm, the list of today's classes and the roll."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from tests.house.worlds import World
from wanjia.care.classes import commands, queries, rules
from wanjia.care.models import CareClass, Session
from wanjia.care.tests import acts_classes as acts
from wanjia.care.unopened.commands import note_unopened
from wanjia.kernel.calendar import CHINA
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.schools.models import SchoolDay, Term
from wanjia.schools.tests.factories import bell, school, term
from wanjia.verdict import Refused

pytestmark = pytest.mark.django_db
TUESDAY, SATURDAY, SUNDAY = date(2026, 11, 3), date(2026, 11, 7), date(2026, 11, 8)


@pytest.fixture
def world():
    """A class that the village holds at the school, Monday to Thursday; the school has its term and bells."""
    world = World()
    term(world)
    bell(world)
    acts.a_class(world, place="细沙乡中心学校 二楼", weekdays=[1, 2, 3, 4])
    return world


def told(world, day, **facts):
    return SchoolDay.objects.create(**{"area": world.county, "school": school(world), "day": day, "kind": "free", "words": "校运会", "recorded_at": MONDAY} | facts)


def alarms(world, day):
    """How many classes of a day have no roll at five o'clock; the list of the day says the same, and so does the roll."""
    at, actor = timezone.make_aware(datetime.combine(day, time(17)), CHINA), acts.who(world)["by"]
    found = len(queries.unopened(queries.held_today(actor, day), at))
    if found == 0:
        with pytest.raises(Refused, match="上课的日子"):
            commands.open_session(care_class_id=CareClass.objects.get().pk, by=actor, at=at)
    else:
        commands.open_session(care_class_id=CareClass.objects.get().pk, by=actor, at=at)
    return found


def test_a_school_s_own_free_day_alarms_nobody(world):
    told(world, TUESDAY)
    assert alarms(world, TUESDAY) == 0


def test_a_day_that_the_school_makes_up_for_is_a_day_of_class(world):
    told(world, SATURDAY, kind="makes_up", weekday=2, words="补星期二")
    assert alarms(world, SATURDAY) == 1


def test_a_day_that_rings_friday_s_bells_holds_no_class_of_other_days(world):
    told(world, SATURDAY, kind="makes_up", weekday=5, words="补星期五")
    assert alarms(world, SATURDAY) == 0


def test_without_a_word_of_its_own_the_school_goes_by_its_term(world):
    assert (alarms(world, TUESDAY), alarms(world, SATURDAY)) == (1, 0)
    Term.objects.create(area=world.county, name="2027年春季学期", from_on=date(2027, 3, 1), to_on=date(2027, 7, 10))
    CareClass.objects.update(until_on=date(2027, 6, 30))
    assert alarms(world, date(2027, 1, 19)) == 0, "the holidays"


def test_a_school_whose_next_term_nobody_entered_goes_by_the_working_calendar(world):
    """An alarm too many is better than a child whom nobody looks for."""
    CareClass.objects.update(until_on=date(2027, 6, 30))
    assert alarms(world, date(2027, 1, 19)) == 1


def test_boarders_who_come_on_sunday_have_no_class_that_day(world):
    bell(world, weekdays="7", boarders=True, arrives=time(16), leaves=None)
    CareClass.objects.update(weekdays="12347")
    assert alarms(world, SUNDAY) == 0


def test_a_weekend_s_class_is_held_where_the_school_has_no_day(world):
    CareClass.objects.update(kind="weekend", weekdays="6")
    one = CareClass.objects.get()
    assert rules.held_on(one, SATURDAY, rules.bells_on([one], SATURDAY)[one.pk])
    told(world, SATURDAY, kind="makes_up", weekday=2, words="补星期二")
    assert not rules.held_on(one, SATURDAY, rules.bells_on([one], SATURDAY)[one.pk])


def test_a_site_of_no_school_goes_by_the_working_calendar(world):
    told(world, TUESDAY)
    CareClass.objects.update(place="村委会二楼")
    assert alarms(world, TUESDAY) == 1
    CareClass.objects.update(unit=school(world).unit)
    one = CareClass.objects.get()
    assert rules.bells_on([one], TUESDAY) == {one.pk: None}, "the school holds it itself, wherever"


def test_a_school_that_has_closed_says_nothing(world):
    told(world, TUESDAY)
    type(school(world)).objects.update(to_on=TUESDAY - timedelta(days=1))
    assert alarms(world, TUESDAY) == 1


def noted(world):
    """The days of which the clock notes on Saturday night that nobody called the roll; it has looked up to Monday."""
    commands.enrol_child(care_class_id=CareClass.objects.get().pk, name=world.register.child.name, asked_by="王建国", **acts.who(world))
    CareClass.objects.update(looked_on=TUESDAY - timedelta(days=1))
    told(world, TUESDAY)
    told(world, SATURDAY, kind="makes_up", weekday=2, words="补星期二")
    note_unopened(by=CLOCK, at=timezone.make_aware(datetime.combine(SATURDAY, time(20)), CHINA))
    return list(Session.objects.order_by("day").values_list("day", flat=True))


def test_the_clock_notes_a_roll_that_nobody_called_by_the_school_s_days(world):
    assert noted(world) == [TUESDAY + timedelta(days=1), TUESDAY + timedelta(days=2), SATURDAY]


def test_by_the_working_calendar_the_clock_notes_the_free_day(world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(rules, "gather", lambda _kind: [])
    assert noted(world) == [TUESDAY, TUESDAY + timedelta(days=1), TUESDAY + timedelta(days=2)]


def test_by_the_working_calendar_alone_the_free_day_alarms_and_the_made_up_day_does_not(world, monkeypatch):
    """Negative control."""
    told(world, TUESDAY)
    told(world, SATURDAY, kind="makes_up", weekday=2, words="补星期二")
    monkeypatch.setattr(rules, "gather", lambda _kind: [])
    assert (alarms(world, TUESDAY), alarms(world, SATURDAY)) == (1, 0)
