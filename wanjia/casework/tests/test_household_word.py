"""The household's word is the household's: who may bring it, what a slip weighs, how a need is taken back, who is drawn."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from wanjia.orgs.carried import PROTECTIVE
from wanjia.orgs.models import Post, User
from wanjia.orgs.roles import Role
from wanjia.verdict import Refused

from ..assignment.commands import accept_need, assign_need, return_need
from ..callback import queries as calls
from ..callback.commands import call_back, keep_need, withdraw_need
from ..callback.rules import can_open_words
from ..closing.commands import close_need, recheck_need, resume_planned
from ..closing.rules import checklist
from ..handling.commands import ask_withdrawal, report_done
from ..honesty import queries as honesty
from ..ledger import queries as ledger
from ..ledger.need_page import five_steps
from ..models import Callback, Need
from ..rules import independent
from ..screening.commands import decline_need
from ..slip.commands import HOUSEHOLD, answer_by_slip, issue_slip
from ..states import NeedState as S
from ..together.commands import report_help
from ..triage.commands import triage_need
from .factories import later, worker
from .walk import DONE, bring, close, reported_with_slip, withdraw


def test_a_post_that_asks_households_needs_its_second_person():
    assert Role.CALLBACK_OFFICER in PROTECTIVE  # by the duty that this app brings: a house without it has no callbacks


def fresh(need):
    return Need.objects.get(pk=need.pk)


def again(user):
    return User.objects.get(pk=user.pk)


def officer_of(world, unit, username="benyuan"):
    """A callback officer who sits in `unit`."""
    return worker(username, "本单位回访员", unit, Role.CALLBACK_OFFICER)


# Who is independent


@pytest.mark.parametrize("part", ["holder", "returned", "helper", "was there", "author"])
def test_whoever_has_a_part_may_not_call_back(world, part):
    caller = worker("linshi", "临时回访", world.office, Role.CALLBACK_OFFICER)
    if part == "returned":
        need = bring(world, S.TRIAGED)
        assign_need(need_id=need.pk, holder=world.education, by=world.clerk, at=later(hours=3))
        return_need(need_id=need.pk, reason="按职责应由民政局办理", rule="县级部门权责清单", by=world.teacher, at=later(hours=4))
        assign_need(need_id=need.pk, holder=world.civil, by=world.clerk, at=later(hours=5))
        accept_need(need_id=need.pk, by=world.handler, at=later(hours=6))
        report_done(need_id=need.pk, **DONE, by=world.handler, at=later(days=4))
        Post.objects.create(user=caller, organisation=world.education, role="bureau_worker", from_on=date(2020, 1, 1))
    elif part == "helper":
        need = bring(world, S.TRIAGED)
        assign_need(need_id=need.pk, holder=world.civil, helpers=[world.education], by=world.clerk, at=later(hours=3))
        report_help(task_id=need.tasks.get().pk, words="学籍已经核实", by=world.teacher, at=later(hours=4))
        accept_need(need_id=need.pk, by=world.handler, at=later(hours=6))
        report_done(need_id=need.pk, **DONE, by=world.handler, at=later(days=4))
        Post.objects.create(user=caller, organisation=world.education, role="bureau_worker", from_on=date(2020, 1, 1))
    else:
        need = bring(world, S.DONE_REPORTED)
    if part == "holder":
        Post.objects.create(user=caller, organisation=world.civil, role="bureau_head", from_on=date(2020, 1, 1))
    if part == "was there":  # moved to the office three days after the need was recorded
        Post.objects.create(user=caller, organisation=world.civil, role="bureau_worker", from_on=date(2020, 1, 1), to_on=date(2026, 11, 5))
    if part == "author":
        moved = later(days=5).date()
        Post.objects.filter(user=world.handler).update(to_on=moved)
        Post.objects.create(user=world.handler, organisation=world.office, role="callback_officer", from_on=moved)
        caller = world.handler
    with pytest.raises(Refused, match="不能自己回访"):
        call_back(need_id=need.pk, way="phone", reached=True, word="solved", by=again(caller), at=later(days=5))
    assert need not in calls.to_call_back(again(caller))
    assert need in calls.to_call_back(world.caller)


def test_who_left_before_the_need_was_recorded_is_independent(world):
    need = bring(world, S.DONE_REPORTED)
    Post.objects.create(user=world.caller, organisation=world.civil, role="bureau_worker", from_on=date(2020, 1, 1), to_on=date(2026, 11, 1))
    assert independent(again(world.caller), need)
    assert not independent(world.handler, need)


def test_the_handling_unit_does_not_recheck_itself(world):
    need = bring(world, S.VERIFIED, involves_child=True)
    Post.objects.create(user=world.inspector, organisation=world.civil, role="inspector", from_on=date(2020, 1, 1))
    with pytest.raises(Refused, match="不能自己抽查"):
        recheck_need(need_id=need.pk, agrees=True, words="我们自己看过", by=again(world.inspector), at=later(days=6))
    assert need not in honesty.to_recheck(again(world.inspector))


def test_a_hand_over_that_leaves_nobody_to_call_back_is_refused(world):
    need = bring(world, S.TRIAGED)
    for what in ({"holder": world.office}, {"holder": world.civil, "helpers": [world.office]}):
        with pytest.raises(Refused, match="没有别的单位能向诉求人回访"):
            assign_need(need_id=need.pk, **what, by=world.clerk, at=later(hours=3))
    officer_of(world, world.education)
    worker("er-ducha", "另一督查", world.education, Role.INSPECTOR)
    assert assign_need(need_id=need.pk, holder=world.civil, helpers=[world.office], by=world.clerk, at=later(hours=3)).holder == world.civil


# Slips


def test_one_clerk_cannot_fake_the_word_any_more(world):
    """The very way in which confirmed went from 0 to 3: record, assign to the own unit, report, print, answer, close."""
    worker("lingdao", "张分管", world.township, Role.TOWNSHIP_LEADER)
    need = world.need(by=world.clerk, requester_name="编造的人")
    code = issue_slip(need_id=need.pk, by=world.clerk, at=later()).code
    from ..screening.commands import admit_need

    admit_need(need_id=need.pk, by=world.clerk, at=later(hours=1))
    triage_need(need_id=need.pk, urgency="ordinary", difficulty="easy", by=world.clerk, at=later(hours=2))
    assign_need(need_id=need.pk, holder=world.township, by=world.clerk, at=later(hours=3))
    with pytest.raises(Refused, match="只能派给本单位有办理权限的人"):
        accept_need(need_id=need.pk, handler=User.objects.get(username="lingdao"), by=world.clerk, at=later(hours=4))
    accept_need(need_id=need.pk, by=world.clerk, at=later(hours=4))
    report_done(need_id=need.pk, **DONE, by=world.clerk, at=later(days=4))
    for inside in (world.clerk, world.visitor, world.caller, world.ledger, User.objects.get(username="lingdao")):
        with pytest.raises(Refused, match="不能再打印小条"):
            issue_slip(need_id=need.pk, by=inside, at=later(days=4))
    assert code
    answer_by_slip(need_id=need.pk, word="solved", by=HOUSEHOLD, at=later(days=5))
    assert (fresh(need).state, fresh(need).confirmed, fresh(need).slip_word) == (S.DONE_REPORTED, "", "solved")
    with pytest.raises(Refused, match="回访以后才能销号"):
        close_need(need_id=need.pk, by=world.clerk, at=later(days=6))


def test_a_slip_of_the_callback_officer_confirms_unless_he_has_a_part(world):
    need, _code = reported_with_slip(world, by=world.caller)
    answer_by_slip(need_id=need.pk, word="solved", by=HOUSEHOLD, at=later(days=5))
    assert (fresh(need).state, fresh(need).confirmed, fresh(need).confirmed_by) == (S.VERIFIED, "solved", "slip")
    other, _code = reported_with_slip(world, by=officer_of(world, world.civil))
    answer_by_slip(need_id=other.pk, word="solved", by=HOUSEHOLD, at=later(days=5))
    assert (fresh(other).state, fresh(other).confirmed) == (S.DONE_REPORTED, "")


def test_not_solved_by_the_slip_acts_at_once(world):
    need, _code = reported_with_slip(world)
    answer_by_slip(need_id=need.pk, word="unsolved", words="还在漏", by=HOUSEHOLD, at=later(days=5))
    assert (fresh(need).state, fresh(need).confirmed, fresh(need).confirmed_by) == (S.REOPENED, "unsolved", "slip")


def test_a_slips_solved_stands_first_on_the_callback_desk(world):
    early = bring(world, S.DONE_REPORTED)
    need, _code = reported_with_slip(world)
    answer_by_slip(need_id=need.pk, word="solved", by=HOUSEHOLD, at=later(days=5))
    assert list(calls.to_call_back(world.caller)) == [need, early]
    with pytest.raises(Refused, match="记下了"):
        answer_by_slip(need_id=need.pk, word="solved", by=HOUSEHOLD, at=later(days=5))


def test_the_household_reads_that_another_unit_asks_again(client, world):
    need, code = reported_with_slip(world)
    where = reverse("casework:slip_page", args=[code])
    answer = client.post(where, {"key": str(uuid4()), "word": "solved"}, follow=True)
    html = answer.content.decode()
    assert "为防有人代填,别的单位还会和您核实一次" in html
    assert 'value="solved"' not in html
    assert 'value="unsolved"' in html
    client.force_login(world.caller, backend="django.contrib.auth.backends.ModelBackend")
    assert "小条上已说解决,请核实一次" in client.get(reverse("casework:callbacks")).content.decode()


def test_a_declined_household_disagrees_by_its_slip(client, world):
    need = world.need()
    code = issue_slip(need_id=need.pk, by=world.visitor, at=later()).code

    decline_need(need_id=need.pk, decline_ground="not_true", decision_reason="与核实情况不符", told_on=date(2026, 11, 2), told_way="face",
                 by=world.clerk, at=later(hours=1))  # fmt: skip
    where = reverse("casework:slip_page", args=[code])
    assert "我不同意" in client.get(where).content.decode()
    client.post(where, {"key": str(uuid4()), "word": "disagree", "words": "我家情况不一样"})
    assert (fresh(need).state, fresh(need).holder) == (S.REGISTERED, world.township)


def test_a_household_says_by_its_slip_that_it_never_took_its_need_back(world):
    need = bring(world, S.TRIAGED)
    issue_slip(need_id=need.pk, by=world.visitor, at=later(hours=3))
    withdraw(world, need, at=later(days=1))
    answer_by_slip(need_id=need.pk, word="unsolved", by=HOUSEHOLD, at=later(days=2))
    assert fresh(need).state == S.REOPENED


# The rule that stood in its own way


def test_phone_partly_then_slip_solved_can_still_be_closed(world):
    need, _code = reported_with_slip(world)
    call_back(need_id=need.pk, way="phone", reached=True, word="partly", satisfaction="fairly", by=world.caller, at=later(days=5))
    answer_by_slip(need_id=need.pk, word="solved", by=HOUSEHOLD, at=later(days=5, hours=1))
    now = fresh(need)
    assert (now.state, now.confirmed, now.satisfaction, now.slip_word) == (S.VERIFIED, "partly", "fairly", "solved")
    assert [item.number for item in checklist(now, later(days=6)) if not item.holds and item.number != 9] == []
    assert close(world, now).state == S.CLOSED


def test_a_trusted_slip_lifts_partly_and_the_satisfaction_stays(world):
    need, _code = reported_with_slip(world, by=world.caller)
    call_back(need_id=need.pk, way="phone", reached=True, word="partly", satisfaction="fairly", by=world.caller, at=later(days=5))
    answer_by_slip(need_id=need.pk, word="solved", by=HOUSEHOLD, at=later(days=5, hours=1))
    assert (fresh(need).confirmed, fresh(need).confirmed_by, fresh(need).satisfaction) == ("solved", "slip", "fairly")
    assert close(world, need).state == S.CLOSED


def test_tries_of_an_earlier_report_do_not_count(world):
    need = bring(world, S.IN_PROGRESS)
    planned = DONE | {"outcome": "planned", "planned_on": date(2026, 11, 9)}
    report_done(need_id=need.pk, **planned, by=world.handler, at=later(days=4))
    for day, hour in ((5, 0), (5, 3), (6, 1)):
        call_back(need_id=need.pk, way="phone", reached=False, by=world.caller, at=later(days=day, hours=hour))
    resume_planned(need_id=need.pk, by=world.handler, at=later(days=8))
    report_done(need_id=need.pk, **DONE, by=world.handler, at=later(days=9))
    call_back(need_id=need.pk, way="phone", reached=False, by=world.caller, at=later(days=10))
    assert fresh(need).state == S.DONE_REPORTED


# Taking back


def test_asking_to_withdraw_ends_nothing(world):
    need = bring(world, S.IN_PROGRESS)
    ask_withdrawal(need_id=need.pk, words="不", by=world.visitor, at=later(days=3))
    now = fresh(need)
    assert (now.state, now.holder, now.handler, now.withdrawal_asked_at) == (S.IN_PROGRESS, world.civil, world.handler, later(days=3))
    assert list(calls.withdrawals(world.caller)) == [now]
    assert now in ledger.on_desk(world.caller)
    with pytest.raises(Refused, match="正等着别的单位"):
        ask_withdrawal(need_id=need.pk, words="不", by=world.visitor, at=later(days=3))


def test_only_another_units_callback_officer_ends_it(world):
    need = bring(world, S.IN_PROGRESS)
    ask_withdrawal(need_id=need.pk, words="家里不办了", by=world.visitor, at=later(days=3))
    said = {"need_id": need.pk, "way": "phone", "words": "是我要撤的", "at": later(days=4)}
    with pytest.raises(Refused, match="不能自己核实撤回"):
        withdraw_need(**said, by=officer_of(world, world.civil))
    ended = withdraw_need(**said, by=world.caller)
    assert (ended.state, ended.withdrawal_asked_at) == (S.WITHDRAWN, None)
    heard = Callback.objects.get(need=need)
    assert (heard.reached, heard.words, heard.by) == (True, "是我要撤的", world.caller)


def test_the_unit_that_asks_does_not_check_though_it_handed_the_need_on(world):
    """Found by the search: the desk hands a need on, enters that the household takes it back, and its own officer confirms it."""
    need = bring(world, S.TRIAGED)
    desk = officer_of(world, world.township)
    assign_need(need_id=need.pk, holder=world.civil, by=world.clerk, at=later(hours=3))
    ask_withdrawal(need_id=need.pk, words="不", by=world.clerk, at=later(days=1))
    assert independent(desk, fresh(need))
    with pytest.raises(Refused, match="登记撤回申请的单位不能自己核实"):
        withdraw_need(need_id=need.pk, way="phone", words="要撤", by=desk, at=later(days=2))
    assert fresh(need).state == S.ASSIGNED


def test_the_unit_that_asks_does_not_read_that_it_pressed_the_household(world):
    """The household's answer may be that it was told to take its need back: the head of who asked would read who said so."""
    need = bring(world, S.TRIAGED)
    head = worker("lingdao2", "分管领导", world.township, Role.TOWNSHIP_LEADER)
    assign_need(need_id=need.pk, holder=world.civil, by=world.clerk, at=later(hours=3))
    keep = {"need_id": need.pk, "way": "phone", "words": "是他们叫我撤的", "by": world.caller, "at": later(days=2)}
    ask_withdrawal(need_id=need.pk, words="不", by=world.clerk, at=later(days=1))
    keep_need(**keep)
    assert independent(head, fresh(need)), "the head is kept out for another reason than the one under test"
    assert "登记撤回申请的单位" in str(can_open_words(head, fresh(need)).reason)
    assert can_open_words(world.caller, fresh(need))


