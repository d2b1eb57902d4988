"""An uncovered slot is always told before it, to a person, with a remedy: whatever the calendar, whoever falls away and when."""

import random
from datetime import date, datetime, time, timedelta

import pytest

from tests.house.worlds import World
from wanjia.kernel.calendar import CHINA
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.schools.guarding.commands import leave_guard
from wanjia.schools.models import Bell, GateAlarm, GateDuty, Guard
from wanjia.schools.rostering import alarms
from wanjia.schools.rostering.commands import look_round, tell_away
from wanjia.schools.rostering.rules import starts_at
from wanjia.schools.rostering.standing import Cover
from wanjia.verdict import Refused

from .factories import school
from .gate_factories import DAY, duty, ground, roster

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def china(day, hour, minute=0):
    return datetime.combine(day, time(hour, minute), CHINA)


def headmaster(world):
    return User.objects.get(pk=world.headmaster.pk)


def open_at(one):
    GateDuty.objects.filter(pk=one.pk).update(guard=None)
    return one


def test_it_is_told_on_the_day_before_and_again_an_hour_before(world):
    one = open_at(duty(world))  # a Wednesday morning, from 07:10
    assert look_round(by=CLOCK, at=china(DAY + timedelta(days=1), 7, 59)) == 0, "not yet"
    assert look_round(by=CLOCK, at=china(DAY + timedelta(days=1), 8)) == 1
    assert look_round(by=CLOCK, at=china(DAY + timedelta(days=1), 17)) == 0, "once a stage"
    assert look_round(by=CLOCK, at=china(one.day, 6)) == 1
    told = list(GateAlarm.objects.order_by("raised_at"))
    assert [each.stage for each in told] == ["day", "hour"]
    assert told[0].person == world.headmaster and told[0].why and told[0].remedy
    assert told[0].guard is not None, "somebody is named who could come"


def test_a_monday_is_told_on_the_working_day_before(world):
    monday = date(2026, 11, 9)
    open_at(duty(world, day=monday))
    assert look_round(by=CLOCK, at=china(monday - timedelta(days=3), 9)) == 1, "on Friday"


def test_a_monday_that_opens_on_sunday_is_told_at_once(world):
    monday = date(2026, 11, 9)
    one = duty(world, day=monday)
    assert look_round(by=CLOCK, at=china(monday - timedelta(days=3), 9)) == 0
    open_at(one)
    assert look_round(by=CLOCK, at=china(monday - timedelta(days=1), 6)) == 1, "the hour of Friday has passed: nobody waits for Sunday's"


def test_a_month_without_a_roster_is_uncovered_and_told(world):
    ground(world)
    assert look_round(by=CLOCK, at=china(DAY, 9)) == 3 + 6, "this afternoon's; tomorrow morning's and afternoon's"
    assert set(GateAlarm.objects.values_list("why", flat=True)) == {"还没有排班。"}


def test_an_illness_at_half_past_six_is_told_at_once(world):
    one = duty(world)
    tell_away(guard_id=one.guard_id, from_on=one.day, until_on=one.day, why="ill", way="phone", by=headmaster(world), at=china(one.day, 6, 30))
    one.refresh_from_db()
    assert one.guard is None and one.lost.why == "ill"
    told = GateAlarm.objects.filter(place=one.place, day=one.day, party="teacher", from_at=one.from_at).get()
    assert told.stage == "hour" and told.raised_at < starts_at(one)


def test_somebody_covers_it_and_the_alarm_says_so(world):
    one = open_at(duty(world))
    look_round(by=CLOCK, at=china(DAY + timedelta(days=1), 8))
    GateDuty.objects.filter(pk=one.pk).update(guard=Guard.objects.filter(party="teacher").exclude(duties__day=one.day).first() or one.guard)
    look_round(by=CLOCK, at=china(DAY + timedelta(days=1), 9))
    assert GateAlarm.objects.get().covered_at is not None


def test_the_clock_alone_looks(world):
    with pytest.raises(Refused, match="不由人代看"):
        look_round(by=headmaster(world), at=MONDAY)


DAYS = (date(2026, 11, 4), date(2026, 11, 5))
ROUND = timedelta(minutes=3)


def lived(world, seed):
    """Live two days: people fall away at any minute, a bell moves, the calendar changes; the clock looks now and then. Returns the slots that began uncovered."""
    dice = random.Random(seed)
    roster(world)
    moments = sorted(china(day, 5) + timedelta(minutes=30 * n) for day in (DAYS[0] - timedelta(days=1), *DAYS) for n in range(29))
    starts = {(one.day, one.from_at) for one in Cover([school(world)], DAYS[0], DAYS[-1] + timedelta(days=1)).seats}
    begins = [datetime.combine(day, at, CHINA) for day, at in starts] + [china(day, *at) for day in DAYS for at in ((16, 30), (17, 0))]  # the last two where the bell moves
    happens = {china(dice.choice((DAYS[0] - timedelta(days=1), *DAYS)), dice.randrange(5, 19), dice.randrange(60)): dice.random() for _each in range(dice.randrange(3, 9))}
    happens = {at: chance for at, chance in happens.items() if not any(at <= begin < at + ROUND for begin in begins)}  # in the last three minutes nobody can be told
    moments += [at + ROUND for at in happens]  # the worker's round comes every three minutes; between, half an hour is enough here
    bare = []
    for at in sorted({*moments, *begins, *happens}):
        if at in begins:
            bare += [gap.seat for gap in Cover([school(world)], at.astimezone(CHINA).date(), at.astimezone(CHINA).date() + timedelta(days=1)).gaps if starts_at(gap.seat) == at]
        if at in happens:
            befall(world, dice, happens[at], at)
        if at in moments:
            look_round(by=CLOCK, at=at)
    return bare


def befall(world, dice, chance, at):
    """Something happens that may open a slot."""
    people = list(Guard.objects.filter(to_on=None).order_by("name"))
    one = dice.choice(people)
    if chance < 0.8:
        day = at.astimezone(CHINA).date()
        tell_away(guard_id=one.pk, from_on=day, until_on=day + timedelta(days=dice.randrange(3)), why=dice.choice(("ill", "night", "leave")), way="phone", by=headmaster(world), at=at)
    elif chance < 0.9 and one.party != "police":
        leave_guard(guard_id=one.pk, reason="调走", by=headmaster(world), at=at)
    else:
        Bell.objects.filter(school=school(world)).update(leaves=dice.choice((time(17, 20), time(16, 50))))


def untold(bare):
    """The slots that began uncovered and were not told before."""
    return [seat for seat in bare if not GateAlarm.objects.filter(
        place=seat.post.same_as, party=seat.party, n=seat.n, day=seat.day, from_at=seat.from_at, raised_at__lt=starts_at(seat), covered_at=None).exists()]  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_an_uncovered_slot_was_told_before_it(world, seed):
    bare = lived(world, seed)
    assert untold(bare) == []


def test_without_the_last_hours_alarm_it_is_not(world, monkeypatch):
    """The negative control: told the day before alone, an illness of the morning opens a slot that nobody heard of."""
    right = alarms.stage_of
    monkeypatch.setattr(alarms, "stage_of", lambda seat, at, day: found if (found := right(seat, at, day)) == "day" and at.astimezone(CHINA).date() < seat.day else None)
    one = duty(world)
    tell_away(guard_id=one.guard_id, from_on=one.day, until_on=one.day, why="ill", way="phone", by=headmaster(world), at=china(one.day, 6, 30))
    seats = [gap.seat for gap in Cover([school(world)], one.day, one.day + timedelta(days=1)).gaps]
    assert untold(seats)
