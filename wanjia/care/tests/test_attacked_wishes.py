"""Wishes attacked: strangers who would keep company with a child, words that lead to a child, forged signatures, endless holding. Each with its control."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from wanjia.care.donors import commands as donors
from wanjia.care.models import Wish, WishClaim
from wanjia.care.wishes import commands, rules
from wanjia.kernel.tests.tried import MONDAY
from wanjia.verdict import ALLOWED, Refused

from . import acts_wishes as acts
from .acts_events import vetted

pytestmark = pytest.mark.django_db
COMPANY = acts.SHOES | {"kind": "company", "thing": "有人陪我看一场电影", "size": ""}
CLAIM = {"kind": "a_person", "name": "陌生人", "phone": "13887000077"}


@pytest.fixture(autouse=True)
def monday(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


def who(world, name="clerk", days=0):
    return acts.who(world, name, MONDAY + timedelta(days=days))


def asked_for_company(world):
    """A child wishes that somebody goes to the cinema with it."""
    what = acts.collected(world)
    commands.publish_wish(**what, **COMPANY, **who(world))
    return Wish.objects.get()


def by_a_stranger(wish):
    return donors.claim_wish(wish_id=wish.pk, **CLAIM, address="10.0.0.1", by=donors.DONOR, at=MONDAY)


# Company with a child.


def test_no_stranger_finds_or_claims_a_childs_wish_for_company(world):
    wish = asked_for_company(world)
    assert wish.code not in Client().get("/wishes/").content.decode() and Client().get(f"/wishes/{wish.code}/").status_code == 404
    with pytest.raises(Refused, match="背景审查"):
        by_a_stranger(wish)
    assert not WishClaim.objects.exists()


def test_who_types_a_helpers_name_on_the_public_page_is_no_helper(world):
    wish, one = asked_for_company(world), vetted(world)
    with pytest.raises(Refused, match="背景审查"):
        donors.claim_wish(wish_id=wish.pk, **CLAIM | {"name": one.name}, address="10.0.0.1", by=donors.DONOR, at=MONDAY)


def test_at_the_desk_a_wish_for_company_is_for_a_helper_whose_records_are_clear(world):
    wish, one = asked_for_company(world), vetted(world)
    with pytest.raises(Refused, match="背景审查"):
        commands.take_claim(wish_id=wish.pk, **CLAIM, **who(world))
    commands.take_claim(wish_id=wish.pk, **CLAIM | {"name": one.name}, **who(world))
    assert Wish.objects.get().state == "claimed"


def test_without_the_question_a_stranger_holds_a_childs_company(world, monkeypatch):
    """Negative control."""
    wish = asked_for_company(world)
    monkeypatch.setattr(rules, "may_keep_company", lambda *_what: ALLOWED)
    by_a_stranger(wish)
    assert WishClaim.objects.get().name == "陌生人"
