"""The plan of a term: own vice-principals first, everybody evenly, nobody at two schools on a day; put in force, changed by hand, held with one tap; the referee finds what the solver may not do."""

from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.schools.lecturing import commands, drawing, queries
from wanjia.schools.lessons import queries as lessons
from wanjia.schools.lessons import standing
from wanjia.schools.lessons.commands import take_back_lesson
from wanjia.schools.models import Lecturer, PlannedLesson, RecordQuery, Term
from wanjia.schools.year.bells import Year
from wanjia.solving.standing.commands import activate_plan
from wanjia.verdict import Refused

from .acts_lessons import other_schools
from .factories import END, START, bell, school, term
from .lesson_factories import DAY, drawn, lecturer, lesson, planned, vice

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world():
    """Three schools, three lecturers, one of them vice-principal of the first."""
    world = World()
    term(world)
    school(world)
    other_schools(world, 2)
    vice(world)
    lecturer(world, "乙检察官")
    lecturer(world, "丙民警")
    return world


def officer(world, at=MONDAY):
    return {"by": User.objects.get(pk=world.schools.pk), "at": at}


def test_a_version_gives_every_school_its_lessons_and_spreads_everybody(world):
    plan = drawn(world)
    assert plan.state == "ready", plan.fault
    rows = list(PlannedLesson.objects.filter(plan=plan).select_related("school", "lecturer"))
    assert len(rows) == 6 and plan.words["uncovered"] == 0 and plan.gap == 0
    assert {one.lecturer.name for one in rows if one.school == school(world)} == {"平法官"}, "its own vice-principal comes"
    counts = [sum(one.lecturer.name == name for one in rows) for name in ("平法官", "乙检察官", "丙民警")]
    assert counts == [2, 2, 2], "and everybody as often"
    assert len({(one.lecturer_id, one.day) for one in rows}) == 6 and all(one.day > DAY for one in rows)
    assert all(len({one.topic for one in rows if one.school == at}) == 2 for at in {one.school for one in rows})


def test_lessons_that_were_held_are_owed_no_more_and_a_lecturers_own_word_counts(world):
    lesson(world)
    Lecturer.objects.filter(name="乙检察官").update(cap=1)
    plan = drawn(world)
    rows = PlannedLesson.objects.filter(plan=plan)
    assert rows.filter(school=school(world)).count() == 1 and not rows.filter(school=school(world), topic="bullying").exists()
    assert rows.filter(lecturer__name="乙检察官").count() == 1


def test_nobody_without_a_clear_query_is_planned_and_what_is_short_is_said(world):
    for one in Lecturer.objects.exclude(name="丙民警"):
        RecordQuery.objects.create(lecturer=one, asked_on=DAY, clear=False, recorded_at=MONDAY)
    Lecturer.objects.filter(name="丙民警").update(cap=4)
    plan = drawn(world)
    rows = PlannedLesson.objects.filter(plan=plan)
    assert plan.state == "ready" and plan.words["uncovered"] == 2 and rows.filter(lecturer=None, day=None).count() == 2
    assert set(rows.exclude(lecturer=None).values_list("lecturer__name", flat=True)) == {"丙民警"}
    RecordQuery.objects.create(lecturer=lecturer(world, "丙民警"), asked_on=DAY, clear=False, recorded_at=MONDAY)
    assert drawn(world).state == "failed"


def test_the_referee_finds_what_is_broken(world):
    plan = SimpleNamespace(about=str(term(world).pk), settings={"since": (DAY + timedelta(days=1)).isoformat()})
    posed = drawing.build(plan)
    answer = drawing.solve(posed, SimpleNamespace(seconds=None, cancel=lambda: False, progress=lambda *_told: None))
    assert drawing.judge(posed, answer) == []
    first, second = answer.plan[0], answer.plan[-1]
    before = second.lecturer, second.day
    second.lecturer, second.day = first.lecturer, first.day
    assert any("排在两所学校" in str(one) for one in drawing.judge(posed, answer))
    second.lecturer, second.day = before[0], date(2026, 11, 7)
    assert any("不上课" in str(one) for one in drawing.judge(posed, answer)), "a Saturday"
    second.day = before[1]
    RecordQuery.objects.create(lecturer=before[0], asked_on=DAY, clear=False, recorded_at=MONDAY)
    assert any("背景查询" in str(one) for one in drawing.judge(posed, answer))
    Lecturer.objects.filter(pk=first.lecturer.pk).update(cap=1)
    assert any("排得太多" in str(one) for one in drawing.judge(posed, answer))
    answer.plan[0].topic = answer.plan[1].topic
    assert any("排重" in str(one) for one in drawing.judge(posed, answer))


def test_no_lesson_is_planned_for_the_sunday_on_which_boarders_come(world, monkeypatch):
    bell(world)
    bell(world, weekdays="7", arrives=time(18, 0), leaves=None)
    plan = drawn(world)
    assert not [day for day in drawing.build(plan).days[school(world).pk] if day.isoweekday() == 7]
    one = PlannedLesson.objects.filter(plan=plan, school=school(world)).first()
    one.day = DAY + timedelta(days=6)
    assert one.day.isoweekday() == 7 and Year([school(world)], one.day, one.day + timedelta(days=1)).day(school(world), one.day), "a day on which somebody comes"
    assert [words for words in drawing.judge(drawing.build(plan), SimpleNamespace(plan=[one])) if "不上课" in words], "and the referee refuses it"
    monkeypatch.setattr(drawing, "SUNDAY", 8)
    assert [day for day in drawing.build(plan).days[school(world).pk] if day.isoweekday() == 7], "the guard switched off"


