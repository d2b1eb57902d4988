"""Money of a wish attacked: given and given back by one hand, on no account; an old claim's lines told by whoever wrote them; a child that signs for its guardian."""

from datetime import timedelta

import pytest
from django.test import Client

from wanjia.care.donors import commands as donors
from wanjia.care.models import Wish, WishClaim
from wanjia.care.wishes import commands, rules
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.registry.models import Person
from wanjia.verdict import Refused

from . import acts_wishes as acts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NONE, TOLD = "收到 0.00 元,买东西用掉 0.00 元,退还 0.00 元", "收到 100.00 元,买东西用掉 0.00 元,退还 100.00 元"


def who(world, name="clerk", days=0):
    return acts.who(world, name, MONDAY + timedelta(days=days))


def given_back(world):
    """The clerk wrote down a hundred yuan, and that they went back whole."""
    what = acts.given(world)
    commands.note_money(**what, kind="money_back", amount="100", **who(world))
    return what


def account():
    return Client().get("/wishes/money/").content.decode()


# Given back whole, the wish never brought.


def test_who_wrote_that_it_went_back_is_not_who_looks_at_it(world):
    what = given_back(world)
    commands.give_up_claim(**what, reason="不方便了", **who(world))
    with pytest.raises(Refused, match="另一个人核对"):
        commands.check_money(**what, **who(world))
    assert NONE in account(), "one hand tells the public nothing"


@pytest.mark.parametrize("ends", [
    lambda world, what: commands.give_up_claim(**what, reason="不方便了", **who(world)),
    lambda world, what: donors.give_up_by_slip(claim_id=WishClaim.objects.get().pk, by=donors.DONOR, at=MONDAY),
    lambda world, what: commands.watch_claims(by=CLOCK, at=MONDAY + timedelta(days=30)),
], ids=["given up", "by the slip", "by the clock"])  # fmt: skip
def test_however_the_claim_ended_another_looks_and_everybody_reads_the_account(world, ends):
    what = given_back(world)
    ends(world, what)
    assert NONE in account()
    commands.check_money(**what, **who(world, "visitor", days=31))
    page = account()
    assert TOLD in page and Wish.objects.get().code in page and "手里还有 0.00 元" in page


def test_without_another_s_look_one_hand_tells_it(world, monkeypatch):
    """Negative control: whoever wrote the lines may say that they are right."""
    what = given_back(world)
    monkeypatch.setattr(rules, "booked_none", lambda actor, lines: True)
    commands.check_money(**what, **who(world))
    assert TOLD in account()


def test_what_was_taken_down_afterwards_says_no_words(world):
    what = given_back(world)
    commands.give_up_claim(**what, reason="不方便了", **who(world))
    commands.check_money(**what, **who(world, "visitor"))
    thing = Wish.objects.get().thing
    assert thing in account()
    commands.reject_wish(**what, reason="写了家里的事", **who(world))
    assert TOLD in account() and thing not in account()


# An earlier claim's lines.


def twice_claimed(world):
    """The clerk wrote the first donor's account; a second donor holds the wish and has brought the thing."""
    what = given_back(world)
    commands.give_up_claim(**what, reason="不方便了", **who(world, "visitor"))
    commands.take_claim(**what, **acts.DONOR | {"phone": "13887000078"}, **who(world))
    commands.receive_thing(**what, **who(world))
    return what


def test_who_wrote_an_earlier_claims_account_does_not_hand_the_thing_over(world):
    what = twice_claimed(world)
    with pytest.raises(Refused, match="另一个人核对"):
        commands.deliver_wish(**what, through="by_officer", **who(world))
    commands.deliver_wish(**what, through="by_officer", **who(world, "visitor"))


def test_by_the_claim_that_stands_alone_the_same_hand_does(world, monkeypatch):
    """Negative control."""
    what = twice_claimed(world)
    monkeypatch.setattr(rules, "booked_none", lambda actor, lines: not lines.filter(claim__ended_at=None, recorded_by=actor.id).exists())
    commands.deliver_wish(**what, through="by_officer", **who(world))
    assert Wish.objects.get().state == "wish_delivered"


# A name with a dot.


@pytest.mark.parametrize("signed", ["阿依·古丽", "阿依 古丽", "阿依.古丽", "阿依•古丽"])
def test_a_child_whose_name_has_a_dot_does_not_sign_for_its_guardian(world, signed):
    what = acts.delivered(world)
    Person.objects.filter(pk=world.register.child.pk).update(name="阿依·古丽")
    with pytest.raises(Refused, match="不是孩子自己"):
        commands.confirm_wish(**what, signer="guardian", signed_by=signed, **who(world))
