"""Promise 1: nothing acknowledged is lost, nothing is done twice, whatever the network does between phone and server."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from wanjia.casework.intake.commands import record_need
from wanjia.casework.models import Need
from wanjia.casework.tests.factories import MONDAY, World
from wanjia.kernel import journal
from wanjia.kernel.models import Entry, Receipt
from wanjia.verdict import Conflict

pytestmark = pytest.mark.django_db
CLOCKS = st.sampled_from([timedelta(0), timedelta(days=3), timedelta(days=-3), timedelta(hours=11)])


class PhoneAndServer(RuleBasedStateMachine):
    """Phones write needs offline under keys made before sending; the network loses, repeats, delays and reorders."""

    written = Bundle("written")
    keyed = True

    def __init__(self):
        super().__init__()
        self.world = World()
        self.acknowledged, self.delivered, self.count = {}, set(), 0
        self.before = Need.objects.count()

    @rule(target=written, words=st.sampled_from(["停水", "上学远", "没有户口", "欠薪"]))
    def write(self, words):
        self.count += 1
        return UUID(int=id(self) * 1000 + self.count), f"{words}{self.count}"

    @rule(one=written, clock=CLOCKS)
    def send_and_hear(self, one, clock):
        need = self._server(*one, clock)
        key = one[0]
        assert self.acknowledged.setdefault(key, need.number) == need.number, "a repeat got another answer"

    @rule(one=written, clock=CLOCKS)
    def send_and_lose_the_answer(self, one, clock):
        self._server(*one, clock)

    @rule(one=written)
    def send_into_nothing(self, one):
        """Lost on the way: the server never hears of it."""

    @rule(one=written, clock=CLOCKS)
    def send_another_body_under_the_same_key(self, one, clock):
        key, words = one
        if not self.keyed or key not in self.delivered:
            return
        with pytest.raises(Conflict):
            self._server(key, words + "(改过)", clock)

    def _server(self, key, words, clock):
        self.delivered.add(key)
        return record_need(
            key=key if self.keyed else None, village=self.world.datong, household=self.world.home, channel="visit", category="other",
            summary=words, requester_name="王大叔", another=True, by=self.world.visitor, at=MONDAY + clock,
        )  # fmt: skip

    @invariant()
    def each_delivered_once(self):
        assert Need.objects.count() - self.before == len(self.delivered)

    @invariant()
    def nothing_acknowledged_is_lost(self):
        known = set(Need.objects.values_list("number", flat=True))
        assert set(self.acknowledged.values()) <= known


class PhoneWithoutKeys(PhoneAndServer):
    """Negative control: the same network, no keys."""

    keyed = False


FEW = settings(max_examples=10, stateful_step_count=12, deadline=None, database=None, report_multiple_bugs=False,
               phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])  # fmt: skip


def test_phones_and_server_agree_whatever_the_network_does(db):
    run_state_machine_as_test(PhoneAndServer, settings=FEW)
    _read, broken = journal.verify()
    assert broken is None
    assert Entry.objects.filter(act="need.record").count() == Need.objects.count() > 0


def test_without_keys_a_repeat_is_recorded_twice(db):
    with pytest.raises(AssertionError):
        run_state_machine_as_test(PhoneWithoutKeys, settings=FEW)


def test_a_refused_act_leaves_no_receipt_so_it_can_be_sent_again_when_mended(db):
    world, key = World(), UUID(int=7)
    from wanjia.verdict import Refused

    facts = {
        "village": world.datong,
        "channel": "visit",
        "category": "other",
        "requester_name": "王大叔",
        "at": MONDAY,
        "key": key,
    }
    with pytest.raises(Refused):
        record_need(summary="  ", by=world.visitor, **facts)
    assert not Receipt.objects.filter(pk=key).exists()
    assert record_need(summary="停水", by=world.visitor, **facts).number
