"""What a phone was told is done is there once, nothing twice, nothing of another person, whatever net, clock and hands do.

A few walks here; `make prove-phones` (WANJIA_WHOLE_PROOF=1) takes many long ones.
"""

import os
import uuid

import pytest
from django.db.models import F
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.whole import assert_whole
from wanjia.casework.models import Need
from wanjia.casework.tests.factories import World
from wanjia.orgs.models import User

from .phones import BACKEND, Node, Phone

pytestmark = pytest.mark.django_db
WHOLE = bool(os.environ.get("WANJIA_WHOLE_PROOF"))
FATES = st.lists(st.sampled_from(["fine", "fine", "fine", "lost", "unheard", "twice", "late"]), max_size=8)
DAY = 86_400_000
CLOCKS = st.sampled_from([0, 3 * DAY, -3 * DAY, -56 * 365 * DAY])  # the last: 1970
PHONES, PEOPLE = st.integers(0, 1), st.sampled_from(["visitor", "clerk"])


class Phones(RuleBasedStateMachine):
    """Two phones, two people who change hands; acts written without a line and sent when the net allows."""

    keyed = True

    def __init__(self):
        super().__init__()
        self.node, self.world = Node(), World()
        self.people = {"visitor": self.world.visitor, "clerk": self.world.clerk}
        self.phones = [Phone(name, self.node, self.keyed) for name in ("a", "b")]
        self.written = {}  # words → (phone, key, person's tag, who, good)
        self.tags = {}  # (phone, tag) → who
        for phone, who in zip(self.phones, self.people, strict=True):
            self._sign_in(phone, who)

    def teardown(self):
        try:
            self._with_a_good_line()
        finally:
            self.node.close()

    @rule(at=PHONES, good=st.sampled_from([True, True, True, False]))
    def write(self, at, good):
        phone, words = self.phones[at], f"停水 {uuid.uuid4().hex}"
        key = str(uuid.uuid4())
        phone.write(key, self._form(words, good), phone.person)
        self.written[words] = (phone, key, phone.person, self.tags[phone.name, phone.person], good)

    @rule(at=PHONES, which=st.integers(0, 30))
    def tap_again(self, at, which):
        mine = [one for one in self.written.items() if one[1][0] is self.phones[at] and self._in_box(one[1][0], one[1][1])]
        if mine and mine[which % len(mine)][1][2] == self.phones[at].person:
            words, (phone, key, tag, _who, good) = mine[which % len(mine)]
            phone.write(key, self._form(words, good), tag)

    @rule(at=PHONES, fates=FATES)
    def send(self, at, fates):
        self.phones[at].replay(fates)

    @rule(at=PHONES, fates=FATES, who=PEOPLE)
    def hands_change_between_word_and_sending(self, at, fates, who):
        phone = self.phones[at]
        tag = phone.person
        phone.replay(fates, meanwhile=lambda: phone.client.force_login(self._user(who), backend=BACKEND))
        phone.hear()
        self.tags[phone.name, phone.person] = who if phone.person != tag else self.tags[phone.name, tag]

    @rule(at=PHONES, which=st.integers(0, 9))
    def deliver_late(self, at, which):
        self.phones[at].deliver(which)

    @rule(shift=CLOCKS)
    def change_the_clock(self, shift):
        self.node.run("clock", shift=shift)

    @rule(at=PHONES)
    def session_runs_out(self, at):
        self.phones[at].expire()

    @rule(at=PHONES, who=PEOPLE)
    def sign_in(self, at, who):
        self._sign_in(self.phones[at], who)

    @rule(at=PHONES)
    def sign_out(self, at):
        phone = self.phones[at]
        phone.client.logout()
        token = phone.client.get("/device/word").json()["csrf"]
        phone.client.force_login(self._user(self.tags[phone.name, phone.person]), backend=BACKEND)
        phone.client.post("/accounts/logout/", headers={"X-CSRFToken": token})
        self._hear_and_forget(phone)

    @rule(who=PEOPLE)
    def every_sign_in_is_ended(self, who):
        User.objects.filter(pk=self.people[who].pk).update(session_epoch=F("session_epoch") + 1)
        for phone in self.phones:
            self._hear_and_forget(phone)

    @invariant()
    def what_was_acknowledged_is_there_once_and_its_writers(self):
        made = {need.summary: need for need in Need.objects.filter(summary__in=self.written)}
        assert len(made) == Need.objects.filter(summary__in=self.written).count(), "something was done twice"
        for words, (phone, key, _tag, who, good) in self.written.items():
            item = self._in_box(phone, key)
            if words in made:
                assert made[words].recorded_by_id == self.people[who].pk, "somebody did another's act"
                assert good, "what the server refuses was done"
            if item and item["state"] == "sent":
                assert words in made, "acknowledged, and not there"
            if item and item["state"] == "stopped":
                assert not good, "what could be done was given back as refused"

    @invariant()
    def what_waits_lies_there_in_order(self):
        for phone in self.phones:
            order = [one["seq"] for one in phone.items()]
            assert len(order) == len(set(order))

    def _with_a_good_line(self):
        """In the end all that was kept arrives, once, in the order in which it was written."""
        for phone in self.phones:
            while phone.late:
                phone.deliver(0)
            for who in self.people:
                self._sign_in(phone, who)
                phone.replay([])
            left = [one for one in phone.items() if one["state"] == "waiting"]
            assert left == [], "something waits for ever"
        self.what_was_acknowledged_is_there_once_and_its_writers()

    def _sign_in(self, phone, who):
        phone.sign_in(self._user(who))
        self._forget_gone(phone)
        self.tags[phone.name, phone.person] = who

    def _hear_and_forget(self, phone):
        phone.hear()
        self._forget_gone(phone)

    def _forget_gone(self, phone):
        """What a device threw away by right (signed out, ended from elsewhere) nobody expects any more; nothing else may be gone."""
        kept = phone.client.get("/device/word").json()["kept"]
        for words, (where, key, tag, _who, _good) in list(self.written.items()):
            if where is phone and tag in kept:
                assert self._in_box(phone, key) or Need.objects.filter(summary=words).exists(), "lost"

    def _user(self, who):
        return User.objects.get(pk=self.people[who].pk)

    def _form(self, words, good):
        return {
            "village": self.world.datong.pk, "requester_name": f"王{words[-12:]}" if good else "", "summary": words, "category": "aid", "channel": "visit",
        }  # fmt: skip

    @staticmethod
    def _in_box(phone, key):
        return next((one for one in phone.items() if one["key"] == key), None)


