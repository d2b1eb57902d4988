"""A child who died, whose wish stands on the public page: nobody buys shoes for it, and nobody brings them to its home."""

import pytest
from django.db.models import Q
from django.test import Client

from wanjia.care.donors import commands as donors
from wanjia.care.models import Wish, WishClaim
from wanjia.care.wishes import commands, queries, rules
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.registry.models import Person
from wanjia.verdict import ALLOWED, Refused

from . import acts_wishes as acts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def died(world):
    Person.objects.filter(pk=world.register.child.pk).update(died_on=MONDAY.date())


def claim(what):
    return donors.claim_wish(**what, **acts.DONOR, address="10.0.0.1", by=donors.DONOR, at=MONDAY)


def test_what_a_child_who_died_wished_is_offered_to_nobody(world):
    what = acts.published(world)
    code = Wish.objects.get().code
    assert code in Client().get("/wishes/").content.decode()
    died(world)
    assert code not in Client().get("/wishes/").content.decode() and Client().get(f"/wishes/{code}/").status_code == 404
    assert not queries.hung_up(acts.who(world)["by"]).exists(), "nor on the sheet at the wall"
    with pytest.raises(Refused, match="已经撤下"):
        claim(what)
    with pytest.raises(Refused, match="已经撤下"):
        commands.take_claim(**what, **acts.DONOR, **acts.who(world))


def test_it_waits_for_whoever_takes_it_down(world):
    what = acts.published(world)
    before = queries.queue(acts.who(world)["by"], MONDAY.date())["care:wishes"]
    died(world)
    assert queries.queue(acts.who(world)["by"], MONDAY.date())["care:wishes"] == before + 1
    commands.reject_wish(**what, reason="户册已更新", **acts.who(world))
    assert queries.queue(acts.who(world)["by"], MONDAY.date())["care:wishes"] == before


def test_it_is_not_published(world):
    what = acts.collected(world)
    died(world)
    with pytest.raises(Refused, match="不再公布"):
        commands.publish_wish(**what, **acts.SHOES, **acts.who(world))


def test_by_its_state_alone_a_stranger_holds_it(world, monkeypatch):
    """Negative control."""
    what = acts.published(world)
    died(world)
    monkeypatch.setattr(queries, "LIVES", Q())
    monkeypatch.setattr(rules, "can_be_claimed", lambda _wish: ALLOWED)
    assert Wish.objects.get().code in Client().get("/wishes/").content.decode()
    claim(what)
    assert Wish.objects.get().state == "claimed"


# The thing had come already.


def test_what_came_for_a_child_who_died_goes_back_and_the_claim_ends(world):
    what = acts.bereaved(world)
    before = queries.queue(acts.who(world)["by"], MONDAY.date())["care:wishes"]
    commands.call_off_wish(**what, **acts.GONE, **acts.who(world))
    claim = WishClaim.objects.get()
    assert (Wish.objects.get().state, claim.end, claim.returned) == ("wish_rejected", "needless", "gave_back") and claim.ended_at
    assert queries.queue(acts.who(world)["by"], MONDAY.date())["care:wishes"] == before - 1
    assert "用不上了" in Client().get(f"/d/{claim.code}").content.decode()
    assert Entry.objects.get(act="wish.call_off").detail["returned"] == "gave_back" and acts.GONE["reason"] not in str(list(Entry.objects.values_list("reason", "detail")))


def test_the_money_goes_back_first_and_is_public_once_another_has_looked(world):
    what = acts.bereaved(world)
    commands.note_money(**what, kind="money_given", amount="100", **acts.who(world))
    with pytest.raises(Refused, match="先把账平了"):
        commands.call_off_wish(**what, **acts.GONE, **acts.who(world))
    commands.note_money(**what, kind="money_back", amount="100", **acts.who(world))
    commands.call_off_wish(**what, **acts.GONE, **acts.who(world))
    assert queries.money_published()[0] == {}
    commands.check_money(**what, **acts.who(world, "visitor"))
    assert queries.money_published()[0] == {"money_given": 10000, "money_back": 10000}


def test_nobody_brings_it_to_the_home(world):
    what = acts.bereaved(world)
    with pytest.raises(Refused, match="不再送"):
        commands.deliver_wish(**what, through="by_officer", **acts.who(world, "visitor"))


def test_without_the_way_out_it_stands_for_ever(world):
    """Negative control: neither of the two acts that were there ends it."""
    what = acts.bereaved(world)
    with pytest.raises(Refused, match="不能放弃"):
        commands.give_up_claim(**what, reason="孩子不在了", **acts.who(world))
    with pytest.raises(Refused, match="不能撤下"):
        commands.reject_wish(**what, reason="孩子不在了", **acts.who(world))


def test_while_the_child_lives_it_ends_no_claim(world):
    what = acts.received(world)
    with pytest.raises(Refused, match="没有登记孩子去世"):
        commands.call_off_wish(**what, **acts.GONE, **acts.who(world))