def test_a_note_on_the_way_does_not_move_the_day_a_step_was_reached(world):
    need = bring(world, S.TRIAGED)
    assign_need(need_id=need.pk, holder=world.civil, by=world.clerk, at=later(hours=3))
    before = five_steps(fresh(need), list(ledger.timeline(need)))
    ask_withdrawal(need_id=need.pk, words="不", by=world.clerk, at=later(days=3))
    assert five_steps(fresh(need), list(ledger.timeline(need))) == before


def test_not_reached_stays_so_until_another_unit_reaches_somebody(world):
    """Found by the search: a slip's "not solved" and a new report made 回访未果 vanish without anybody being reached."""
    need, _code = reported_with_slip(world)
    for day, hour in ((5, 0), (5, 3), (6, 1)):
        call_back(need_id=need.pk, way="phone", reached=False, by=world.caller, at=later(days=day, hours=hour))
    answer_by_slip(need_id=need.pk, word="unsolved", by=HOUSEHOLD, at=later(days=7))
    accept_need(need_id=need.pk, by=world.handler, at=later(days=8))
    report_done(need_id=need.pk, **DONE, by=world.handler, at=later(days=9))
    assert fresh(need).callback_failed
    call_back(need_id=need.pk, way="phone", reached=True, word="unsolved", by=world.caller, at=later(days=10))
    assert not fresh(need).callback_failed


