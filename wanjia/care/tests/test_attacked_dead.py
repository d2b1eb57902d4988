"""A child who died, whose wish stands on the public page: nobody buys shoes for it, and nobody brings them to its home."""

import pytest
from django.db.models import Q
from django.test import Client

from wanjia.care.donors import commands as donors
from wanjia.care.models import Wish
from wanjia.care.wishes import commands, queries, rules
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