class WithoutKeys(Phones):
    """Negative control: the same queue, and the server is not told the key."""

    keyed = False


def _walks(few, steps, whole):
    return settings(
        max_examples=whole if WHOLE else few, stateful_step_count=40 if WHOLE else steps, deadline=None, database=None, report_multiple_bugs=False,
        phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )  # fmt: skip


def test_whatever_net_clock_and_hands_do(db):
    run_state_machine_as_test(Phones, settings=_walks(4, 12, 150))
    assert_whole()


def test_without_the_key_something_is_done_twice(db):
    with pytest.raises(AssertionError, match=r"twice|refused"):
        run_state_machine_as_test(WithoutKeys, settings=settings(_walks(60, 14, 60), derandomize=True))


def test_a_long_day_without_a_line_arrives_whole_and_in_order(db):
    node, world = Node(), World()
    phone = Phone("a", node)
    phone.sign_in(world.visitor)
    words = [f"停水 {n}" for n in range(130 if WHOLE else 9)]  # more than one question to the server holds
    for one in words:
        values = {"village": world.datong.pk, "requester_name": f"王{one}", "summary": one, "category": "aid", "channel": "visit"}
        phone.write(str(uuid.uuid4()), values, phone.person)

    assert phone.replay(["fine", "unheard"]) == "no line"
    assert phone.replay([]) == "sent"

    assert list(Need.objects.filter(summary__in=words).order_by("number").values_list("summary", flat=True)) == words
    assert {one["state"] for one in phone.items()} == {"sent"}
    assert_whole()
    node.close()


@pytest.mark.parametrize("guarded", [True, False])
def test_an_act_that_says_whose_it_is_is_done_by_nobody_else(db, guarded):
    """Negative control in the same: without the name, whoever signed in between word and sending does it."""
    node, world = Node(), World()
    phone = Phone("a", node, guarded=guarded)
    phone.sign_in(world.visitor)
    values = {"village": world.datong.pk, "requester_name": "王大叔", "summary": "停水", "category": "aid", "channel": "visit"}
    phone.write(str(uuid.uuid4()), values, phone.person)

    heard = phone.replay([], meanwhile=lambda: phone.client.force_login(world.clerk, backend=BACKEND))

    assert heard == "other"
    assert [need.recorded_by for need in Need.objects.filter(summary="停水")] == ([] if guarded else [world.clerk])
    assert [one["state"] for one in phone.items()] == ["waiting"]
    assert_whole()
    node.close()