def test_a_list_and_an_act_ask_the_same_about_parts(world):
    """`independent` and `involves` are one answer in two forms: over needs in every state and everybody of the world."""
    from ..rules import involves

    for state in S:
        bring(world, state)
    with_help = bring(world, S.TRIAGED)
    assign_need(need_id=with_help.pk, holder=world.civil, helpers=[world.education], by=world.clerk, at=later(hours=3))
    Post.objects.create(user=world.stranger, organisation=world.civil, role="bureau_head", from_on=date(2020, 1, 1), to_on=date(2026, 11, 4))
    for user in User.objects.all():
        parts = set(Need.objects.filter(involves(user)).values_list("pk", flat=True))
        assert parts == {need.pk for need in Need.objects.all() if not independent(user, need)}, user.name


def test_a_household_that_takes_nothing_back_keeps_its_need_for_all_to_see(world):
    need = bring(world, S.IN_PROGRESS)
    ask_withdrawal(need_id=need.pk, words="家里不办了", by=world.visitor, at=later(days=3))
    keep_need(need_id=need.pk, way="face", words="我从没说过", by=world.caller, at=later(days=4))
    assert (fresh(need).state, fresh(need).withdrawal_asked_at) == (S.IN_PROGRESS, None)
    assert "诉求人没有要求撤回" in need.steps.last().words
    assert calls.withdrawals(world.caller).count() == 0


