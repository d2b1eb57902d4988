"""The day of a hazard is put off with a reason, beyond the first time by another hand, and not for ever; what was overdue on a past day stays overdue on that day."""

from datetime import timedelta
from random import Random

import pytest
from django.db import transaction

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.policy import inspecting as policy
from wanjia.schools.figures.inspections import hazards_on
from wanjia.schools.inspecting import commands, rules
from wanjia.schools.inspection_states import OPEN, HazardState
from wanjia.schools.models import Hazard, HazardDelay
from wanjia.verdict import ALLOWED, Conflict, Refused

from .inspection_factories import DAY, hazard, leader, second

pytestmark = pytest.mark.django_db
LONGEST = getattr(policy.in_force(DAY), "longest_days", None)


@pytest.fixture
def world():
    return World()


def at(days=0):
    return MONDAY + timedelta(days=days)


def on(days):
    return DAY + timedelta(days=days)


def settle(one, by, days, moment=MONDAY, **facts):
    """Its day is set to so many days after it was found."""
    one = Hazard.objects.get(pk=one.pk)
    given = {name: getattr(one, name) for name in ("words", "basis", "grade", "owner", "measure", "answers", "place", "funds", "fallback")}
    return commands.settle_hazard(hazard_id=one.pk, **given | {"due_on": on(days), "reason": "等消防验收材料"} | facts, by=by, at=moment)


def fails(one, by, days, moment):
    """It is looked at, and is not mended."""
    return commands.recheck_hazard(hazard_id=one.pk, passed=False, day=moment.date(), licensed=2, words="门还锁着", due_on=on(days), by=by, at=moment)


def test_the_data_say_how_long():
    assert LONGEST == {"ordinary": 60, "major": 180}


def test_a_day_is_not_put_off_beyond_the_longest(world):
    one = hazard(world)
    with pytest.raises(Refused, match="2027-01-01"):
        settle(one, leader(world), 61)
    assert settle(one, leader(world), 60).due_on == on(60)
    with pytest.raises(Refused, match="最晚"):
        settle(one, second(world), 181, grade="major")
    assert settle(one, second(world), 180, grade="major").due_on == on(180)
    with pytest.raises(Refused, match="最晚"):
        settle(one, second(world), 180, grade="ordinary")


def test_nor_by_rechecks_that_fail_one_after_the_other(world):
    """The day before: each failed look sets a day of its own, and nobody counts them."""
    one = hazard(world, HazardState.ORDERED)
    fails(one, leader(world), 50, at(15))
    fails(one, second(world), 60, at(50))
    with pytest.raises(Refused, match="最晚"):
        fails(one, leader(world), 70, at(58))
    assert fails(one, leader(world), 65, at(58)).due_on == on(65), "one last respite of a week from the day on which it is looked at"
    with pytest.raises(Refused, match="最晚"):
        fails(one, second(world), 72, at(66))
    assert Hazard.objects.get().state == HazardState.ORDERED, "from here it is mended, or handed on; it stays owned and overdue"
    assert HazardDelay.objects.count() == 3


def test_each_time_with_a_reason_and_beyond_the_first_by_another_hand(world):
    one = hazard(world)
    with pytest.raises(Refused, match="为什么延期"):
        settle(one, leader(world), 30, reason=" ")
    settle(one, leader(world), 30)
    with pytest.raises(Refused, match="另一个人"):
        settle(one, leader(world), 40)
    settle(one, second(world), 40)
    settle(one, second(world), 20, reason="")
    found = list(HazardDelay.objects.values_list("was_on", "due_on", "reason", "put_by"))
    assert found == [(on(15), on(30), "等消防验收材料", world.handler.pk), (on(30), on(40), "等消防验收材料", world.handler2.pk)], "an earlier day is no delay"


def test_who_looks_after_another_said_that_it_is_mended_are_two_hands(world):
    """A unit of two people is not brought to a stand: one writes that it is mended, the other looks, again and again."""
    one = hazard(world, HazardState.ORDERED)
    for days in (15, 25):
        commands.mend_hazard(hazard_id=one.pk, mended_on=on(days), words="场所说改好了", by=leader(world), at=at(days))
        fails(one, second(world), days + 15, at(days))
    assert HazardDelay.objects.count() == 2


def test_what_was_overdue_in_a_month_that_is_told_stays_overdue_in_it(world):
    one = hazard(world, HazardState.ORDERED)

    def late(days):
        return hazards_on(Hazard.objects.all(), on(days), on(40)).get(pk=one.pk).f_late

    assert late(20) and not late(10)
    fails(one, leader(world), 50, at(30))
    assert late(20) and not late(30) and late(29), "the new day holds from the day on which it was set"


def test_without_the_rule_it_is_put_off_for_ever(world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(rules, "may_put_off", lambda *_asked, **_given: ALLOWED)
    one = hazard(world)
    assert settle(one, leader(world), 4000).due_on == on(4000)


def any_step(roll, one, by, day):
    """One of the things that can be done with it."""
    due, step = day + roll.randint(-3, 200), roll.randrange(4)
    if step == 0:
        settle(one, by, due, at(day), grade=roll.choice(["ordinary", "major"]))
    elif step == 1:
        fails(one, by, due, at(day))
    elif step == 2:
        commands.issue_order(inspection_id=one.inspection_id, unit=one.owner, by=by, at=at(day))
    else:
        commands.mend_hazard(hazard_id=one.pk, mended_on=on(day), words="改好了", by=by, at=at(day))


@pytest.mark.parametrize("seed", range(8))
def test_in_whatever_order_no_hazard_that_is_open_is_due_beyond_its_longest_and_a_week(world, seed):
    """Property: any acts of two people in any order; the sum of what is put off is bounded, each time stands with its reason."""
    roll, one, people = Random(seed), hazard(world), [leader(world), second(world)]
    week = timedelta(days=policy.in_force(DAY).respite_days)
    for turn in range(80):
        by, day = roll.choice(people), turn * 4
        try:
            with transaction.atomic():
                any_step(roll, one, by, day)
        except (Refused, Conflict):
            pass
        one = Hazard.objects.get(pk=one.pk)
        assert one.state in OPEN and one.due_on <= max(one.found_on + timedelta(days=LONGEST[one.grade]), on(day) + week)
    assert len({row.due_on for row in HazardDelay.objects.filter(due_on__gt=on(LONGEST["major"]))}) <= 1
    assert all(row.reason for row in HazardDelay.objects.all())
