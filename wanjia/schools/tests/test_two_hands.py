"""What asks for two hands in schools asks for two people: a second account of the same person is refused, in each room."""

from datetime import timedelta

import pytest

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Post, User
from wanjia.schools.fares import rules as fares
from wanjia.schools.inspecting import commands, rules
from wanjia.schools.inspection_states import HazardState
from wanjia.schools.models import DutySwap, MendOrder, Receiver, SafetyNotice, Settlement
from wanjia.schools.notice_states import NoticeState
from wanjia.schools.notices import commands as notices
from wanjia.schools.notices import rules as of_notices
from wanjia.schools.plan_states import PlanState, SignsFor
from wanjia.schools.plans import rules as plans
from wanjia.schools.riders import rules as riders
from wanjia.schools.rostering import rules as rostering
from wanjia.verdict import Refused

from . import acts_buses, acts_fares
from .acts_notices import writing
from .acts_roster import asked
from .inspection_factories import DAY, hazard, leader, second
from .notice_factories import ktv, notice
from .plan_factories import signed, whole

pytestmark = pytest.mark.django_db
TWO = "是同一个人的"


@pytest.fixture
def world():
    return World()


def account_of(user, username="dierhao"):
    """A second account of the same person, with the same posts."""
    other = User.objects.create_user(username, name=user.name)
    for post in user.posts.all():
        Post.objects.create(user=other, organisation=post.organisation, role=post.role, area=post.area, from_on=post.from_on)
    return User.objects.get(pk=other.pk)


def test_a_binding_notice_is_not_written_and_issued_by_one_person(world):
    ktv(world)
    one = notices.write_notice(**writing(world), by=leader(world), at=MONDAY)
    with pytest.raises(Refused, match=TWO):
        notices.issue_notice(safety_notice_id=one.pk, by=account_of(leader(world)), at=MONDAY)
    assert SafetyNotice.objects.get().state == NoticeState.DRAFT
    assert notices.issue_notice(safety_notice_id=one.pk, by=second(world), at=MONDAY).state == NoticeState.ISSUED, "another person issues it"


def test_an_appeal_binds_nobody_and_needs_no_second(world):
    one = notice(world, NoticeState.DRAFT, basis="", paper="", made_by=leader(world))
    assert notices.issue_notice(safety_notice_id=one.pk, by=account_of(leader(world)), at=MONDAY).state == NoticeState.ISSUED


def test_a_hazard_is_not_mended_and_rechecked_by_one_person(world):
    one = hazard(world, HazardState.ORDERED)
    commands.mend_hazard(hazard_id=one.pk, mended_on=DAY, words="锁已拆", by=leader(world), at=MONDAY)
    with pytest.raises(Refused, match=TWO):
        commands.recheck_hazard(hazard_id=one.pk, passed=True, day=DAY, licensed=2, words="已拆", by=account_of(leader(world)), at=MONDAY)
    assert commands.recheck_hazard(hazard_id=one.pk, passed=True, day=DAY, licensed=2, words="已拆", by=second(world), at=MONDAY)


def ordered(world, by):
    """It was ordered by somebody, and nobody told it to be mended."""
    one = hazard(world, HazardState.ORDERED)
    MendOrder.objects.filter(pk=one.order_id).update(issued_by=by)
    return one


def test_what_nobody_told_to_be_mended_is_not_closed_by_whoever_ordered_it(world):
    one, look = ordered(world, leader(world)), {"passed": True, "day": DAY, "licensed": 2, "words": "已拆"}
    for by in (leader(world), account_of(leader(world))):
        with pytest.raises(Refused, match="开通知书的人不能自己销号"):
            commands.recheck_hazard(hazard_id=one.pk, **look, by=by, at=MONDAY)
    failed = look | {"passed": False, "due_on": DAY + timedelta(days=5)}
    assert commands.recheck_hazard(hazard_id=one.pk, **failed, by=leader(world), at=MONDAY), "that it is not mended he says alone"
    assert commands.recheck_hazard(hazard_id=one.pk, **look, by=second(world), at=MONDAY)


