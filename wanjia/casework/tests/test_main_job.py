"""From the visit to the household's own word: owner and date at every moment, and an honest end."""

from datetime import date, datetime

import pytest

from wanjia.kernel import journal
from wanjia.kernel.calendar import CHINA
from wanjia.verdict import Refused

from ..assignment.commands import assign_need, return_need
from ..callback.commands import call_back
from ..closing import rules as closing
from ..closing.commands import close_need, reopen_need
from ..models import Holding, Need, Step
from ..rules import visible_needs
from ..sessions.commands import call_session, decide_item
from ..slip.commands import HOUSEHOLD, answer_by_slip, issue_slip
from ..slip.queries import need_of
from ..states import OPEN, NeedState
from .acts import CALLED, DECISION
from .factories import later
from .walk import bring, close, reported_with_slip

LIVE = [state for state in NeedState if state in OPEN]


@pytest.mark.parametrize("state", NeedState)
def test_every_state_is_reached_by_commands_and_has_owner_and_date_while_open(world, state):
    need = bring(world, state)
    assert need.state == state
    owners = list(Holding.objects.filter(need=need, to_at=None).values_list("organisation_id", flat=True))
    assert owners == ([need.holder_id] if state in OPEN else [])
    assert (need.due_on is not None) and (need.holder_id is not None)


def test_a_fresh_need_lies_on_the_township_desk_with_a_reply_date(world):
    need = world.need()
    assert (need.number, need.holder, need.due_on) == ("530625-202611-0001", world.township, date(2026, 11, 5))
    assert world.need().number == "530625-202611-0002"


def test_the_timeline_tells_the_whole_way(world):
    need = bring(world, NeedState.CLOSED)
    acts = [step.act for step in Step.objects.filter(need=need) if step.act != "recheck"]
    assert acts == ["record", "admit", "triage", "assign", "accept", "start", "report_done", "verify", "close"]
    assert journal.verify()[1] is None


def test_the_grade_gives_the_deadline_in_working_days(world):
    assert bring(world, NeedState.TRIAGED).due_on == date(2026, 11, 16)


def test_a_unit_that_the_grade_does_not_name_is_refused(world):
    need = bring(world, NeedState.TRIAGED)
    with pytest.raises(Refused, match="不能交给大同村村民委员会"):
        assign_need(need_id=need.pk, holder=world.committee, by=world.clerk, at=later(hours=3))


def test_the_handling_unit_may_not_call_back(world):
    need = bring(world, NeedState.DONE_REPORTED)
    verdict = call_back.__wrapped__  # the rule is asked inside the command
    assert verdict
    world.civil.posts.create(user=world.caller, organisation=world.civil, role="bureau_worker", from_on=date(2020, 1, 1))
    caller = type(world.caller).objects.get(pk=world.caller.pk)
    with pytest.raises(Refused, match="不能自己回访"):
        call_back(need_id=need.pk, way="phone", reached=True, word="solved", by=caller, at=later(days=5))


def test_unsolved_goes_back_to_the_unit_under_the_first_clock(world):
    before = bring(world, NeedState.DONE_REPORTED).due_on
    need = Need.objects.get()
    call_back(need_id=need.pk, way="phone", reached=True, word="unsolved", by=world.caller, at=later(days=5))
    need.refresh_from_db()
    assert (need.state, need.due_on, need.holder, need.handler, need.confirmed) == (
        "reopened",
        before,
        world.civil,
        None,
        "unsolved",
    )


def test_three_failed_tries_on_two_days_at_different_hours_give_up_and_confirm_nothing(world):
    need = bring(world, NeedState.DONE_REPORTED)
    for day, hour in ((5, 0), (5, 3), (6, 1)):
        assert Need.objects.get(pk=need.pk).state == NeedState.DONE_REPORTED
        call_back(need_id=need.pk, way="phone", reached=False, by=world.caller, at=later(days=day, hours=hour))
    need.refresh_from_db()
    assert (need.state, need.callback_failed, need.confirmed, need.satisfaction) == ("verified", True, "", "")


def test_three_failed_tries_in_one_hour_do_not_give_up(world):
    need = bring(world, NeedState.DONE_REPORTED)
    for _try in range(4):
        call_back(need_id=need.pk, way="phone", reached=False, by=world.caller, at=later(days=5))
    assert Need.objects.get(pk=need.pk).state == NeedState.DONE_REPORTED


