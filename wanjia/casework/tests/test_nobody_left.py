"""A need never lies where nobody can move it: its unit lost all who sign, was ended, or never had anybody who signs."""

from datetime import date

import pytest

from wanjia.orgs.models import Line, Organisation, Post, Tier
from wanjia.orgs.roles import Role
from wanjia.verdict import Conflict, Refused

from ..assignment import rules as assignment
from ..assignment.commands import accept_need, assign_need, return_need
from ..callback.commands import withdraw_need
from ..closing.commands import reopen_need
from ..handling.commands import ask_withdrawal
from ..ledger.queries import on_desk
from ..models import Need
from ..rules import independent
from ..states import NeedState as S
from ..triage.commands import triage_need
from .factories import later, unit, worker
from .walk import bring

pytestmark = pytest.mark.django_db


def empty(unit):
    """Everybody leaves the unit; then it is ended."""
    Post.objects.filter(organisation=unit).update(to_on=date(2026, 11, 9))
    Organisation.objects.filter(pk=unit.pk).update(to_on=date(2026, 11, 9))


@pytest.mark.parametrize("state", [S.ASSIGNED, S.ACCEPTED, S.IN_PROGRESS, S.REOPENED])
def test_what_an_ended_unit_held_is_handed_on_under_the_same_clock(world, state):
    need = bring(world, state)
    due, late = need.due_on, need.late_since
    with pytest.raises((Refused, Conflict)):  # while somebody there can sign, nobody takes it away
        assign_need(need_id=need.pk, holder=world.education, by=world.clerk, at=later(days=6))
    empty(world.civil)
    assert need.pk in on_desk(world.clerk).values_list("pk", flat=True)
    need = assign_need(need_id=need.pk, holder=world.education, by=world.clerk, at=later(days=8))
    assert (need.holder, need.due_on, need.late_since) == (world.education, due, late)
    accept_need(need_id=need.pk, by=world.teacher, at=later(days=8, hours=1))


def test_negative_control_else_it_lies_there_for_ever(world, monkeypatch):
    need = bring(world, S.IN_PROGRESS)
    empty(world.civil)
    monkeypatch.setattr(assignment, "is_forsaken", lambda need, day: False)
    with pytest.raises(Refused):
        assign_need(need_id=need.pk, holder=world.education, by=world.clerk, at=later(days=8))


@pytest.mark.parametrize("graded", [True, False])
def test_sent_back_to_the_ledger_office_withdrawn_and_taken_up_again(world, graded):
    """The county's ledger office hands out and signs for nothing: reopened in its hands, a need was nobody's."""
    caller = worker("er-huifang", "郑另访", world.education, Role.CALLBACK_OFFICER)
    need = bring(world, S.TRIAGED)
    assign_need(need_id=need.pk, holder=world.civil, by=world.ledger, at=later(hours=3))
    return_need(need_id=need.pk, reason="按职责分工应由别的单位办", rule="县级部门权责清单", by=world.handler, at=later(hours=5))
    assert Need.objects.get(pk=need.pk).holder == world.office
    ask_withdrawal(need_id=need.pk, words="家里自己解决了", by=world.visitor, at=later(days=1))
    withdraw_need(need_id=need.pk, way="phone", words="是我要撤的", by=caller, at=later(days=1))
    reopen_need(need_id=need.pk, words="还是要办", by=world.visitor, at=later(days=2))
    if not graded:
        Need.objects.filter(pk=need.pk).update(urgency="")
        triage_need(need_id=need.pk, urgency="ordinary", difficulty="medium", words="撤回前没有研判过", by=world.ledger, at=later(days=2))
    assign_need(need_id=need.pk, holder=world.civil, by=world.ledger, at=later(days=2, hours=1))
    accept_need(need_id=need.pk, by=world.handler, at=later(days=3))
    assert Need.objects.get(pk=need.pk).state == S.ACCEPTED


@pytest.mark.parametrize("ended", [None, date(2026, 11, 2)])
def test_a_sole_caller_who_sits_in_the_unit_too_is_no_caller_for_it(world, ended):
    """Counted by units, the office seemed to have somebody left to call; the one who could had a part himself."""
    Post.objects.create(user=world.caller, organisation=world.civil, role=Role.BUREAU_HEAD, from_on=date(2020, 1, 1), to_on=ended)
    need = bring(world, S.TRIAGED)
    with pytest.raises(Refused, match="没有别的单位能向诉求人回访"):
        assign_need(need_id=need.pk, holder=world.civil, by=world.clerk, at=later(hours=3))
    assign_need(need_id=need.pk, holder=world.education, by=world.clerk, at=later(hours=3))


