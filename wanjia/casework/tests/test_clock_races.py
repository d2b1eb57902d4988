"""Two hands at one clock at the same moment, on both databases: one acts, the other is told a sentence, and the date is whole."""

import threading

import pytest
from django.db import connection

from wanjia.casework import commands as spine
from wanjia.kernel.tests.crowds import beside
from wanjia.orgs.roles import Role
from wanjia.verdict import Conflict

from ..clock import commands as clock
from ..handling.commands import report_done
from ..models import Need, Step
from . import clock_acts as acts
from .factories import World, later, worker
from .walk import DONE, bring

pytestmark = pytest.mark.slow


@pytest.fixture
def asked(races):
    """A need whose bureau asks for more time, and the small world."""
    world = World()
    need = bring(world, "accepted")
    acts.asked(world, {"need_id": need.pk})
    return world, need


def two_decide(world, need):
    other = worker("xian-ld", "县领导", world.office, Role.LEADER)
    one = {"need_id": need.pk, "at": later(3)}
    return beside(
        lambda: clock.decide_clock(**one, agree=True, by=acts.fresh(world.ledger)),
        lambda: clock.decide_clock(**one, agree=False, words="人手够", by=acts.fresh(other)),
    )


def test_two_who_decide_at_once_are_one_and_a_sentence(asked):
    world, need = asked
    (told,) = two_decide(world, need)
    assert "可能已经有人审批过" in str(told.reason)
    line = Step.objects.get(need=need, act__in=("extended", "not_extended"))
    assert Need.objects.get(pk=need.pk).due_on == (acts.LATER if line.act == "extended" else acts.DUE)


def test_a_new_date_and_done_at_once_leave_one_truth(asked):
    """Either done comes first and nothing waits any more, or the new date does and the household is to be told before done."""
    world, need = asked
    one = {"need_id": need.pk, "at": later(4)}
    (told,) = beside(
        lambda: clock.decide_clock(**one, agree=True, by=acts.fresh(world.ledger)),
        lambda: report_done(**one, **DONE, by=acts.fresh(world.handler)),
    )
    now = Need.objects.get(pk=need.pk)
    if now.state == "done_reported":
        assert "没有等着审批" in str(told.reason)
        assert (now.due_on, now.extended_from) == (acts.DUE, None)
    else:
        assert "还没有告知诉求人" in str(told.reason)
        assert (now.due_on, now.extended_from) == (acts.LATER, acts.DUE)


@pytest.mark.spoils
def test_without_the_lock_no_sentence_says_who_was_first(asked, monkeypatch):
    """Negative control: read unlocked, both see what waits; only the version still tells them apart, and says nothing of a decision."""
    gate = threading.Barrier(2)

    def unlocked(need_id, at):
        need = Need.objects.select_related(*spine.LOCKED).get(pk=need_id)
        need.was = spine.facts_of(need)
        if connection.vendor == "postgresql":  # SQLite lets only one in at a time
            gate.wait(30)
        return need, at

    monkeypatch.setattr(spine, "take", unlocked)
    (told,) = two_decide(*asked)
    if connection.vendor == "postgresql":
        assert isinstance(told, Conflict)
