"""Whoever stands in two units, moved between them, or leads both: the household's word stays another unit's (ADR 78)."""

from datetime import date

import pytest

from wanjia.orgs.models import Post, User
from wanjia.orgs.roles import Role
from wanjia.verdict import Refused

from ..assignment.commands import accept_need, assign_need
from ..callback.commands import call_back, withdraw_need
from ..closing.commands import recheck_need
from ..handling.commands import ask_withdrawal, report_done
from ..models import Need
from ..rules import independent, involves
from ..states import NeedState as S
from .factories import later, worker
from .walk import DONE, bring

LONG_AGO = date(2020, 1, 1)
SOLVED = {"way": "phone", "reached": True, "word": "solved"}


def sits(user, unit, role, from_on=LONG_AGO, to_on=None):
    """Give one more post; return the user read anew."""
    Post.objects.create(user=user, organisation=unit, role=role, from_on=from_on, to_on=to_on)
    return User.objects.get(pk=user.pk)


def agree(need, user, expected):
    """The answer for one need and the one for lists are the same, and as expected."""
    need = Need.objects.get(pk=need.pk)
    assert independent(user, need) is expected
    assert Need.objects.filter(involves(user), pk=need.pk).exists() is not expected


def settled_by(world, person):
    """A need of the civil bureau that `person` signs for and reports done."""
    need = bring(world, S.ASSIGNED)
    accept_need(need_id=need.pk, by=person, at=later(days=1))
    return report_done(need_id=need.pk, **DONE, by=person, at=later(days=4))


def test_the_second_unit_of_the_clerk_who_handled_may_not_call_back(world):
    """His line names his main unit only; the people of the other one are his colleagues all the same."""
    both = sits(world.handler, world.education, Role.BUREAU_HEAD, date(2021, 1, 1))
    need = settled_by(world, both)
    colleague = worker("jiaoti-huifang", "郑回访", world.education, Role.CALLBACK_OFFICER)
    agree(need, colleague, expected=False)
    with pytest.raises(Refused, match="不能自己回访"):
        call_back(need_id=need.pk, **SOLVED, by=colleague, at=later(days=5))
    agree(need, world.caller, expected=True)


def test_a_colleague_who_did_nothing_taints_no_second_unit(world):
    """Negative control: a bureau's clerk with a post elsewhere who never worked on the need keeps nobody there from calling back."""
    sits(world.handler, world.education, Role.BUREAU_HEAD, date(2021, 1, 1))
    need = settled_by(world, worker("minzheng3", "马民政", world.civil, Role.BUREAU_WORKER))
    agree(need, worker("jiaoti-huifang", "郑回访", world.education, Role.CALLBACK_OFFICER), expected=True)


def test_the_request_of_somebody_in_two_units_is_both_units_request(world):
    """She enters it in the name of her main unit; the officer of her other one may not confirm it."""
    asker = sits(world.teacher, world.elsewhere, Role.TOWNSHIP_WORKER, date(2021, 1, 1))
    need = bring(world, S.ADMITTED, by=asker)
    ask_withdrawal(need_id=need.pk, words="不办了", by=asker, at=later(days=1))
    officer = worker("makou-huifang", "冯回访", world.elsewhere, Role.CALLBACK_OFFICER)
    officer = sits(officer, world.office, Role.CALLBACK_OFFICER)
    said = {"need_id": need.pk, "way": "phone", "words": "要撤", "at": later(days=2)}
    with pytest.raises(Refused, match="登记撤回申请的单位不能自己核实"):
        withdraw_need(**said, by=officer)
    assert withdraw_need(**said, by=world.caller).state == S.WITHDRAWN


def test_an_officer_who_left_the_asking_unit_afterwards_may_not_confirm_either(world):
    need = bring(world, S.ADMITTED)
    ask_withdrawal(need_id=need.pk, words="不办了", by=world.visitor, at=later(days=1))
    moved = worker("cunli", "原村干", world.committee, Role.SCHOOL_WORKER)
    Post.objects.filter(user=moved).update(to_on=date(2026, 11, 4))
    moved = sits(moved, world.office, Role.CALLBACK_OFFICER)
    with pytest.raises(Refused, match="登记撤回申请的单位不能自己核实"):
        withdraw_need(need_id=need.pk, way="phone", words="要撤", by=moved, at=later(days=3))


@pytest.mark.parametrize("wrote", [True, False])
def test_whoever_moved_to_the_callback_unit_after_handling(world, wrote):
    """Neither the handler nor a colleague of then; but those whom they joined may."""
    mover = world.handler if wrote else worker("minzheng3", "马民政", world.civil, Role.BUREAU_WORKER)
    need = settled_by(world, world.handler)
    Post.objects.filter(user=mover).update(to_on=date(2026, 11, 7))
    mover = sits(mover, world.office, Role.CALLBACK_OFFICER, date(2026, 11, 7))
    agree(need, mover, expected=False)
    with pytest.raises(Refused, match="不能自己回访"):
        call_back(need_id=need.pk, **SOLVED, by=mover, at=later(days=6))
    agree(need, world.caller, expected=True)
    call_back(need_id=need.pk, **SOLVED, by=world.caller, at=later(days=6))


def test_whoever_left_before_the_need_was_recorded_has_no_part(world):
    moved = worker("minzheng3", "马民政", world.civil, Role.BUREAU_WORKER)
    Post.objects.filter(user=moved).update(to_on=date(2026, 11, 1))
    agree(settled_by(world, world.handler), sits(moved, world.office, Role.CALLBACK_OFFICER), expected=True)


def test_a_leader_over_both_units_does_not_recheck(world):
    need = settled_by(world, world.handler)
    Need.objects.filter(pk=need.pk).update(drawn=True)
    call_back(need_id=need.pk, **SOLVED, by=world.caller, at=later(days=5))
    leader = worker("fenguan", "何分管", world.oversight, Role.LEADER)
    over_both = sits(worker("liangbian", "吕分管", world.oversight, Role.LEADER), world.civil, Role.LEADER)
    agree(need, over_both, expected=False)
    with pytest.raises(Refused, match="不能自己抽查"):
        recheck_need(need_id=need.pk, agrees=True, words="到户看过", by=over_both, at=later(days=6))
    recheck_need(need_id=need.pk, agrees=True, words="到户看过", by=leader, at=later(days=6))


def test_a_callback_officer_who_recorded_the_need_may_call_back_but_not_confirm_an_own_request(world):
    """Recording is no part (ADR 70): there is no result to defend. Asking for the withdrawal is."""
    need = settled_by(world, world.handler)
    Need.objects.filter(pk=need.pk).update(recorded_by=world.caller.pk)
    agree(need, world.caller, expected=True)
    other = bring(world, S.ADMITTED, by=world.caller)
    ask_withdrawal(need_id=other.pk, words="不办了", by=world.caller, at=later(days=1))
    with pytest.raises(Refused, match="登记撤回申请的单位不能自己核实"):
        withdraw_need(need_id=other.pk, way="phone", words="要撤", by=world.caller, at=later(days=2))


def test_helping_through_a_second_post_is_a_part(world):
    """A helper's clerk writes a note; the unit of his other post is of the work too."""
    need = bring(world, S.TRIAGED)
    assign_need(need_id=need.pk, holder=world.civil, helpers=[world.education], by=world.clerk, at=later(hours=3))
    accept_need(need_id=need.pk, by=world.handler, at=later(days=1))
    agree(need, worker("jiaoti-huifang", "郑回访", world.education, Role.CALLBACK_OFFICER), expected=False)
