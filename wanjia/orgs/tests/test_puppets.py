"""Two accounts of one hand do not vouch for each other."""

from datetime import timedelta

import pytest

from wanjia.orgs.accounts import commands
from wanjia.orgs.models import Post
from wanjia.orgs.roles import Role
from wanjia.orgs.second_person import commands as second
from wanjia.orgs.second_person import queries, rules
from wanjia.verdict import Refused

from .factories import START, again, person
from .test_second_person import PASSWORD, by, give, new

# Puppets


def post_of(user, unit, role):
    """Keep a post as if two people had given it, so that the account itself is what is judged."""
    return Post.objects.create(user=user, organisation=unit, role=role, from_on=START)


@pytest.mark.parametrize("days", [0, 30, 89])
def test_two_accounts_of_one_administrator_do_not_vouch_for_each_other(world, ledger, days):
    """The administrator makes himself an auditor, a second administrator and an officer: the second proposes, the auditor would vouch."""
    puppets = [new(world["admin"], f"kuilei{n}", f"傀儡{n}") for n in "abc"]
    post_of(puppets[0], ledger, Role.AUDITOR)
    post_of(puppets[1], ledger, Role.ADMINISTRATOR)
    post = give(puppets[1], puppets[2], ledger)
    with pytest.raises(Refused, match="同一位管理员"):
        second.decide_post(post_id=post.pk, agree=True, **by(puppets[0], timedelta(days=days)))
    assert queries.waiting_posts(again(puppets[0])) == []


def test_accounts_made_on_one_day_do_not_vouch_for_each_other_whoever_asks(world, ledger, admin2):
    one, other = new(world["admin"], "tongria", "同日甲"), new(world["admin"], "tongrib", "同日乙")
    post_of(one, ledger, Role.AUDITOR)
    post = give(admin2, other, ledger)
    with pytest.raises(Refused, match="同一位管理员"):
        second.decide_post(post_id=post.pk, agree=True, **by(one))


def test_an_account_of_another_hand_vouches(world, ledger, admin2):
    post_of(auditor := new(admin2, "shenjixin", "审计新人"), ledger, Role.AUDITOR)
    post = give(world["admin"], new(world["admin"]), ledger)
    assert second.decide_post(post_id=post.pk, agree=True, **by(auditor)).confirmed_by_id == auditor.pk


def test_without_the_guard_a_puppet_vouches(world, ledger, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(rules, "one_hand", lambda *_facts: False)
    puppets = [new(world["admin"], f"kuilei{n}", f"傀儡{n}") for n in "abc"]
    post_of(puppets[0], ledger, Role.AUDITOR)
    post_of(puppets[1], ledger, Role.ADMINISTRATOR)
    post = give(puppets[1], puppets[2], ledger)
    assert second.decide_post(post_id=post.pk, agree=True, **by(puppets[0])).waiting is False


@pytest.fixture
def puppet(world, ledger):
    """A second administrator whom the first has made: somebody has confirmed him, in good faith."""
    post_of(user := new(world["admin"], "kuilei", "傀儡"), ledger, Role.ADMINISTRATOR)
    return user


def open_by_puppet(world, puppet):
    """The old attack: the second administrator resets a clerk, and the first, who holds both, says that the owner has it."""
    commands.reset_password(user_id=world["xisha"].pk, password=PASSWORD, **by(puppet))
    second.wake_user(user_id=world["xisha"].pk, **by(world["admin"]))
    return again(world["xisha"]).duties


def test_whoever_made_the_asker_does_not_confirm_what_it_asks(world, ledger, puppet):
    with pytest.raises(Refused, match="不能由您确认"):
        open_by_puppet(world, puppet)
    post = give(puppet, new(puppet), ledger, Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="不能由您确认"):
        second.decide_post(post_id=post.pk, agree=True, **by(world["admin"]))
    assert second.decide_post(post_id=post.pk, agree=True, **by(world["admin"], timedelta(days=91))).confirmed_by_id


def test_whoever_has_had_the_account_himself_does_not_confirm_it_for_another(world, ledger, admin2):
    """He resets a colleague, who sleeps; another, asked for it, lets in again what he had locked, and so it is he who is asked for the second word."""
    victim = person("admin3", ledger, Role.ADMINISTRATOR)
    commands.reset_password(user_id=victim.pk, password=PASSWORD, **by(world["admin"]))
    commands.lock_user(user_id=victim.pk, reason="请示", **by(world["admin"]))
    commands.unlock_user(user_id=victim.pk, **by(admin2))
    with pytest.raises(Refused, match="不能由您确认"):
        second.wake_user(user_id=victim.pk, **by(world["admin"]))
    assert again(victim).duties == set()


@pytest.mark.parametrize(("maker", "giver"), [("admin", "puppet"), ("puppet", "admin")])
def test_a_post_given_to_an_account_of_the_same_hand_waits_whichever_of_its_two_accounts_gives_it(world, puppet, maker, giver):
    hands = {"admin": world["admin"], "puppet": puppet}
    user = new(hands[maker], "xinren", "新人")
    assert give(hands[giver], user, world["xisha"].org, Role.TOWNSHIP_WORKER).waiting
    assert again(user).duties == set()


def test_without_the_guard_the_clerks_desk_is_open_to_one_man_with_two_accounts(world, puppet, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(rules, "behind", lambda user_id, at: set())
    assert open_by_puppet(world, puppet)
