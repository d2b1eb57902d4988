"""The two clocks: more time is asked for once and decided above, a stopped clock costs no working day, a plan stays in sight.

Complaints that this answers: a timer survives a hand-over to somebody it does not fit (Zammad #5624); a per-state clock and a whole-case
clock are confused (DIGIT PGR).
"""

from datetime import date

import pytest

from wanjia.kernel.calendar import WorkingCalendar
from wanjia.kernel.models import CalendarDay
from wanjia.orgs.models import Post
from wanjia.orgs.roles import Role
from wanjia.reporting.figures.queries import count
from wanjia.verdict import Refused

from ..assignment.commands import accept_need, assign_need, contest_need, hand_to_person
from ..callback.commands import call_back
from ..clock import commands as clock
from ..clock.queries import planned, plans_due
from ..handling.commands import add_note, report_done
from ..ledger.queries import on_desk
from ..models import Need
from ..promise import promise_of
from ..retiming.queries import moved
from ..rules import independent
from ..sessions.commands import call_session, decide_item
from . import clock_acts as acts
from .acts import CALLED, CONTEST, DECISION
from .factories import later, worker
from .walk import DONE, bring

DUE, NEXT = acts.DUE, acts.LATER


@pytest.fixture
def need(world):
    """A need in the bureau's hands: graded on Monday the 2nd, ten working days, promised for the 16th."""
    one = bring(world, "accepted")
    assert one.due_on == DUE
    return one


def key(need):
    return {"need_id": need.pk}


def now(need):
    return Need.objects.get(pk=need.pk)


# More time


def test_until_it_is_decided_the_old_date_stands_and_passes(world, need):
    acts.asked(world, key(need))
    assert now(need).due_on == DUE
    clock.decide_clock(**key(need), agree=True, by=world.ledger, at=later(15))  # the 17th: a day late
    late = now(need)
    assert (late.due_on, late.extended_from, late.late_since) == (NEXT, DUE, DUE), "what was broken before it was put off stays broken"
    assert count(Need.objects.all(), None, date(2026, 11, 18))["needs.overdue"] == 1


def test_put_off_it_is_counted_apart_and_the_first_day_stays_to_be_seen(world, need):
    acts.granted(world, key(need))
    one, day = now(need), date(2026, 11, 18)
    assert (one.due_on, one.extended_from, one.first_due_on, one.due_days) == (NEXT, DUE, DUE, None)
    counted = count(Need.objects.all(), None, day)
    assert (counted["needs.extended"], counted["needs.overdue"]) == (1, 0)
    assert count(Need.objects.all(), date(2026, 11, 3), day)["needs.extended"] == 0, "on a past day it had not been put off"
    said = promise_of(one, day).moved
    assert said.startswith("原定 2026 年 11 月 16 日")
    assert "等上级补助资金到位" in said
    assert "2026 年 11 月 23 日" in said


def test_the_household_is_told_before_anything_is_reported_done(world, need):
    acts.granted(world, key(need))
    with pytest.raises(Refused, match="还没有告知诉求人"):
        report_done(**key(need), **DONE, by=world.handler, at=later(4))
    acts.told(world, key(need))
    assert report_done(**key(need), **DONE, by=world.handler, at=later(4)).state == "done_reported"


def test_a_reopened_need_is_not_put_off_again_and_a_new_grade_keeps_the_day(world, need):
    acts.granted(world, key(need))
    acts.told(world, key(need))
    report_done(**key(need), **DONE, by=world.handler, at=later(4))
    call_back(**key(need), way="phone", reached=True, word="unsolved", by=world.caller, at=later(5))
    accept_need(**key(need), by=world.handler, at=later(5))
    contest_need(**key(need), **CONTEST, by=world.handler, at=later(5, hours=1))
    session = call_session(**CALLED | {"on": later(5).date()}, by=world.clerk, at=later(5, hours=2))
    decide_item(item_id=session.items.get().pk, **DECISION | {"difficulty": "hard"}, holder=world.civil, by=world.clerk, at=later(5, hours=2))
    assert (now(need).difficulty, now(need).due_on) == ("hard", NEXT)
    accept_need(**key(need), by=world.handler, at=later(5, hours=3))
    with pytest.raises(Refused, match="已经延过一次"):
        clock.ask_extension(**key(need), due_on=date(2026, 11, 27), reason="还要再等几天", by=world.handler, at=later(5, hours=4))


def test_a_new_round_may_ask_once_where_none_was_granted(world, need):
    acts.refused(world, key(need))
    report_done(**key(need), **DONE, by=world.handler, at=later(4))
    call_back(**key(need), way="phone", reached=True, word="unsolved", by=world.caller, at=later(5))
    accept_need(**key(need), by=world.handler, at=later(5, hours=3))
    clock.ask_extension(**key(need), **acts.ASK, by=world.handler, at=later(5, hours=4))
    assert now(need).asked_for == "extension"


