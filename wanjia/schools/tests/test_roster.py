"""From rows to a roster that stands: what is due is held or told, a version changes nothing before its day, a killed run leaves what stood."""

from datetime import date

import pytest

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.schools.models import Bell, GateDuty, GuardAbsence
from wanjia.schools.rostering import drawing
from wanjia.schools.rostering.commands import give_duty
from wanjia.schools.rostering.keeping import ROSTERS
from wanjia.schools.rostering.standing import Cover
from wanjia.schools.rostering.told import told
from wanjia.solving.models import Standing
from wanjia.solving.standing.commands import activate_plan
from wanjia.verdict import Refused

from .acts_roster import free
from .factories import bell, school
from .gate_factories import FIRST, LAST, drawn, duty, force, ground, officer, roster

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 11, 11)


@pytest.fixture
def world():
    return World()


def rows(plan, **which):
    return set(GateDuty.objects.filter(plan=plan, **which).values_list("day", "place", "party", "n", "from_at", "guard"))


def test_a_month_is_drawn_from_rows_and_breaks_no_rule(world):
    roster(world)
    answer = told(world.county, FIRST, LAST, MONDAY)
    assert answer["seats"] == 21 * 2 * 3 and answer["uncovered"] == 0 and answer["breaches"] == 0, answer
    assert answer["covered"] == answer["seats"]
    parents = GateDuty.objects.filter(party="parent", guard__isnull=False)
    weeks = [one.isocalendar()[:2] for one in parents.values_list("day", flat=True)]
    assert 4 <= len(weeks) == len(set(weeks)), "a parent stands at most once a week"


def test_nobody_stands_where_his_calendar_keeps_him_away(world):
    ground(world)
    people = force(world)
    ill = people[0]
    GuardAbsence.objects.create(guard=ill, from_at=MONDAY.replace(day=10), until_at=MONDAY.replace(day=13), why="ill", way="phone", recorded_at=MONDAY)
    plan = drawn(world)
    assert plan.state == "ready" and not GateDuty.objects.filter(plan=plan, guard=ill, day__range=(date(2026, 11, 11), date(2026, 11, 12))).exists()


def test_the_referee_is_asked_and_without_it_a_broken_roster_is_kept(world):
    ground(world)
    force(world)
    right = drawing.solve

    def broken(posed, control):
        answer = right(posed, control)
        who = next(who for (code, day), who in answer.plan.items() if who and posed.guards[who].party == "teacher")
        return type(answer)({cell: who if "|teacher|" in cell[0] else one for cell, one in answer.plan.items()}, answer.words, gap=answer.gap)

    object.__setattr__(ROSTERS, "solve", broken)
    try:
        assert drawn(world).state == "failed"
        judge = ROSTERS.judge
        object.__setattr__(ROSTERS, "judge", lambda _posed, _answer: [])
        assert drawn(world).state == "ready", "the negative control: without the referee it would be kept"
        object.__setattr__(ROSTERS, "judge", judge)
    finally:
        object.__setattr__(ROSTERS, "solve", right)


def test_a_change_on_a_wednesday_alters_nothing_before_it(world):
    first = roster(world)
    before = rows(first)
    Bell.objects.filter(school=school(world)).update(to_on=WEDNESDAY)
    bell(world, arrives="07:50", leaves="17:40", from_on=WEDNESDAY)
    second = drawn(world, since=WEDNESDAY)
    activate_plan(plan_id=second.pk, by=officer(world), at=MONDAY)
    assert rows(first) == before, "the old version is as it was"
    assert rows(second, day__lt=WEDNESDAY) == {row for row in before if row[0] < WEDNESDAY}, "to the letter"
    assert not Cover([school(world)], FIRST, LAST).gaps
    morning = GateDuty.objects.filter(plan=second, day=WEDNESDAY, going=False).values_list("from_at", flat=True)
    assert {f"{at:%H:%M}" for at in morning} == {"07:30"}


def test_without_the_copy_the_days_before_would_be_uncovered(world):
    """The negative control: a pointer that is moved and nothing more."""
    roster(world)
    Standing.objects.update(plan=drawn(world, since=WEDNESDAY))
    assert Cover([school(world)], FIRST, WEDNESDAY).gaps and not Cover([school(world)], WEDNESDAY, LAST).gaps


def test_a_version_whose_day_has_come_is_drawn_anew(world):
    roster(world)
    second = drawn(world, since=MONDAY.date())
    with pytest.raises(Refused, match="已经到了"):
        activate_plan(plan_id=second.pk, by=officer(world), at=MONDAY)


def test_a_version_that_names_somebody_who_cannot_come_is_not_put_in_force(world):
    roster(world)
    second = drawn(world, since=WEDNESDAY)
    gone = GateDuty.objects.filter(plan=second, guard__isnull=False, party="teacher").first()
    type(gone.guard).objects.filter(pk=gone.guard_id).update(to_on=WEDNESDAY, end_reason="调走")
    with pytest.raises(Refused, match="不能到岗了"):
        activate_plan(plan_id=second.pk, by=officer(world), at=MONDAY)


@pytest.mark.parametrize("where", ["build", "solve", "judge", "store"])
def test_a_run_that_dies_leaves_the_last_good_roster(world, where):
    first = roster(world)
    before = rows(first)

    def dies(*_words, **_more):
        raise RuntimeError("killed")

    right = getattr(ROSTERS, where)
    object.__setattr__(ROSTERS, where, dies)
    try:
        assert drawn(world, since=WEDNESDAY).state == "failed"
    finally:
        object.__setattr__(ROSTERS, where, right)
    assert Standing.objects.get().plan == first and rows(first) == before and not GateDuty.objects.exclude(plan=first).exists()


def test_a_lock_is_kept_by_later_versions(world):
    roster(world)
    one = duty(world, day=date(2026, 11, 18))
    other = free(world, one)
    give_duty(gate_duty_id=one.pk, guard=other, by=officer(world), at=MONDAY)
    second = drawn(world, since=WEDNESDAY)
    kept = GateDuty.objects.get(plan=second, day=one.day, place=one.place, party="teacher", from_at=one.from_at)
    assert kept.guard == other and kept.held


def test_the_standing_roster_is_known_by_its_seats_alone(world):
    roster(world)
    gone = duty(world)
    GateDuty.objects.filter(pk=gone.pk).update(guard=None)
    cover = Cover([school(world)], FIRST, LAST)
    assert [gap.seat.key for gap in cover.gaps] == [(str(gone.place), "teacher", 1, gone.day, gone.from_at)]
    assert told(world.county, FIRST, LAST, MONDAY)["uncovered"] == 1
