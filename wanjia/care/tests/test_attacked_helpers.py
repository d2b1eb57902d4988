"""Vetting attacked by one person alone: two posts that keep the list and vet, an account of somebody else behind a name that is clear."""

import pytest

from wanjia.care.helpers import commands, rules
from wanjia.care.models import BackgroundCheck, Helper
from wanjia.verdict import ALLOWED, Refused

from . import acts_helpers as acts

pytestmark = pytest.mark.django_db


def alone(world, between=lambda: None):
    """One person registers somebody and says that the records are clear."""
    acts.keeps_too(world)
    who = acts.who(world, "officer")
    one = commands.register_helper(**acts.of_a_helper(world), **who)
    between()
    return commands.record_check(helper_id=one.pk, on=acts.DAY, result="clear", authority="永善县公安局", reference="编出来的", **who)


def test_one_person_with_two_posts_lets_nobody_near_children(world):
    with pytest.raises(Refused, match="不管名册的人"):
        alone(world)
    assert not BackgroundCheck.objects.exists()


def test_without_the_rule_he_does(world, monkeypatch):
    """Negative control."""
    covers = rules.scope.covers
    blind = lambda: monkeypatch.setattr(rules.scope, "covers", lambda actor, code, duty: duty != rules.Duty.KEEP_HELPERS and covers(actor, code, duty=duty))  # noqa: E731
    assert rules.may_be_near_children(alone(world, between=blind), acts.DAY)


def test_an_account_is_not_lent_to_a_name_that_is_clear(world):
    """The clerk's own account behind somebody else's name would show him the children of whoever is looked at."""
    for user, name in ((world.clerk, "岳帮扶"), (world.clerk, world.clerk.name), (world.visitor, "岳帮扶")):
        with pytest.raises(Refused, match="账号"):
            commands.register_helper(**acts.of_a_helper(world, name=name, user=user), **acts.who(world))
    assert not Helper.objects.exists()
    commands.register_helper(**acts.of_a_helper(world, name=world.visitor.name, user=world.visitor), **acts.who(world))


def test_without_the_rule_the_account_is_lent(world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(rules, "is_account_of", lambda *_asked: ALLOWED)
    assert commands.register_helper(**acts.of_a_helper(world, user=world.clerk), **acts.who(world)).user == world.clerk