def test_reported_done_or_handed_on_leaves_nothing_to_decide(world, need):
    acts.asked(world, key(need))
    report_done(**key(need), **DONE, by=world.handler, at=later(4))
    with pytest.raises(Refused, match="没有等着审批"):
        clock.decide_clock(**key(need), agree=True, by=world.ledger, at=later(4, hours=1))
    assert now(need).due_on == DUE


def test_two_who_decide_are_one_and_a_sentence(world, need):
    acts.asked(world, key(need))
    clock.decide_clock(**key(need), agree=True, by=world.ledger, at=later(3))
    other = worker("xian-ld", "县领导", world.office, Role.LEADER)
    with pytest.raises(Refused, match="可能已经有人审批过"):
        clock.decide_clock(**key(need), agree=False, words="不行", by=other, at=later(3))


@pytest.mark.parametrize(("role", "place"), [(Role.LEADER, "civil"), (Role.TOWNSHIP_LEADER, "township"), (Role.TOWNSHIP_LEADER, "elsewhere")])
def test_neither_colleagues_nor_whoever_does_not_stand_above_decides(world, need, role, place):
    acts.asked(world, key(need))
    other = worker("lingdao", "某领导", getattr(world, place), role)
    with pytest.raises(Refused):
        clock.decide_clock(**key(need), agree=True, by=other, at=later(3))


def test_whoever_asks_brings_all_own_units_into_it(world, need):
    """Somebody of two units asks for one of them: the colleagues of the other have a part in it too."""
    Post.objects.create(user=world.handler, organisation=world.office, role=Role.STATION_WORKER, from_on=date(2020, 1, 1))
    second = worker("minzheng2", "何民政", world.civil, Role.BUREAU_WORKER)
    Post.objects.create(user=second, organisation=world.office, role=Role.STATION_WORKER, from_on=date(2020, 1, 1))
    clock.ask_extension(**key(need), **acts.ASK, by=acts.fresh(second), at=later(2))
    assert not independent(world.ledger, now(need))
    with pytest.raises(Refused, match="办理过这件诉求的单位"):
        clock.decide_clock(**key(need), agree=True, by=world.ledger, at=later(3))


# A stopped clock


def test_stopped_days_cost_nothing_and_the_step_is_another_clock(world, need):
    before = now(need)
    acts.stopped(world, key(need))  # from Wednesday the 4th to Wednesday the 11th at the latest: five working days
    one = now(need)
    assert one.due_on == date(2026, 11, 23)
    assert (one.step_due_on, one.step_clock) == (before.step_due_on, before.step_clock)
    said = promise_of(one, date(2026, 11, 6))
    assert (said.stop.on, said.stop.until, said.stop.days) == (date(2026, 11, 4), date(2026, 11, 11), 2)
    assert "残疾证原件、户口本复印件" in said.stop.sentence
    clock.run_clock(**key(need), words="都送来了", by=world.handler, at=later(4))  # Friday the 6th: Wednesday and Thursday did not count
    one = now(need)
    assert (one.due_on, one.is_stopped(date(2026, 11, 6)), one.first_due_on) == (date(2026, 11, 18), False, DUE)
    assert promise_of(one, date(2026, 11, 9)).stopped_days == 2


def test_it_ends_by_itself_and_then_the_need_can_be_late(world, need):
    acts.stopped(world, key(need))
    one = now(need)
    assert not one.is_stopped(date(2026, 11, 11))
    assert count(Need.objects.all(), None, date(2026, 11, 10))["needs.stopped"] == 1
    assert count(Need.objects.all(), None, date(2026, 11, 11))["needs.stopped"] == 0
    assert count(Need.objects.all(), None, date(2026, 11, 23))["needs.overdue"] == 0
    assert count(Need.objects.all(), None, date(2026, 11, 24))["needs.overdue"] == 1


@pytest.mark.parametrize("how", ["report_done", "hand_on", "assign"])
def test_no_stop_survives_into_another_hand(world, need, how):
    add_note(**key(need), words="到户看过", by=world.handler, at=later(1, hours=1))
    acts.stopped(world, key(need))
    if how == "report_done":
        report_done(**key(need), **DONE, by=world.handler, at=later(4))
    elif how == "hand_on":
        other = worker("minzheng2", "何民政", world.civil, Role.BUREAU_HEAD)
        hand_to_person(**key(need), handler=other, by=acts.fresh(other), at=later(4))
    else:
        Post.objects.filter(organisation=world.civil).update(to_on=date(2026, 11, 5))  # nobody of the bureau is left
        assign_need(**key(need), holder=world.education, by=world.clerk, at=later(4))
    one = now(need)
    assert (one.is_stopped(date(2026, 11, 6)), one.due_on, one.runs_on) == (False, date(2026, 11, 18), date(2026, 11, 6))
    assert (one.step_clock == "accept") == (how == "assign")


def test_a_note_leaves_a_stopped_clock_alone(world, need):
    acts.stopped(world, key(need))
    add_note(**key(need), words="打电话催材料", by=world.handler, at=later(3))
    assert now(need).is_stopped(date(2026, 11, 5))