def test_pages_of_the_withdrawal(client, world):
    need = bring(world, S.IN_PROGRESS)
    client.force_login(world.visitor, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(reverse("casework:ask_withdrawal", args=[need.pk]), {"key": str(uuid4()), "words": "家里不办了"}).status_code == 302
    assert "等别的单位向诉求人核实" in client.get(reverse("casework:need", args=[need.pk])).content.decode()
    client.force_login(world.caller, backend="django.contrib.auth.backends.ModelBackend")
    assert need.number in client.get(reverse("casework:callbacks")).content.decode()
    where = reverse("casework:check_withdrawal", args=[need.pk])
    page = client.get(where).content.decode()
    assert "家里不办了" not in page, "the words of the request are sealed: the checker opens them by the door, with a reason"
    assert reverse("casework:words", args=[need.pk]) in page
    client.post(where, {"key": str(uuid4()), "takes_back": "no", "way": "phone", "words": "我没有说"})
    assert (fresh(need).state, fresh(need).withdrawal_asked_at) == (S.IN_PROGRESS, None)


# The first clock


def test_grading_anew_and_handing_over_late_move_no_clock(world):
    need = bring(world, S.TRIAGED)
    due, step_due = need.due_on, need.step_due_on
    late = later(days=20)
    triage_need(need_id=need.pk, urgency="ordinary", difficulty="hard", words="比想的难", by=world.clerk, at=late)
    assert (fresh(need).due_on, fresh(need).step_due_on, fresh(need).late_since) == (due, step_due, due)
    assign_need(need_id=need.pk, holder=world.civil, by=world.clerk, at=late)
    assert (fresh(need).due_on, fresh(need).late_since) == (due, due)


# A post ended today was held this morning: `to_on` is the first day without it


@pytest.mark.parametrize("who", ["sat in the unit", "sat beside an author"])
def test_who_stood_there_on_the_day_itself_has_a_part_though_the_post_ended_that_day(world, who):
    need = bring(world, S.ASSIGNED)
    caller = officer_of(world, world.office if who == "sat in the unit" else world.education)
    if who == "sat in the unit":  # recorded and handed over while he sat there; he changed desks in the afternoon
        Post.objects.create(user=caller, organisation=world.civil, role=Role.BUREAU_HEAD, from_on=date(2020, 1, 1), to_on=need.recorded_on)
    accept_need(need_id=need.pk, by=world.handler, at=later(days=1))
    if who == "sat beside an author":  # who signed in the morning was of the caller's unit too until that day
        Post.objects.create(user=world.handler, organisation=world.education, role=Role.BUREAU_WORKER, from_on=date(2020, 1, 1), to_on=date(2026, 11, 3))
    report_done(need_id=need.pk, **DONE, by=world.handler, at=later(days=4))
    assert not independent(again(caller), fresh(need))
    assert need.pk not in calls.to_call_back(again(caller)).values_list("pk", flat=True)
    with pytest.raises(Refused, match="不能自己回访"):
        call_back(need_id=need.pk, way="phone", reached=True, word="solved", by=again(caller), at=later(days=5))
    # Negative control: a day earlier he is as far from it as anybody.
    Post.objects.filter(to_on__isnull=False).update(to_on=date(2026, 11, 1))
    assert independent(again(caller), fresh(need))
    assert need.pk in calls.to_call_back(again(caller)).values_list("pk", flat=True)