def test_what_another_hand_told_to_be_mended_whoever_ordered_it_looks_at(world):
    one = ordered(world, leader(world))
    commands.mend_hazard(hazard_id=one.pk, mended_on=DAY, words="锁已拆", by=second(world), at=MONDAY)
    assert commands.recheck_hazard(hazard_id=one.pk, passed=True, day=DAY, licensed=2, words="已拆", by=leader(world), at=MONDAY)


def test_a_day_is_not_put_off_twice_by_one_person(world):
    one = hazard(world, HazardState.ORDERED)

    def fails(by, days, now):
        return commands.recheck_hazard(hazard_id=one.pk, passed=False, day=DAY + timedelta(days=now), licensed=2, words="门还锁着", due_on=DAY + timedelta(days=days), by=by, at=MONDAY + timedelta(days=now))

    fails(leader(world), 20, 1)
    with pytest.raises(Refused, match="另一个人"):
        fails(account_of(leader(world)), 30, 2)


def test_who_may_receive_a_child_a_month_and_an_exchange_are_seen_by_two_people(world):
    officer = User.objects.get(pk=world.schools.pk)
    other = account_of(officer)
    one = Receiver.objects.get(pk=acts_buses.listed(world)["receiver_id"])
    Receiver.objects.filter(pk=one.pk).update(listed_by=officer)
    one.refresh_from_db()
    assert TWO in riders.can_confirm(other, one, MONDAY).reason
    acts_fares.settled(world)
    month = Settlement.objects.get()
    asked(world)
    swap = DutySwap.objects.get()
    assert TWO in rostering.can_decide(account_of(User.objects.get(pk=swap.asked_by_id), "disanhao"), swap, MONDAY).reason
    assert month.drawn_by == officer and TWO in fares.can_sign(other, month, MONDAY).reason


def test_three_sides_are_signed_for_by_three_people(world):
    """One person with accounts in the school and in the bureau signs for one of them alone."""
    plan, head = whole(world, PlanState.HANDED), User.objects.get(pk=world.headmaster.pk)
    signed(world, plan, by=head)
    User.objects.filter(pk=world.schools.pk).update(name=head.name)
    officer = User.objects.get(pk=world.schools.pk)
    assert TWO in plans.may_sign_for(officer, plan, SignsFor.EDUCATION, world.education, MONDAY).reason


# What binds is not widened by one hand


def test_a_group_is_not_added_to_what_binds_already_by_one_hand(world):
    one = notice(world)
    with pytest.raises(Refused, match="另发一份"):
        notices.name_group(safety_notice_id=one.pk, group="江边舞蹈队", by=leader(world), at=MONDAY)
    assert not one.receipts.exclude(group="").exists()
    asks = notice(world, name="考试期间请安静", basis="", paper="")
    assert notices.name_group(safety_notice_id=asks.pk, group="江边舞蹈队", by=leader(world), at=MONDAY), "an appeal is sent to whoever wants it"


def test_who_adds_a_group_to_a_draft_wrote_it_too(world):
    one = notice(world, NoticeState.DRAFT)
    notices.name_group(safety_notice_id=one.pk, group="江边舞蹈队", by=leader(world), at=MONDAY)
    with pytest.raises(Refused, match="写的人不能自己签发"):
        notices.issue_notice(safety_notice_id=one.pk, by=leader(world), at=MONDAY)
    assert notices.issue_notice(safety_notice_id=one.pk, by=second(world), at=MONDAY)


def test_without_the_rule_two_accounts_pass(world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(of_notices, "is_one_person", lambda *_asked: False)
    monkeypatch.setattr(rules, "is_one_person", lambda *_asked: False)
    one = notice(world, NoticeState.DRAFT, made_by=leader(world))
    assert notices.issue_notice(safety_notice_id=one.pk, by=account_of(leader(world)), at=MONDAY).state == NoticeState.ISSUED
    found = hazard(world, HazardState.ORDERED)
    commands.mend_hazard(hazard_id=found.pk, mended_on=DAY, words="锁已拆", by=leader(world), at=MONDAY)
    assert commands.recheck_hazard(hazard_id=found.pk, passed=True, day=DAY, licensed=2, words="已拆", by=account_of(leader(world), "third"), at=MONDAY)
