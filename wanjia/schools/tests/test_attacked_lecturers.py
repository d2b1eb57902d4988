"""Who may not be near children tried on every road to a school: appointed late, given a lesson, planned, written as a stranger, entered anew, a bad answer that comes late."""

from datetime import date, timedelta

import pytest

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Tier, User
from wanjia.registry.tests.factories import unit
from wanjia.schools.families import commands as families
from wanjia.schools.lecturing import commands as lecturing
from wanjia.schools.lessons import checks, commands, standing
from wanjia.schools.models import LawLesson, Lecturer, ParentClass, PlannedLesson, RecordQuery, VicePrincipal
from wanjia.verdict import Refused

from .acts_year import far
from .factories import START, school, term
from .lesson_factories import DAY, drawn, lecturer, planned, vice

pytestmark = pytest.mark.django_db
AWAY = "不能讲课"


@pytest.fixture
def world():
    return World()


def officer(world, at=MONDAY):
    return {"by": User.objects.get(pk=world.schools.pk), "at": at}


def head(world, at=MONDAY):
    return {"by": User.objects.get(pk=world.headmaster.pk), "at": at}


def answered(one, asked_on, clear, at=MONDAY):
    """What a query of records answered, as it was kept."""
    return RecordQuery.objects.create(lecturer=one, asked_on=asked_on, clear=clear, recorded_at=at)


def told(world, one, **facts):
    """A lesson of his is written down."""
    term(world)
    what = {"day": DAY, "occasion": "lesson", "topic": "net", "grades": [5, 6], "heard": 90, "way": "phone", "hours": 1, "lecturer": one}
    return commands.tell_lesson(school_id=school(world).pk, **what | facts, **head(world))


def barred(world, name="平法官", **facts):
    """Somebody against whom something stands."""
    one = lecturer(world, name, **facts)
    answered(one, DAY, False)
    return one




# A term of office


def test_no_letter_of_last_month_appoints_who_is_barred_today(world):
    """The term is written to begin while he was clear: the bar of today was not asked for."""
    one = barred(world)
    with pytest.raises(Refused, match="背景查询"):
        commands.appoint_vice(lecturer_id=one.pk, school=school(world), from_on=DAY - timedelta(days=30), to_on=date(2027, 9, 1), letter="补登", **officer(world))
    assert not VicePrincipal.objects.exists()


def test_nor_who_was_clear_then_and_whose_query_ran_out(world):
    one = lecturer(world)
    after = MONDAY.replace(year=2027, month=9, day=6)
    with pytest.raises(Refused, match="背景查询"):
        commands.appoint_vice(lecturer_id=one.pk, school=school(world), from_on=date(2027, 8, 30), to_on=date(2028, 9, 1), letter="补登", **officer(world, after))


# A bad answer that comes late


def test_a_bad_answer_that_comes_after_a_good_one_bars_though_it_was_asked_before(world):
    """Asked of two offices: the second answered first, and well. What the first says later bars from then on."""
    one = lecturer(world)
    answered(one, DAY - timedelta(days=3), True, MONDAY - timedelta(days=3))
    commands.query_lecturer(lecturer_id=one.pk, asked_on=DAY - timedelta(days=20), clear=False, **officer(world))
    assert checks.cleared_until(one, DAY) is None and not checks.is_cleared(one, DAY + timedelta(days=9))
    found = list(Lecturer.objects.filter(pk=one.pk))
    standing.serve(found, DAY)
    assert found[0].until is None, "the list says it as the rule does"


def test_only_records_asked_for_anew_lift_it(world):
    one = barred(world)
    answered(one, DAY, True)
    assert not checks.is_cleared(one, DAY + timedelta(days=1)), "of the same day: nobody asked anew"
    answered(one, DAY + timedelta(days=2), True, MONDAY + timedelta(days=2))
    assert checks.is_cleared(one, DAY + timedelta(days=2))


# A lesson


def test_a_lesson_of_who_is_barred_is_not_written_down_as_one(world):
    with pytest.raises(Refused, match=AWAY):
        told(world, barred(world))
    assert not LawLesson.objects.exists()


def test_nor_of_somebody_nobody_asked_about_nor_of_another_county(world):
    one = lecturer(world, "未查的", unit=world.office)
    fresh = Lecturer.objects.create(name="没查过", unit=world.office, organ="police", legal_since=date(2010, 1, 1), from_on=START)
    abroad = lecturer(world, "外县的", unit=unit("东川区法院", Tier.COUNTY, far()))
    with pytest.raises(Refused, match=AWAY):
        told(world, fresh)
    with pytest.raises(Refused, match="不在您的范围"):
        told(world, abroad)
    assert told(world, one).lecturer == one, "the negative control: one who was asked about gives it"


