"""Money given for a wish that was never brought: everybody reads what became of it, once somebody else than who wrote it down has looked."""

import pytest
from django.test import Client

from wanjia.care.models import Wish, WishClaim
from wanjia.care.wishes import commands, queries, rules
from wanjia.verdict import Refused

from . import acts_wishes as acts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
GIVEN, NONE = "收到 100.00 元,买东西用掉 0.00 元,退还 100.00 元", "收到 0.00 元"


def given_back(world):
    """The clerk took money in and gave it back whole; the donor gave the claim up."""
    what = acts.given(world)
    commands.note_money(**what, kind="money_back", amount="100", **acts.who(world))
    commands.give_up_claim(**what, reason="认领人说不方便", **acts.who(world))
    return what


def public():
    return Client().get("/wishes/money/").content.decode()


def waits(world, name):
    return queries.queue(acts.who(world, name)["by"], acts.DAY)["care:wishes"]


def test_money_given_back_is_told_once_another_looked(world):
    what = given_back(world)
    assert NONE in public() and Wish.objects.get().state == "released"
    assert (waits(world, "clerk"), waits(world, "visitor")) == (0, 1), "it waits for whoever wrote none of it"
    with pytest.raises(Refused, match="另一个人核对"):
        commands.check_money(**what, **acts.who(world))
    commands.check_money(**what, **acts.who(world, "visitor"))
    assert GIVEN in public() and waits(world, "visitor") == 0


def test_without_the_question_one_hand_tells_everybody(world, monkeypatch):
    """Negative control."""
    what = given_back(world)
    monkeypatch.setattr(rules, "booked_none", lambda *_what: True)
    commands.check_money(**what, **acts.who(world))
    assert GIVEN in public()


def test_the_next_line_wants_another_look(world):
    what = acts.given(world)
    commands.check_money(**what, **acts.who(world, "visitor"))
    assert "收到 100.00 元" in public()
    commands.note_money(**what, kind="money_spent", amount="88", words="鞋店发票", **acts.who(world))
    assert NONE in public() and WishClaim.objects.get().checked_by is None


@pytest.mark.parametrize("values", [{"state": "wish_rejected", "reason": "写了孩子的名字"}, {"kind": "company"}])
def test_of_a_wish_that_nobody_is_shown_the_account_says_the_code_alone(world, values):
    what = given_back(world)
    commands.check_money(**what, **acts.who(world, "visitor"))
    one = Wish.objects.get()
    assert one.thing in public()
    acts.on(**values)(world, what)
    assert one.code in public() and one.thing not in public()