@pytest.mark.parametrize("moments", [
    ["11-06 23:58", "11-06 23:59", "11-07 00:00"],  # around midnight: two days, two hours, one attempt
    ["11-06 10:59", "11-06 11:00", "11-07 09:00"],  # two in one minute
    ["11-06 02:00", "11-07 04:00", "11-08 05:00"],  # while everybody sleeps
])  # fmt: skip
def test_tries_that_are_one_or_at_night_give_nobody_up(world, moments):
    need = bring(world, NeedState.DONE_REPORTED)
    Need.objects.filter(pk=need.pk).update(done_at=datetime(2026, 11, 4, 12, tzinfo=CHINA))
    for moment in moments:
        at = datetime.strptime(f"2026-{moment}", "%Y-%m-%d %H:%M").replace(tzinfo=CHINA)
        call_back(need_id=need.pk, way="phone", reached=False, by=world.caller, at=at)
    assert Need.objects.get(pk=need.pk).state == NeedState.DONE_REPORTED
    for hour in (9, 12, 15):  # and real tries still do
        if Need.objects.get(pk=need.pk).state == NeedState.DONE_REPORTED:
            call_back(need_id=need.pk, way="phone", reached=False, by=world.caller, at=datetime(2026, 11, 9, hour, tzinfo=CHINA))
    again = Need.objects.get(pk=need.pk)
    if again.state == NeedState.DONE_REPORTED:
        call_back(need_id=need.pk, way="phone", reached=False, by=world.caller, at=datetime(2026, 11, 10, 9, tzinfo=CHINA))
    assert Need.objects.get(pk=need.pk).callback_failed


def test_a_childs_need_is_rechecked_before_it_is_struck_off(world):
    need = bring(world, NeedState.VERIFIED, involves_child=True)
    with pytest.raises(Refused, match="上一级抽查"):
        close_need(need_id=need.pk, by=world.clerk, at=later(days=6))
    assert close(world, need).state == NeedState.CLOSED


def test_the_handler_may_not_strike_off_his_own(world):
    need = bring(world, NeedState.VERIFIED)
    Need.objects.filter(pk=need.pk).update(handler=world.clerk)
    with pytest.raises(Refused, match="自己经办"):
        close_need(need_id=need.pk, by=world.clerk, at=later(days=6))


def test_closing_asks_for_the_nine_rules(world, monkeypatch):
    need = bring(world, NeedState.VERIFIED)
    monkeypatch.setattr(closing, "is_drawn", lambda need: False)
    assert [item.number for item in closing.checklist(need, later(days=6)) if not item.holds] == []
    need.answered_on = None
    assert [item.number for item in closing.checklist(need, later(days=6)) if not item.holds] == [2]


def test_reopening_keeps_number_and_first_clock_within_thirty_days(world):
    need = bring(world, NeedState.CLOSED)
    first = (need.number, need.due_on, need.recorded_at)
    with pytest.raises(Refused, match="已经超过 30 天"):
        reopen_need(need_id=need.pk, words="又坏了", by=world.visitor, at=later(days=40))
    again = reopen_need(need_id=need.pk, words="又坏了", by=world.visitor, at=later(days=20))
    assert (again.number, again.due_on, again.recorded_at) == first
    assert Holding.objects.get(need=need, to_at=None).organisation == world.civil


def test_a_second_return_is_the_last(world):
    need = bring(world, NeedState.RETURNED)
    assert need.holder == world.township
    assign_need(need_id=need.pk, holder=world.education, by=world.clerk, at=later(days=1))
    return_need(need_id=need.pk, reason="应由民政部门负责认定", rule="县级部门权责清单", by=world.teacher, at=later(days=1, hours=1))
    with pytest.raises(Refused, match="由会商确定主办单位"):
        assign_need(need_id=need.pk, holder=world.civil, by=world.clerk, at=later(days=2))
    session = call_session(**CALLED | {"on": date(2026, 11, 4)}, by=world.clerk, at=later(days=2))
    decide_item(item_id=session.items.get().pk, **DECISION, holder=world.civil, by=world.clerk, at=later(days=2))
    with pytest.raises(Refused, match="不能再退"):
        return_need(need_id=need.pk, reason="应由教育部门负责认定", rule="县级部门权责清单", by=world.handler, at=later(days=2, hours=1))


def test_the_household_speaks_through_its_slip(world):
    need, code = reported_with_slip(world, by=world.caller)
    assert len(code) == 6
    assert need_of(code.lower()) == need
    assert need_of("222222") is None
    answer_by_slip(need_id=need.pk, word="solved", by=HOUSEHOLD, at=later(days=5))
    need.refresh_from_db()
    assert (need.state, need.confirmed, need.confirmed_by) == ("verified", "solved", "slip")
    close(world, need)
    answer_by_slip(need_id=need.pk, word="unsolved", words="水又停了", by=HOUSEHOLD, at=later(days=9))
    assert Need.objects.get(pk=need.pk).state == NeedState.REOPENED


def test_a_new_slip_ends_the_old(world):
    need = bring(world, NeedState.ASSIGNED)
    old = issue_slip(need_id=need.pk, by=world.visitor, at=later()).code
    issue_slip(need_id=need.pk, by=world.visitor, at=later(hours=1))
    assert need_of(old) is None


def test_who_sees_a_need(world):
    need = bring(world, NeedState.ASSIGNED)
    seen = {name: visible_needs(getattr(world, name)).filter(pk=need.pk).exists()
            for name in ("visitor", "clerk", "handler", "caller", "ledger", "stranger", "teacher")}  # fmt: skip
    assert seen == {
        "visitor": True, "clerk": True, "handler": True, "caller": True, "ledger": True, "stranger": False, "teacher": False,
    }  # fmt: skip
