"""What was raised over a tier stays out of its hands; a rung stays in the turn in which it was climbed."""

from datetime import date

import pytest

from wanjia.kernel import triggers
from wanjia.verdict import Refused

from ..assignment.commands import assign_need
from ..checking import rungs as check
from ..models import Rung
from ..sessions.commands import call_session, decide_item, put_off_item
from ..sessions.queries import next_item
from ..triage.commands import triage_need
from .acts import CALLED, DECISION
from .factories import later
from .test_ladder import china, days, whole
from .walk import bring

pytestmark = pytest.mark.django_db


def test_handed_back_to_a_village_it_is_raised_past_the_township_that_did_not_answer(world):
    need = bring(world, "admitted")
    triage_need(need_id=need.pk, urgency="ordinary", difficulty="easy", by=world.clerk, at=later(hours=2))
    days(3, 10)
    assign_need(need_id=need.pk, holder=world.committee, by=world.ledger, at=china(11, 10, 11))
    days(11, 20)
    need.refresh_from_db()
    assert (need.holder, need.raised_from, need.state) == (world.office, "township", "triaged")
    assert whole() == []


def test_a_townships_table_decides_no_more_on_what_was_raised_over_it(world):
    """Nor does it put it off: its minutes would say that it still settles what the county has."""
    need = bring(world, "admitted")
    session = call_session(**CALLED | {"on": later(7).date()}, by=world.clerk, at=later(1))
    triage_need(need_id=need.pk, urgency="ordinary", difficulty="easy", by=world.clerk, at=later(1, hours=1))
    days(4, 12)
    item = session.items.get()
    assert next_item(session) is None
    with pytest.raises(Refused, match="已提级到永善县诉求台账办公室"):
        put_off_item(item_id=item.pk, reason="要等住建局鉴定", until=date(2026, 11, 13), by=world.clerk, at=china(11, 12, 10))
    with pytest.raises(Refused, match="已提级到永善县诉求台账办公室"):
        decide_item(item_id=item.pk, **DECISION, holder=world.civil, by=world.clerk, at=china(11, 12, 10))
    assert whole() == []


@pytest.mark.parametrize("turn", ["settle.0.again", "settle.1", "settle.1.extended", ""])
def test_the_check_finds_a_rung_that_was_moved_to_another_turn(world, turn):
    """By hand a clock that is still to come would have climbed already, and nobody would be told of it."""
    need = bring(world, "accepted")
    days(2, 17)
    triggers.lift()
    Rung.objects.filter(need=need, level=2).update(turn=turn)
    assert ("rung 2", turn) in {(what, is_) for _number, what, is_, _should in check.faults(date(2026, 11, 18))}
