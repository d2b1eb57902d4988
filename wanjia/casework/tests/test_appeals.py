"""What was declined is asked again: by whom, and that it begins no clock anew for whoever is late."""

from datetime import timedelta

import pytest

from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.orgs.roles import Role
from wanjia.policy.triage import step_days
from wanjia.verdict import Refused

from ..screening.commands import appeal_decision, decline_need
from ..slip.commands import HOUSEHOLD, issue_slip
from ..states import NeedState as S
from .factories import later, worker
from .test_household_word import fresh
from .walk import bring


def test_appeal_by_staff_still_asks_for_the_post(world):
    need = bring(world, S.DECLINED)
    with pytest.raises(Refused, match="没有登记复核申请的权限"):
        appeal_decision(need_id=need.pk, words="再看看", by=world.inspector, at=later(days=1))


def test_declining_and_asking_again_in_turn_is_late_in_the_end(world):
    """One clerk alone, legally: what was left of the promise at each decline goes on, and is used up."""
    need = bring(world, S.DECLINED)
    left = WorkingCalendar.load().between(today(fresh(need).ended_at), fresh(need).due_on)
    assert left > 0
    for turn in range(1, 4):
        asked, before = later(days=21 * turn), fresh(need).due_on
        appeal_decision(need_id=need.pk, words="家里又来问", by=world.clerk, at=asked)
        # the day on which it is asked again is one of those that were left; a day that has passed stays passed
        assert fresh(need).due_on == (WorkingCalendar.load().add(today(asked) - timedelta(days=1), left).on if left > 0 else before)
        left = WorkingCalendar.load().between(today(asked + timedelta(days=2)), fresh(need).due_on)
        decline_need(need_id=need.pk, decline_ground="already_has", decision_reason="已享受同类补助,不重复发放",
                     told_on=today(asked + timedelta(days=2)), told_way="face", by=world.clerk, at=asked + timedelta(days=2))  # fmt: skip
    assert fresh(need).late_since is not None


@pytest.mark.parametrize("hours", [2, 7], ids=["in the morning", "in the evening"])
def test_declining_every_day_and_asking_again_the_next_puts_nothing_off(world, hours):
    """One clerk alone: refused each evening, asked again each morning, no day was counted, and the promise went on before the desk for ever."""
    need = bring(world, S.DECLINED)
    first = fresh(need).due_on
    for day in range(1, 15):
        appeal_decision(need_id=need.pk, words="家里又来问", by=world.clerk, at=later(days=day))
        assert fresh(need).due_on == first
        decline_need(need_id=need.pk, decline_ground="already_has", decision_reason="已享受同类补助,不重复发放", told_on=today(later(days=day)),
                     told_way="face", by=world.clerk, at=later(days=day, hours=hours))  # fmt: skip
    assert fresh(need).late_since == first


def test_asked_again_after_its_last_day_it_is_to_be_judged_that_day_and_but_once(world):
    need = bring(world, S.REGISTERED)
    no = {"decline_ground": "already_has", "decision_reason": "已享受同类补助,不重复发放", "told_way": "face", "by": world.clerk}
    last = fresh(need).due_on
    decline_need(need_id=need.pk, **no, told_on=last, at=later(days=(last - today(later())).days))
    appeal_decision(need_id=need.pk, words="家里又来问", by=world.clerk, at=later(days=21))
    assert fresh(need).due_on == today(later(days=21))
    decline_need(need_id=need.pk, **no, told_on=today(later(days=21)), at=later(days=21, hours=1))
    appeal_decision(need_id=need.pk, words="家里又来问", by=world.clerk, at=later(days=22))
    assert fresh(need).due_on == today(later(days=21))


def test_an_appeal_by_the_slip_is_a_new_promise(world):
    need = bring(world, S.DECLINED)
    issue_slip(need_id=need.pk, by=world.visitor, at=later(hours=2))  # the village's: it neither holds the need nor declined it
    appeal_decision(need_id=need.pk, words="我还是困难", by=HOUSEHOLD, at=later(days=40))
    assert fresh(need).due_on == WorkingCalendar.load().add(today(later(days=40)), step_days("reply")).on


@pytest.mark.parametrize("printed_by", ["clerk", "leader of the desk", "who declined from the county", "nobody"])
def test_a_desk_does_not_begin_its_days_anew_by_a_slip_of_its_own(world, printed_by):
    """One clerk alone: decline on the last day, print the slip, type "I do not agree" into it. The days went on from the beginning."""
    need = bring(world, S.DECLINED) if printed_by != "who declined from the county" else decline_need(
        need_id=world.need().pk, decline_ground="already_has", decision_reason="已享受同类补助,不重复发放", told_on=today(later()),
        told_way="face", by=world.ledger, at=later(hours=1))  # fmt: skip
    leader = worker("xisha-lingdao", "高领导", world.township, Role.TOWNSHIP_LEADER)
    printer = {"clerk": world.clerk, "leader of the desk": leader, "who declined from the county": world.caller}.get(printed_by)
    if printer:
        issue_slip(need_id=need.pk, by=printer, at=later(hours=2))
    left = WorkingCalendar.load().between(today(fresh(need).ended_at), fresh(need).due_on)
    appeal_decision(need_id=need.pk, words="我不同意", by=HOUSEHOLD, at=later(days=40))
    assert fresh(need).due_on == WorkingCalendar.load().add(today(later(days=39)), left).on


def test_negative_control_by_its_own_slip_a_desk_would_begin_anew(world, monkeypatch):
    need = bring(world, S.REGISTERED)
    decline_need(need_id=need.pk, decline_ground="already_has", decision_reason="已享受同类补助,不重复发放", told_on=today(later(days=4)),
                 told_way="face", by=world.clerk, at=later(days=4))  # fmt: skip
    issue_slip(need_id=need.pk, by=world.clerk, at=later(days=4))
    left = WorkingCalendar.load().between(today(later(days=4)), fresh(need).due_on)
    monkeypatch.setattr("wanjia.casework.screening.rules.opens_anew", lambda need: True)
    appeal_decision(need_id=need.pk, words="我不同意", by=HOUSEHOLD, at=later(days=4, hours=1))
    assert WorkingCalendar.load().between(today(later(days=4)), fresh(need).due_on) > left
