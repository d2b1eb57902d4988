"""A hazard that is not mended climbs for as long as it is not: whoever settles its need in the ledger settles the paper alone."""

from datetime import timedelta

import pytest
from django.apps import apps

from tests.house.worlds import World
from tests.whole import assert_whole
from wanjia.kernel.command import COMMANDS
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.schools.inspecting import commands
from wanjia.schools.inspection_states import HazardState
from wanjia.schools.models import Hazard

from .inspection_factories import DAY, hazard, leader, second

pytestmark = pytest.mark.django_db
DONE = {"outcome": "solved", "outcome_text": "场所说已经改好", "answered_way": "face", "no_evidence_reason": "现场看过,没有拍照"}


@pytest.fixture
def world():
    return World()


def at(days=0, hours=0):
    return MONDAY + timedelta(days=days, hours=hours)


def needs():
    """The needs of the ledger: schools know no casework."""
    return apps.get_model("casework.Need").objects


def do(world, name, who, when, need, **what):
    """One of the ledger's own acts."""
    return COMMANDS[f"casework.{name}"](need_id=need.pk, **what, by=User.objects.get(pk=getattr(world, who).pk), at=when)


def climbed(world):
    """A hazard that came overdue four days ago is on the ledger."""
    one = hazard(world, HazardState.ORDERED, due_on=DAY + timedelta(days=3))
    commands.watch(at(4))
    return one, needs().get()


def closed(world, need, day=5):
    """The unit says that it is done, a callback agrees, it is struck off."""
    do(world, "admit_need", "clerk", at(day), need)
    do(world, "triage_need", "clerk", at(day, 1), need, urgency="ordinary", difficulty="medium")
    do(world, "assign_need", "clerk", at(day, 2), need, holder=world.civil)
    do(world, "accept_need", "handler", at(day, 3), need)
    do(world, "add_note", "handler", at(day, 4), need, words="到场看过,场所说改好了")
    do(world, "report_done", "handler", at(day + 1), need, answered_on=DAY + timedelta(days=day), **DONE)
    do(world, "call_back", "caller", at(day + 2), need, way="phone", reached=True, word="solved")
    need = needs().get(pk=need.pk)
    if need.drawn:
        do(world, "recheck_need", "inspector", at(day + 3), need, agrees=True, words="电话核实属实")
    do(world, "close_need", "clerk", at(day + 3, 1), need)
    return needs().get(pk=need.pk)


def test_a_need_that_was_struck_off_is_opened_anew_while_the_hazard_is_not_mended(world):
    one, need = climbed(world)
    need = closed(world, need)
    commands.watch(at(9))
    need.refresh_from_db()
    assert need.state == "reopened" and needs().count() == 1 and need.reopenings == 1, "same number, same first clock, same unit"
    commands.watch(at(10))
    need.refresh_from_db()
    assert need.reopenings == 1, "it stands: nothing is done twice"
    one.refresh_from_db()
    assert (one.need, one.owner_id, one.state) == (need.number, one.owner_id, HazardState.ORDERED)
    assert_whole()


def test_once_it_is_rechecked_nothing_is_opened(world):
    one, need = climbed(world)
    closed(world, need)
    commands.mend_hazard(hazard_id=one.pk, mended_on=DAY + timedelta(days=8), words="锁已拆", by=leader(world), at=at(8))
    commands.recheck_hazard(hazard_id=one.pk, passed=True, day=DAY + timedelta(days=9), licensed=2, words="已拆", by=second(world), at=at(9))
    commands.watch(at(9))
    need.refresh_from_db()
    assert need.state == "closed"


def test_a_need_that_was_declined_is_asked_to_be_looked_at_again_and_not_every_day(world):
    _one, need = climbed(world)
    do(world, "decline_need", "clerk", at(5), need, decline_ground="already_has", decision_reason="由督办单位自己办理", told_on=at(5).date(), told_way="face")
    commands.watch(at(6))
    assert needs().get().state == "declined", "the day after is too early"
    commands.watch(at(8))
    assert needs().get().state == "registered" and needs().count() == 1
    assert_whole()


def test_one_that_can_be_opened_no_more_gives_way_to_another(world):
    """Struck off long ago, while the machine stood: a new need, with the number of the old one in its story."""
    one, need = climbed(world)
    closed(world, need)
    commands.watch(at(60))
    assert needs().count() == 2
    other = needs().exclude(pk=need.pk).get()
    one.refresh_from_db()
    assert one.need == other.number and need.number in other.story
    assert Hazard.objects.get().need_at == at(4), "it climbed on that day, and figures of that day say so"
    commands.watch(at(61))
    assert needs().count() == 2


def test_without_the_look_it_never_climbs_again(world, monkeypatch):
    """Negative control: who has a number is passed over."""
    _one, need = climbed(world)
    closed(world, need)
    monkeypatch.setattr(commands, "gather", lambda _kind: [lambda **asked: asked.get("again") or "never"])
    commands.watch(at(9))
    assert needs().get().state == "closed"