def test_the_only_unit_that_looks_again_is_not_asked_to_help(world):
    """With a part itself it could recheck nothing: a drawn or a child's need would have waited for ever."""
    worker("er-huifang", "郑另访", world.education, Role.CALLBACK_OFFICER)
    need = bring(world, S.TRIAGED)
    sole = {"need_id": need.pk, "holder": world.civil, "helpers": [world.inspector.org], "by": world.clerk, "at": later(hours=3)}
    with pytest.raises(Refused, match="没有别的上级单位能抽查"):
        assign_need(**sole)
    worker("ling-chake", "凌察克", world.education, Role.INSPECTOR)
    assert assign_need(**sole).state == S.ASSIGNED


def test_the_unit_it_is_taken_from_keeps_its_part(world):
    """Its own caller was counted as left to ask, by a hand-over that gave every other one a part; yet it had had the need in hand."""
    worker("min-huifang", "丁民访", world.civil, Role.CALLBACK_OFFICER)
    worker("wei-ducha", "另一督查", world.officer.org, Role.INSPECTOR)
    need = bring(world, S.IN_PROGRESS)
    Post.objects.filter(user=world.handler).update(to_on=date(2026, 11, 9))
    with pytest.raises(Refused, match="没有别的单位能向诉求人回访"):
        assign_need(need_id=need.pk, holder=world.education, helpers=[world.office], by=world.clerk, at=later(days=8))
    assert assign_need(need_id=need.pk, holder=world.education, by=world.clerk, at=later(days=8)).holder == world.education


def test_who_stands_above_in_another_line_looks_at_nothing_of_this_one(world):
    """A leader of a township's station reaches his own line alone: he was counted as left to look again."""
    for who, role in (("er-huifang", Role.CALLBACK_OFFICER), ("zhan-zhang", Role.TOWNSHIP_LEADER)):
        place = world.education if role == Role.CALLBACK_OFFICER else unit("细沙乡卫生院", Tier.TOWNSHIP, world.xisha, Line.HEALTH)
        worker(who, who, place, role)
    need = bring(world, S.TRIAGED)
    Need.objects.filter(pk=need.pk).update(difficulty="easy")
    with pytest.raises(Refused, match="没有别的上级单位能抽查"):
        assign_need(need_id=need.pk, holder=world.committee, helpers=[world.oversight], by=world.clerk, at=later(hours=3))


def test_negative_control_else_a_childs_need_waits_for_ever(world, monkeypatch):
    monkeypatch.setattr(assignment, "recheckers_of", lambda *asked: frozenset())
    worker("er-huifang", "郑另访", world.education, Role.CALLBACK_OFFICER)
    need = bring(world, S.TRIAGED)
    need = assign_need(need_id=need.pk, holder=world.civil, helpers=[world.inspector.org], by=world.clerk, at=later(hours=3))
    assert not independent(world.inspector, need)


def test_a_unit_that_was_given_the_need_and_sent_it_back_has_its_part_for_good(world):
    """It owned the need when that was handed on, and was counted as one that could still call and look again: nobody was left."""
    for name, role in (("er-huifang", Role.CALLBACK_OFFICER), ("er-ducha", Role.INSPECTOR)):
        worker(name, name, world.education, role)
    signer = worker("taizhang-ganbu", "赖签收", world.office, Role.BUREAU_WORKER)
    need = bring(world, S.TRIAGED)
    assign_need(need_id=need.pk, holder=world.office, by=world.ledger, at=later(hours=3))
    return_need(need_id=need.pk, reason="按职责分工应由别的单位办", rule="县级部门权责清单", by=signer, at=later(hours=4))
    with pytest.raises(Refused, match="没有别的单位能向诉求人回访"):
        assign_need(need_id=need.pk, holder=world.education, by=world.ledger, at=later(hours=5))
    assert assign_need(need_id=need.pk, holder=world.civil, by=world.ledger, at=later(hours=5)).holder == world.civil