def test_a_version_is_put_in_force_and_refused_when_somebody_left_meanwhile(world):
    plan = drawn(world)
    Lecturer.objects.filter(name="丙民警").update(to_on=DAY, end_reason="调走")
    with pytest.raises(Refused, match="丙民警"):
        activate_plan(plan_id=plan.pk, **officer(world))
    Lecturer.objects.filter(name="丙民警").update(to_on=None, end_reason="")
    activate_plan(plan_id=plan.pk, **officer(world))
    assert queries.standing(User.objects.get(pk=world.headmaster.pk), term(world)).count() == 2, "a school sees its own"


def test_a_planned_lesson_is_held_once_and_counts_hours(world):
    one = planned(world)
    held = commands.hold_planned(planned_lesson_id=one.pk, day=one.day, grades=[5], heard=44, way="paper", hours=2, by=User.objects.get(pk=world.headmaster.pk), at=MONDAY + timedelta(days=2))
    one.refresh_from_db()
    assert one.lesson == held and held.lecturer == one.lecturer and held.topic == one.topic
    assert lessons.hours_of([school(world)], DAY + timedelta(days=3)) == {school(world).pk: 2}
    with pytest.raises(Refused, match="已经上过"):
        commands.hold_planned(planned_lesson_id=one.pk, day=one.day, grades=[6], heard=44, way="paper", hours=1, **officer(world, MONDAY + timedelta(days=3)))


def test_a_planned_lesson_that_was_written_down_by_mistake_is_still_to_be_held(world):
    one, head = planned(world), {"by": User.objects.get(pk=world.headmaster.pk), "at": MONDAY + timedelta(days=2)}
    what = {"planned_lesson_id": one.pk, "day": one.day, "heard": 44, "way": "paper", "hours": 1}
    wrong = commands.hold_planned(**what, grades=[5], **head)
    take_back_lesson(law_lesson_id=wrong.pk, reason="年级写错", **head)
    one.refresh_from_db()
    assert one.lesson is None
    assert commands.hold_planned(**what, grades=[6], **head).grades == "6"


def test_pages_show_the_plan_a_version_and_a_lecturers_sheet(world, client):
    one = planned(world)
    plan = drawn(world)
    for who, name, args in (("headmaster", "term_plan", ()), ("schools", "term_plan", ()), ("schools", "lesson_plan", (plan.pk,)), ("headmaster", "lecturer_term", (one.lecturer_id,))):
        client.force_login(User.objects.get(pk=getattr(world, who).pk), backend=BACKEND)
        answer = client.get(reverse(f"schools:{name}", args=args))
        assert answer.status_code == 200 and "平法官" in answer.content.decode()
    client.force_login(User.objects.get(pk=world.headmaster.pk), backend=BACKEND)
    assert client.get(reverse("schools:lesson_plan", args=[plan.pk])).status_code in (302, 403, 404)


def test_two_of_one_name_are_two_people_and_two_schools_two_schools(world):
    """The referee asks who somebody is, not what he is called."""
    plan = SimpleNamespace(about=str(term(world).pk), settings={"since": (DAY + timedelta(days=1)).isoformat()})
    posed = drawing.build(plan)
    answer = drawing.solve(posed, SimpleNamespace(seconds=None, cancel=lambda: False, progress=lambda *_told: None))
    first = answer.plan[0]
    other = next(row for row in answer.plan if row.lecturer.pk != first.lecturer.pk and row.school.pk != first.school.pk)
    other.day, other.lecturer.name, other.school.unit.name, other.topic = first.day, first.lecturer.name, first.school.unit.name, first.topic
    assert not [words for words in drawing.judge(posed, answer) if "排在两所学校" in str(words)]
    assert not [words for words in drawing.judge(posed, SimpleNamespace(plan=[first, other])) if "排重" in str(words)]


def test_a_campaign_is_no_lesson_of_a_lecturer(world):
    """What is taken home counts no hours: it takes no room in his term, and stands in no sum of his lessons."""
    Lecturer.objects.filter(name="乙检察官").update(cap=1)
    lesson(world, lecturer=lecturer(world, "乙检察官"), occasion="hand", hours=0, topic="fire")
    posed = drawing.build(SimpleNamespace(about=str(term(world).pk), settings={"since": (DAY + timedelta(days=1)).isoformat()}))
    assert posed.room[lecturer(world, "乙检察官").pk] == 1
    assert {one.name: one.given for one in standing.lecturers(User.objects.get(pk=world.schools.pk), DAY)}["乙检察官"] == 0


def test_a_township_with_a_term_of_its_own_is_taught_by_the_county(world):
    term(world).delete()
    one = Term.objects.create(area=world.xisha, name="细沙乡秋季学期", from_on=START, to_on=END)
    posed = drawing.build(SimpleNamespace(about=str(one.pk), settings={"since": (DAY + timedelta(days=1)).isoformat()}))
    assert {lecturer.name for lecturer in posed.lecturers} == {"平法官", "乙检察官", "丙民警"}
