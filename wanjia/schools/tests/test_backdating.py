"""What is written down today of a day long past is refused; what is written down late counts from when it is known: a month that was told says the same for ever."""

from datetime import date, timedelta

import pytest

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.policy import inspecting, law_lessons, restricting
from wanjia.reporting.figures.queries import figures
from wanjia.schools.families import commands as families
from wanjia.schools.figures import inspections as counted
from wanjia.schools.inspecting import commands
from wanjia.schools.inspection_states import HazardState
from wanjia.schools.lessons import commands as lessons
from wanjia.schools.models import Hazard, InspectionRound, LawLesson, NoticeReceipt, NoticeStep, RoundVenue, SafetyNotice, School
from wanjia.schools.notices import commands as notices
from wanjia.verdict import Refused

from .factories import school, term
from .inspection_factories import DAY, fire, hazard, lead, leader, police, said, second, stop
from .lesson_factories import lecturer, vice
from .notice_factories import receipt, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def at(days=0):
    return MONDAY + timedelta(days=days)


def on(days):
    return DAY + timedelta(days=days)


def told(rows, day):
    """{figure: its numbers} as of a day, asked much later."""
    return {one["id"]: (one["n"], one["N"]) for one in figures(rows, day, on(60))}


def record(world, one, day, moment, **answers):
    facts = {"came": [lead(world), police(world), fire(world)], "people": 6, "licensed": 4, "signed": "signed"}
    return commands.record_inspection(round_venue_id=one.pk, day=day, **facts, **said(**answers), by=leader(world), at=moment)


def begun_long_ago(one):
    InspectionRound.objects.filter(pk=one.round_id).update(from_on=on(-30), begun_at=at(-30))


def opened_long_ago(world):
    School.objects.filter(pk=school(world).pk).update(from_on=on(-900))


# What is refused


def test_a_visit_is_written_down_within_a_week(world):
    one, back = stop(world), inspecting.in_force(DAY).back_days
    begun_long_ago(one)
    with pytest.raises(Refused, match="最多补记 7 天"):
        record(world, one, on(-back - 1), MONDAY)
    assert record(world, one, on(-back), MONDAY).day == on(-back)


def test_a_mending_is_not_of_before_it_was_found_nor_of_long_ago(world):
    one = hazard(world, HazardState.ORDERED)
    for day, moment in ((on(-1), MONDAY), (on(2), at(10))):
        with pytest.raises(Refused, match=r"补记|发现以后"):
            commands.mend_hazard(hazard_id=one.pk, mended_on=day, words="已拆", by=leader(world), at=moment)
    assert commands.mend_hazard(hazard_id=one.pk, mended_on=on(4), words="已拆", by=leader(world), at=at(10))


def test_a_hazard_is_not_closed_as_of_long_ago_nor_before_it_was_mended(world):
    one = hazard(world, HazardState.ORDERED)
    commands.mend_hazard(hazard_id=one.pk, mended_on=on(9), words="已拆", by=leader(world), at=at(10))
    look = {"hazard_id": one.pk, "passed": True, "licensed": 2, "words": "已拆", "by": second(world)}
    with pytest.raises(Refused, match="补记"):
        commands.recheck_hazard(day=on(9), at=at(30), **look)
    with pytest.raises(Refused, match="改好以后"):
        commands.recheck_hazard(day=on(8), at=at(12), **look)
    assert commands.recheck_hazard(day=on(10), at=at(12), **look).closed_on == on(10)


def test_a_look_is_not_of_before_the_last_one(world):
    one = hazard(world, HazardState.ORDERED)
    look = {"hazard_id": one.pk, "licensed": 2, "words": "门还锁着"}
    commands.recheck_hazard(passed=False, day=on(5), due_on=on(10), by=second(world), at=at(5), **look)
    with pytest.raises(Refused, match="改好以后"):
        commands.recheck_hazard(passed=True, day=on(4), by=second(world), at=at(6), **look)


def test_a_notice_is_served_and_steps_are_taken_within_a_week(world):
    one, back = receipt(world, until_on=on(14)), restricting.in_force(DAY).back_days
    with pytest.raises(Refused, match="补记"):
        notices.serve_notice(notice_receipt_id=one.pk, served_on=DAY, way="handed", signed="signed", by=leader(world), at=at(back + 1))
    notices.serve_notice(notice_receipt_id=one.pk, served_on=on(1), way="handed", signed="signed", by=leader(world), at=at(back + 1))
    took = {"notice_receipt_id": one.pk, "words": "还在放音响", "licensed": 2, "by": leader(world)}
    with pytest.raises(Refused, match="补记"):
        notices.take_step(step="advise", day=on(1), at=at(back + 2), **took)
    notices.take_step(step="advise", day=on(5), at=at(back + 2), **took)
    with pytest.raises(Refused, match="前一步以后"):
        notices.take_step(step="educate", day=on(4), at=at(back + 2), **took)


