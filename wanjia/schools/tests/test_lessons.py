"""Law in school: who may be a vice-principal, hours that count, a term that cannot be closed with a school silent, what is missing is told to a person with a date."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisCase

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Tier, User
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import law_lessons as policy
from wanjia.registry.tests.factories import area, unit
from wanjia.reporting.figures.queries import figures
from wanjia.schools.demo import lessons as lessons_lived
from wanjia.schools.demo import year as year_lived
from wanjia.schools.lessons import alarms, checks, commands, queries, standing
from wanjia.schools.models import LawLesson, Lecturer, LessonAlarm, LessonClosing, RecordQuery, School, Term, VicePrincipal
from wanjia.verdict import Refused

from .acts_lessons import other_schools
from .factories import END, START, school, term
from .lesson_factories import DAY, lecturer, lesson, vice

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
LATE = MONDAY.replace(year=2027, month=1, day=11)


@pytest.fixture
def world():
    return World()


def officer(world, at=MONDAY):
    return {"by": User.objects.get(pk=world.schools.pk), "at": at}


def appoint(world, one, at_school, since=DAY, months=36, at=MONDAY):
    until = date(since.year + months // 12, since.month, since.day)
    return commands.appoint_vice(lecturer_id=one.pk, school=at_school, from_on=since, to_on=until, letter="永教聘〔2026〕1号", **officer(world, at))


# Vice-principals


def test_somebody_serves_at_two_schools_and_at_a_third_when_a_term_is_over(world):
    one, (second, third) = lecturer(world), other_schools(world, 2)
    RecordQuery.objects.create(lecturer=one, asked_on=date(2027, 10, 1), clear=True, recorded_at=MONDAY)
    appoint(world, one, school(world), since=date(2026, 11, 2), months=12)
    appoint(world, one, second)
    with pytest.raises(Refused, match="最多在 2 所学校"):
        appoint(world, one, third)
    assert appoint(world, one, third, since=date(2027, 11, 2), months=12).school == third, "the first term is over on that day"


def test_the_retired_serve_one_term_whatever_the_schools(world):
    one, (second, _third) = lecturer(world, retired_on=date(2026, 6, 1), born_on=date(1964, 5, 1)), other_schools(world, 2)
    appoint(world, one, school(world), since=date(2026, 11, 2), months=24)
    assert appoint(world, one, second, since=date(2026, 11, 2), months=36), "two schools over the same time are one term"
    VicePrincipal.objects.filter(school=second).update(to_on=date(2027, 11, 2))
    RecordQuery.objects.create(lecturer=one, asked_on=date(2028, 10, 1), clear=True, recorded_at=MONDAY)
    with pytest.raises(Refused, match="只任一届"):
        appoint(world, one, second, since=date(2028, 11, 2), months=24)
    Lecturer.objects.filter(pk=one.pk).update(retired_on=None)
    assert appoint(world, one, second, since=date(2028, 11, 2), months=24), "the negative control: in office he is appointed again"


@pytest.mark.parametrize(("born", "may"), [(date(1961, 11, 2), True), (date(1960, 11, 3), True), (date(1960, 11, 2), False)])
def test_age_is_counted_in_whole_years_on_the_first_day(world, born, may):
    one = lecturer(world, retired_on=date(2026, 6, 1), born_on=born)
    why = checks.against(one, school(world), DAY, date(2029, 11, 2), DAY)
    assert (why is None) == may and (may or "65" in why)


def test_who_does_not_pass_serves_nowhere_from_that_day(world):
    one = vice(world)
    commands.query_lecturer(lecturer_id=one.lecturer_id, asked_on=DAY, clear=False, **officer(world))
    one.refresh_from_db()
    assert one.to_on == DAY and one.end_reason == "背景查询不通过"
    assert LessonAlarm.objects.get(kind="vacant").person == world.schools, "the school is without one: told at once"
    with pytest.raises(Refused, match="背景查询"):
        appoint(world, one.lecturer, school(world), since=DAY + timedelta(days=1))


def test_a_query_counts_twelve_months(world):
    one = lecturer(world)
    assert checks.cleared_until(one, DAY) == date(2027, 9, 1)
    assert checks.is_cleared(one, date(2027, 8, 31)) and not checks.is_cleared(one, date(2027, 9, 1))


# Hours


def test_hours_count_of_own_vice_principals_of_the_year(world):
    one = school(world)
    vice(world)
    lesson(world, hours=2)
    lesson(world, topic="net", lecturer=lecturer(world, "别人"), hours=3)
    lesson(world, topic="drugs", hours=1, taken_back_at=MONDAY, taken_back_because="记错")
    lesson(world, topic="fire", occasion="hand", hours=0, slips=40)
    assert queries.hours_of([one], DAY) == {one.pk: 2}
    assert queries.hours_of([one], date(2027, 1, 5)) == {}
    VicePrincipal.objects.update(from_on=DAY, to_on=date(2029, 9, 1))
    assert queries.hours_of([one], DAY) == {}, "the negative control: a week ago he did not serve here"


def test_a_campaign_in_the_holidays_has_no_term_and_is_no_lesson(world):
    one = term(world)
    Term.objects.filter(pk=one.pk).update(to_on=date(2026, 10, 1))
    commands.tell_lesson(school_id=school(world).pk, day=DAY, occasion="hand", topic="drowning", grades=[1], lecturer=lecturer(world), heard=40, way="paper", hours=0, slips=40, **officer(world))
    assert LawLesson.objects.get().term is None and list(queries.silent(one)) == [school(world)]


# Terms


def test_a_township_with_a_term_of_its_own_owes_by_that_term(world):
    county, one = term(world), school(world)
    assert list(queries.owing(county)) == [one]
    own = Term.objects.create(area=world.xisha, name="细沙秋季", from_on=START, to_on=END)
    assert list(queries.owing(county)) == [] and list(queries.owing(own)) == [one]


class Silence(HypothesisCase):
    """Whatever is told, taken back and written in whatever order, a term closes exactly when no school is silent."""

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.sampled_from(["lesson", "hand", "take_back", "reason", "close"]), st.integers(0, 2)), max_size=14))
    def test_a_term_is_never_closed_with_a_school_silent(self, steps):
        world = World()
        schools, one = [school(world), *other_schools(world, 2)], term(world)
        given, reasons, closed = {n: [] for n in range(3)}, set(), False
        topics = iter([topic for topic in policy.in_force(DAY).topics for _each in range(2)])
        for what, n in [*steps, ("close", 0)]:
            try:
                if what in ("lesson", "hand"):
                    facts = {"occasion": what, "topic": next(topics), "hours": int(what == "lesson")}
                    told = commands.tell_lesson(school_id=schools[n].pk, day=DAY, grades=[len(LawLesson.objects.all()) % 6 + 1], lecturer=lecturer(world), heard=40, way="face", **facts, **officer(world, LATE))
                    given[n] += [told] if what == "lesson" else []
                elif what == "take_back" and given[n]:
                    commands.take_back_lesson(law_lesson_id=given[n][-1].pk, reason="记错了", **officer(world, LATE))
                    given[n].pop()
                elif what == "reason":
                    commands.write_reason(school_id=schools[n].pk, term=one, words="讲师生病没有来", **officer(world, LATE))
                    reasons.add(n)
                elif what == "close":
                    commands.close_term(term_id=one.pk, **officer(world, LATE))
                    assert all(given[k] or k in reasons for k in range(3)), "it closed, so nobody was silent"
                    closed = True
            except Refused:
                if what == "close" and not closed:
                    assert any(not given[k] and k not in reasons for k in range(3)), "it was refused, so somebody was silent"
        if closed:
            assert not queries.silent(one).exists(), "and nothing makes a school silent after it"
            row = LessonClosing.objects.get()
            assert row.schools == row.held + row.reasons == 3


def test_a_closed_term_keeps_its_lessons(world):
    told = lesson(world)
    commands.close_term(term_id=term(world).pk, **officer(world, LATE))
    with pytest.raises(Refused, match="已经归档"):
        commands.take_back_lesson(law_lesson_id=told.pk, reason="记错了", **officer(world, LATE))
    other = Term.objects.create(area=world.county, name="下学期", from_on=date(2027, 2, 24), to_on=date(2027, 7, 11))
    assert list(queries.silent(other)) == [school(world)] and not queries.silent(term(world)).exists()


# What is missing


def look(day):
    return commands.look_for_lessons(by=CLOCK, at=MONDAY.replace(year=day.year, month=day.month, day=day.day))


def test_a_silent_school_is_told_a_month_before_and_again_a_week_before_with_a_date(world):
    vice(world, to_on=date(2029, 9, 1))
    RecordQuery.objects.create(lecturer=lecturer(world), asked_on=DAY, clear=True, recorded_at=MONDAY)
    term(world)
    assert look(END - timedelta(days=31)) == 0
    assert look(END - timedelta(days=30)) == 1 and look(END - timedelta(days=29)) == 0, "once"
    one = LessonAlarm.objects.get()
    assert (one.kind, one.person, one.due_on) == ("lesson", world.headmaster, END - timedelta(days=1))
    assert look(END - timedelta(days=7)) == 1
    commands.write_reason(school_id=school(world).pk, term=term(world), words="讲师生病没有来", **officer(world, LATE))
    assert not LessonAlarm.objects.filter(settled_at=None).exists(), "a reason settles both"


def test_each_term_that_is_silent_is_told_and_each_query_that_ends(world):
    """The last term was never closed, and this one ends: two things are missing. Two vice-principals whose queries end are two."""
    vice(world, to_on=date(2029, 9, 1))
    one = lecturer(world, "凤检察官")
    vice(world, lecturer=one, to_on=date(2029, 9, 1))
    earlier = Term.objects.create(area=term(world, from_on=START + timedelta(days=40)).area, name="以前的学期", from_on=START, to_on=START + timedelta(days=40))
    assert look(END - timedelta(days=30)) == 2
    told = LessonAlarm.objects.filter(settled_at=None)
    assert set(told.values_list("kind", "term")) == {("last", earlier.pk), ("lesson", term(world).pk)}
    commands.write_reason(school_id=school(world).pk, term=earlier, words="讲师生病没有来", **officer(world, LATE))
    assert {row.term for row in told} == {term(world)}, "one is settled, the other stands"
    look(START.replace(year=START.year + 1) - timedelta(days=1))
    assert set(told.filter(kind="check").values_list("lecturer", flat=True)) == {one.pk, lecturer(world).pk}


def test_a_lesson_settles_what_was_told_and_taking_it_back_tells_it_anew(world):
    vice(world)
    RecordQuery.objects.create(lecturer=lecturer(world), asked_on=DAY, clear=True, recorded_at=MONDAY)
    term(world)
    look(END - timedelta(days=20))
    told = commands.tell_lesson(school_id=school(world).pk, day=DAY, occasion="first", topic="minors", grades=[1], lecturer=lecturer(world), heard=40, way="phone", hours=1, **officer(world, LATE))
    assert LessonAlarm.objects.get().settled_at == LATE
    commands.take_back_lesson(law_lesson_id=told.pk, reason="记错了", **officer(world, LATE))
    assert LessonAlarm.objects.filter(settled_at=None, kind="last").exists()


def test_a_school_without_one_a_term_that_ends_a_query_that_ends_are_told_to_the_officer(world):
    school(world)
    assert look(DAY) == 1
    assert (LessonAlarm.objects.get().kind, LessonAlarm.objects.get().person) == ("vacant", world.schools)
    one = appoint(world, lecturer(world), school(world))
    assert LessonAlarm.objects.get().settled_at is not None
    assert look(date(2027, 8, 2)) == 1, "the query of records ends on 1 September"
    assert LessonAlarm.objects.get(settled_at=None).due_on == date(2027, 8, 31)
    VicePrincipal.objects.filter(pk=one.pk).update(to_on=date(2027, 9, 20))
    assert look(date(2027, 8, 3)) == 1 and LessonAlarm.objects.get(kind="ending").due_on == date(2027, 9, 19)


def test_nobody_in_post_is_said(world):
    school(world)
    type(world.schools).objects.filter(pk__in=[world.schools.pk, world.headmaster.pk]).update(is_active=False)
    look(DAY)
    assert LessonAlarm.objects.get().person is None


def test_only_the_clock_looks(world):
    with pytest.raises(Refused, match="不由人代看"):
        commands.look_for_lessons(by=world.schools, at=MONDAY)


# Figures


def test_figures_count_schools_with_a_vice_principal_a_lesson_and_their_hours(world):
    one, other = school(world), other_schools(world, 1)[0]
    vice(world, appointed_at=MONDAY.replace(month=8))
    lesson(world, hours=3)
    lesson(world, school=other, occasion="hand", hours=0)

    def counted(day=DAY):
        found = {row["id"]: (row["n"], row["N"]) for row in figures(School.objects.all(), day, day)}
        return [found[f"schools.{name}"] for name in ("vice", "taught", "hours_met")]

    assert counted() == [(1, 2), (1, 2), (0, 2)], "three hours are not four, and a campaign is no lesson"
    lesson(world, topic="net", hours=1)
    assert counted() == [(1, 2), (1, 2), (1, 2)]
    assert counted(START) == [(1, 2), (0, 2), (0, 2)], "as of a day gone by"
    assert counted(END + timedelta(days=9))[1] == (1, 2), "in the holidays the term before is told"
    Term.objects.create(area=world.county, name="下学期", from_on=date(2027, 2, 24), to_on=date(2027, 7, 11))
    assert counted(date(2027, 3, 1))[1:] == [(0, 2), (0, 2)] and one.pk, "the negative control: another term, another year"


# Pages


def opened(client, world, name, who, *args, **asks):
    client.force_login(User.objects.get(pk=getattr(world, who).pk), backend=BACKEND)
    answer = client.get(reverse(f"schools:{name}", args=args), asks)
    assert answer.status_code == 200, (name, who, answer.status_code)
    return answer


def test_pages_open_for_whom_they_are_and_show_what_stands(client, world):
    one, told = vice(world), lesson(world, topic="fraud", slips=60)
    look(END - timedelta(days=3))
    for who in ("headmaster", "schools", "gates"):
        for name, args in (("law", ()), ("law_lessons", ()), ("law_topics", ()), ("lecturers", ()), ("lecturer", (one.lecturer_id,)), ("law_lesson", (told.pk,)), ("school", (school(world).pk,))):
            assert "平法官" in opened(client, world, name, who, *args).content.decode() or name == "law_topics"
    assert opened(client, world, "lesson_slip", "headmaster", told.pk)["Content-Type"] == "application/pdf"
    page = opened(client, world, "lecturer", "headmaster", one.lecturer_id).content.decode()
    assert "13887000031" not in page and "查过" not in page, "when his records were asked, only who asks sees"


def test_topics_that_nobody_taught_are_empty(client, world):
    lesson(world, topic="net")
    lesson(world, topic="fire", occasion="hand", hours=0)
    rows = opened(client, world, "law_topics", "schools", term=term(world).pk).context["page"]
    assert {str(words): n for words, n in rows[0].cells}["网络安全"] == 1 and rows[0].n == 2


def test_the_page_asks_no_more_for_ten_schools_than_for_two(client, world):
    term(world)
    vice(world)
    client.force_login(User.objects.get(pk=world.schools.pk), backend=BACKEND)
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("schools:law"))
    for n, one in enumerate(other_schools(world, 6)):
        vice(world, school=one, lecturer=lecturer(world, f"讲师{n}"))
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("schools:law"))
    assert len(many) <= len(few) + 2


def test_the_clock_asks_no_more_for_six_vice_principals_than_for_one(world):
    term(world)
    vice(world)
    with CaptureQueriesContext(connection) as few:
        alarms.look(MONDAY)
    for n, one in enumerate(other_schools(world, 6)):
        vice(world, school=one, lecturer=lecturer(world, f"讲师{n}"))
    with CaptureQueriesContext(connection) as many:
        alarms.look(MONDAY)
    assert len(many) <= len(few)


def test_another_county_sees_nothing(client, world):
    one = vice(world)
    far = area("530113000000", "东川区", "county")
    theirs = lecturer(world, "远法官", unit=unit("东川区法院", Tier.COUNTY, far))
    assert list(standing.lecturers(User.objects.get(pk=world.schools.pk), DAY)) == [one.lecturer]
    client.force_login(User.objects.get(pk=world.schools.pk), backend=BACKEND)
    assert client.get(reverse("schools:lecturer", args=[theirs.pk])).status_code == 404


# The demo county


def test_the_demo_county_lives_once(world):
    year_lived.live("530625", print)
    told = lessons_lived.live("530625", print)
    assert told["lessons"] and LawLesson.objects.filter(occasion="first").exists() and not LawLesson.objects.filter(day__gt=timezone.localdate()).exists()
    assert not lessons_lived.live("530625", print)
