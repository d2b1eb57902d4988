"""Sixty-four donors at one wish: one claim, whoever comes first; each other one is told in a sentence. Both databases."""

import pytest
from django.db import connection

from tests.house.worlds import World
from wanjia.care.donors import commands as donors
from wanjia.care.models import Wish, WishClaim
from wanjia.care.tests import acts_wishes as acts
from wanjia.care.wishes import commands as wishes
from wanjia.care.wishes import rules
from wanjia.kernel import triggers
from wanjia.kernel.tests.tried import MONDAY
from wanjia.verdict import ALLOWED, Conflict, Refused

from . import test_races

DONORS = 64
ONCE = next(one for one in WishClaim._meta.constraints if one.name == "one_live_claim_a_wish")


def all_at_once(monkeypatch, also=()):
    """Let so many donors claim the one wish at one moment, each with a telephone and from an address of his own."""
    monkeypatch.setattr(test_races, "WRITERS", DONORS)
    wish = Wish.objects.get()

    def claim(n):
        who = {"kind": "a_person", "name": f"热心人{n}", "phone": f"138870{n:05d}", "address": f"10.0.0.{n}"}
        return donors.claim_wish(wish_id=wish.pk, **who, by=donors.DONOR, at=MONDAY).pk

    return test_races.at_once(claim, also)


@pytest.mark.slow
def test_sixty_four_donors_make_one_claim(races, monkeypatch):
    acts.published(World())
    answers, met, fell = all_at_once(monkeypatch)
    assert fell == [] and len(answers) == 1 == WishClaim.objects.filter(ended_at=None).count()
    assert Wish.objects.get().state == "claimed"
    assert all(str(one) for one in met if isinstance(one, Refused | Conflict))


def unguarded(monkeypatch):
    """Switch off what the act says itself: the rule, the row's lock, the compared move."""
    acts.published(World())
    triggers.lift(models=[Wish])
    monkeypatch.setattr(rules, "can_be_claimed", lambda _wish: ALLOWED)
    monkeypatch.setattr(donors, "_locked", lambda pk: Wish.objects.get(pk=pk))
    monkeypatch.setattr(wishes.journal, "move", lambda row, *_move, **_how: Wish.objects.filter(pk=row.pk).update(state="claimed"))


@pytest.mark.slow
@pytest.mark.spoils
def test_without_the_acts_own_guards_the_database_lets_one_through(races, monkeypatch):
    unguarded(monkeypatch)
    answers, _met, _fell = all_at_once(monkeypatch, also=(Exception,))
    assert len(answers) == 1 == WishClaim.objects.filter(ended_at=None).count()


@pytest.mark.slow
@pytest.mark.spoils
def test_without_any_guard_many_hold_one_wish(races, monkeypatch):
    """Negative control."""
    unguarded(monkeypatch)
    with connection.schema_editor() as editor:
        editor.remove_constraint(WishClaim, ONCE)
    try:
        answers, _met, _fell = all_at_once(monkeypatch, also=(Exception,))
        assert len(answers) > 1
    finally:
        triggers.lift(models=[WishClaim])
        WishClaim.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(WishClaim, ONCE)