def test_nor_under_the_name_of_a_stranger(world):
    """A name of the list is chosen from the list: written as a stranger's, no rule would be asked."""
    barred(world)
    for words in ("平法官", "县法院平法官"):
        with pytest.raises(Refused, match="从名册里选"):
            told(world, None, given_by=words)
    assert told(world, None, given_by="派出所值班民警").given_by


def test_nor_a_parents_class(world):
    one = barred(world)
    what = {"school_id": school(world).pk, "day": DAY, "aspects": ["duty"], "way": "phone"}
    with pytest.raises(Refused, match=AWAY):
        families.tell_parent_class(lecturer=one, **what, **head(world))
    with pytest.raises(Refused, match="从名册里选"):
        families.tell_parent_class(given_by="平法官", **what, **head(world))
    assert not ParentClass.objects.exists()


# A plan of the term


def test_who_is_barred_has_no_planned_lesson_left_and_the_plan_says_that_nobody_comes(world):
    one = planned(world)
    commands.query_lecturer(lecturer_id=one.lecturer_id, asked_on=DAY, clear=False, **officer(world))
    one.refresh_from_db()
    assert (one.lecturer, one.day) == (None, None), "open, and counted as open"


def test_so_it_is_where_he_goes(world):
    one = planned(world)
    commands.leave_lecturer(lecturer_id=one.lecturer_id, reason="调走了", **officer(world))
    one.refresh_from_db()
    assert one.lecturer is None


def test_what_was_planned_before_is_not_held_by_who_is_barred(world):
    one = planned(world)
    answered(one.lecturer, DAY, False)
    after = MONDAY + timedelta(days=2)
    with pytest.raises(Refused, match=AWAY):
        lecturing.hold_planned(planned_lesson_id=one.pk, day=DAY + timedelta(days=1), grades=[5, 6], heard=80, way="phone", hours=1, **head(world, after))
    assert not LawLesson.objects.exists() and PlannedLesson.objects.get(pk=one.pk).lesson is None


def test_nobody_of_another_county_is_sent(world):
    one = planned(world)
    abroad = lecturer(world, "外县的", unit=unit("东川区法院", Tier.COUNTY, far()))
    with pytest.raises(Refused, match="不在您的范围"):
        lecturing.move_planned(planned_lesson_id=one.pk, day=DAY + timedelta(days=2), lecturer=abroad, topic="net", **officer(world))


def test_the_engine_sends_nobody_who_is_barred(world):
    school(world)
    term(world)
    lecturer(world, "能来的")
    barred(world)
    plan = drawn(world)
    assert set(PlannedLesson.objects.filter(plan=plan, lecturer__isnull=False).values_list("lecturer__name", flat=True)) == {"能来的"}


# Entered anew


def test_who_is_barred_or_gone_is_not_entered_anew_under_his_name(world):
    one = barred(world)
    what = {"name": " 平法官 ", "unit": one.unit, "organ": "police", "legal_since": date(2010, 1, 1), "from_on": DAY}
    with pytest.raises(Refused, match="已经登记"):
        commands.enter_lecturer(**what, **officer(world))
    commands.leave_lecturer(lecturer_id=one.pk, reason="调走了", **officer(world))
    with pytest.raises(Refused, match="背景查询没有通过"):
        commands.enter_lecturer(**what, **officer(world))
    assert Lecturer.objects.count() == 1


def test_nor_at_another_unit_as_another_person(world):
    """He goes on standing at the police, barred: the court enters somebody of his name, written with a blank."""
    barred(world)
    what = {"unit": world.civil, "organ": "court", "legal_since": date(2010, 1, 1), "from_on": DAY}
    for name in ("平法官", "平 法官"):
        with pytest.raises(Refused, match="是同一个人的,不能登记"):
            commands.enter_lecturer(name=name, **what, **officer(world))
    assert Lecturer.objects.count() == 1
    assert commands.enter_lecturer(name="平法官(司法所)", **what, **officer(world)), "the way out for a namesake: a name that tells them apart"


def test_a_namesake_of_who_is_clear_is_entered_at_another_unit(world):
    """Negative control."""
    lecturer(world)
    assert commands.enter_lecturer(name="平法官", unit=world.civil, organ="court", legal_since=date(2010, 1, 1), from_on=DAY, **officer(world))


def test_who_left_in_good_standing_comes_back(world):
    """Negative control."""
    one = lecturer(world)
    commands.leave_lecturer(lecturer_id=one.pk, reason="调走了", **officer(world))
    assert commands.enter_lecturer(name="平法官", unit=one.unit, organ="police", legal_since=date(2010, 1, 1), from_on=DAY, **officer(world)).pk != one.pk


def test_without_the_rule_each_road_is_open(world, monkeypatch):
    """Negative control: the one rule switched off, he is appointed, heard and sent."""
    one = barred(world)
    monkeypatch.setattr(checks, "is_cleared", lambda *_asked: True)
    assert told(world, one).lecturer == one
    assert vice(world).lecturer == one