def test_the_second_time_and_any_other_reason_ask_the_tier_above(world, need):
    acts.stopped(world, key(need))
    clock.run_clock(**key(need), by=world.handler, at=later(3))
    again = acts.PAPERS | {"until": date(2026, 11, 13)}
    clock.stop_clock(**key(need), **again, by=world.handler, at=later(4))
    waits = now(need)
    assert (waits.asked_for, waits.is_stopped(date(2026, 11, 6)), waits.due_on) == ("papers", False, date(2026, 11, 17))
    clock.decide_clock(**key(need), agree=True, by=world.ledger, at=later(7))  # Monday the 9th: it stops from now on
    one = now(need)
    assert (one.stopped_on, one.runs_on, one.stopped_days, one.due_on) == (date(2026, 11, 9), date(2026, 11, 13), 1, date(2026, 11, 23))


def test_a_day_chosen_by_hand_is_stopped_too(world, need):
    acts.granted(world, key(need))
    acts.stopped(world, key(need))
    assert now(need).due_on == date(2026, 11, 30)
    clock.run_clock(**key(need), by=world.handler, at=later(4))
    assert now(need).due_on == date(2026, 11, 25)


def test_a_change_of_the_calendar_counts_stopped_and_extended_needs_rightly(world, need):
    acts.stopped(world, key(need))
    other = bring(world, "accepted")
    acts.granted(world, key(other))
    CalendarDay.objects.create(day=date(2026, 11, 17), works=False, name="停电", source="县里通知")
    CalendarDay.objects.create(day=date(2026, 11, 9), works=False, name="停电", source="县里通知")  # within the stop: it would not have counted
    day, calendar = date(2026, 11, 6), WorkingCalendar.load()
    assert moved(now(need), calendar, day).due_on == date(2026, 11, 24)
    assert not moved(now(other), calendar, day), "a day that the tier above granted is moved by no calendar"


def test_whoever_stops_a_clock_counts_the_days_that_are_left(world, need):
    """Stopped on the last day, it has that day when it runs again."""
    clock.stop_clock(**key(need), **(acts.PAPERS | {"until": date(2026, 11, 20), "asked_on": DUE}), by=world.handler, at=later(14))
    assert now(need).due_on == date(2026, 11, 20)
    clock.run_clock(**key(need), by=world.handler, at=later(16))
    assert now(need).due_on == date(2026, 11, 18)


# A plan


def test_a_plan_stays_in_sight_to_its_day_and_its_steps_are_due_on_the_desk(world):
    what = acts.with_step(world)
    one = Need.objects.get(pk=what["need_id"])
    (row,) = planned(world.handler)
    assert (row.pk, row.next_due, row.next_words, len(row.steps_of_plan)) == (one.pk, date(2026, 12, 1), acts.STEP["words"], 1)
    call_back(need_id=one.pk, way="phone", reached=True, word="partly", by=world.caller, at=later(5))
    assert Need.objects.get(pk=one.pk).step_due_on is None, "nobody has to strike it off in two days"
    assert one.pk not in on_desk(world.clerk).values_list("pk", flat=True)
    assert one.pk not in on_desk(world.handler).values_list("pk", flat=True)


@pytest.mark.parametrize(("day", "there"), [(date(2026, 11, 30), False), (date(2026, 12, 1), True), (date(2026, 12, 31), True)])
def test_what_is_due_of_a_plan_is_on_the_holders_desk(world, day, there):
    what = acts.with_step(world)
    call_back(need_id=what["need_id"], way="phone", reached=True, word="partly", by=world.caller, at=later(5))
    assert Need.objects.filter(plans_due(day)).exists() == there


def test_a_step_is_reached_once_by_name(world):
    what = acts.with_step(world)
    acts.reached(world, what)
    made = what["milestone"]
    made.refresh_from_db()
    assert (made.done_on, made.done_by_name) == (later(4).date(), "陈民政")
    with pytest.raises(Refused):
        clock.reach_milestone(**what, done_on=later(5).date(), by=world.handler, at=later(6))



def test_a_step_is_reached_once_and_only_one_of_this_plan(world):
    plan = acts.with_step(world)
    clock.add_milestone(need_id=plan["need_id"], due_on=date(2026, 12, 10), words="名单公示", by=world.handler, at=later(4, hours=2))
    clock.reach_milestone(**plan, done_on=later(5).date(), by=world.handler, at=later(5))
    with pytest.raises(Refused, match="没有这个节点"):
        clock.reach_milestone(**plan, done_on=later(5).date(), by=world.handler, at=later(5, hours=1))


def test_the_slip_says_once_why_the_clock_stands_still(world):
    """The reason stood in the sentence of the stop and in that of the moved day."""
    need = bring(world, "accepted")
    day = later(2).date()
    clock.stop_clock(need_id=need.pk, reason="papers", words="还缺户口本原件", asked_on=day, asked_way="phone", until=later(8).date(), by=world.handler, at=later(2))
    promise = promise_of(Need.objects.get(pk=need.pk), day)
    assert f"{promise.stop.told}{promise.moved}".count("户口本") == 1