def test_a_lesson_and_a_parents_class_are_told_of_within_a_term(world):
    term(world)
    opened_long_ago(world)
    back = law_lessons.in_force(DAY).back_days
    head = {"by": User.objects.get(pk=world.headmaster.pk), "at": MONDAY}
    what = {"school_id": school(world).pk, "occasion": "lesson", "topic": "net", "grades": [5], "heard": 40, "way": "phone", "hours": 1, "lecturer": lecturer(world)}
    with pytest.raises(Refused, match="补记"):
        lessons.tell_lesson(day=on(-back - 1), **what, **head)
    assert lessons.tell_lesson(day=on(-60), **what, **head)
    given = {"school_id": school(world).pk, "aspects": ["duty"], "way": "phone", "lecturer": lecturer(world)}
    with pytest.raises(Refused, match="补记"):
        families.tell_parent_class(day=on(-back - 1), **given, **head)
    assert families.tell_parent_class(day=on(-60), **given, **head)


# What a month that was told says


def test_what_is_found_and_closed_late_leaves_the_days_before_as_they_were_told(world):
    """A visit of Monday written down on Thursday, a recheck of the 20th written down on the 25th."""
    one = stop(world)
    begun_long_ago(one)
    before = told(RoundVenue.objects.all(), on(1)), told(Hazard.objects.all(), on(1))
    made = record(world, one, DAY, at(3), exits="bad")
    assert (told(RoundVenue.objects.all(), on(1)), told(Hazard.objects.all(), on(1))) == before
    assert told(RoundVenue.objects.all(), on(3))["stops.looked"][0] == 1 and told(Hazard.objects.all(), on(3))["hazards.found"][0] == 1
    found = made.hazards.get()
    Hazard.objects.filter(pk=found.pk).update(owner=lead(world), funds="不需要", fallback="专人看守")
    commands.issue_order(inspection_id=made.pk, unit=lead(world), by=leader(world), at=at(3))
    Hazard.objects.filter(pk=found.pk).update(due_on=on(15))
    before = told(Hazard.objects.all(), on(20))
    assert before["hazards.overdue"][0] == 1
    commands.mend_hazard(hazard_id=found.pk, mended_on=on(18), words="已拆", by=leader(world), at=at(24))
    assert told(Hazard.objects.all(), on(20)) == before, "that it was mended was known on the 24th"
    commands.recheck_hazard(hazard_id=found.pk, passed=True, day=on(20), licensed=2, words="已拆", by=second(world), at=at(25))
    assert told(Hazard.objects.all(), on(20)) == before and told(Hazard.objects.all(), on(25))["hazards.closed"] == (1, 1)


def test_so_do_receipts_and_steps(world):
    one = receipt(world, until_on=on(14))
    before = told(NoticeReceipt.objects.all(), on(1)), told(NoticeStep.objects.all(), on(1))
    notices.serve_notice(notice_receipt_id=one.pk, served_on=on(1), way="handed", signed="signed", by=leader(world), at=at(3))
    step(world, day=on(1), taken_at=at(3))
    assert (told(NoticeReceipt.objects.all(), on(1)), told(NoticeStep.objects.all(), on(1))) == before
    assert told(NoticeReceipt.objects.all(), on(3))["receipts.served"] == (1, 1) and SafetyNotice.objects.count() == 1


def test_and_lessons_told_late_or_taken_back_and_letters_of_last_month(world):
    term(world)
    head, officer = ({"by": User.objects.get(pk=user.pk)} for user in (world.headmaster, world.schools))
    what = {"school_id": school(world).pk, "occasion": "lesson", "grades": [5], "heard": 40, "way": "phone", "hours": 4, "lecturer": lecturer(world)}
    nothing, no_lesson = told(School.objects.all(), on(1)), told(LawLesson.objects.all(), on(1))
    one = lessons.tell_lesson(day=DAY, topic="net", **what, **head, at=at(3))
    assert told(LawLesson.objects.all(), on(1)) == no_lesson and told(LawLesson.objects.all(), on(3))["law_lessons.held"][0] == 1
    assert told(School.objects.all(), on(1)) == nothing and told(School.objects.all(), on(3))["schools.taught"] == (1, 1)
    taught = told(School.objects.all(), on(5))
    lessons.take_back_lesson(law_lesson_id=one.pk, reason="登记重了", **head, at=at(6))
    assert told(School.objects.all(), on(5)) == taught and told(School.objects.all(), on(6))["schools.taught"] == (0, 1)
    lessons.tell_lesson(day=DAY, topic="fire", **what, **head, at=at(7))
    before = told(School.objects.all(), on(8))
    assert before["schools.vice"] == before["schools.hours_met"] == (0, 1)
    lessons.appoint_vice(lecturer_id=lecturer(world).pk, school=school(world), from_on=on(-10), to_on=date(2027, 9, 1), letter="补登", **officer, at=at(9))
    assert told(School.objects.all(), on(8)) == before, "a letter of last month makes no hours of the month before"
    assert [told(LawLesson.objects.all(), on(day))["law_lessons.by_vice"][0] for day in (8, 9)] == [0, 1], "nor lessons of a vice-principal"
    assert told(School.objects.all(), on(9))["schools.hours_met"] == (1, 1)


def test_without_the_moment_a_month_that_was_told_changes(world, monkeypatch):
    """Negative control: by the day that is said alone."""
    one = stop(world)
    begun_long_ago(one)
    before = told(RoundVenue.objects.all(), on(1))
    record(world, one, DAY, at(3))
    monkeypatch.setattr(counted, "day_start", lambda day: at(1000))
    assert told(RoundVenue.objects.all(), on(1)) != before and vice(world)
