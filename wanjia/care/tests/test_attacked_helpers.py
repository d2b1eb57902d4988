"""Vetting attacked by one person alone: two posts that keep the list and vet, an account of somebody else behind a name that is clear."""

from datetime import timedelta

import pytest

from wanjia.care.children.rules import barred
from wanjia.care.helpers import commands, queries, rules
from wanjia.care.models import BackgroundCheck, Helper
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.verdict import ALLOWED, Refused

from . import acts_helpers as acts
from .factories import START, checked, helper

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


NEAR = [
    ("cleared last month", {}, {}, ""),
    ("cleared, and barred by a later answer", {}, {"result": "not_clear"}, rules.BARRED),
    ("an answer that ran out this morning", {}, {"until_on": acts.DAY}, rules.NOT_CLEAR),
    ("cleared, and left this morning", {"to_on": acts.DAY, "end_reason": "退休"}, {}, rules.GONE),
    ("cleared, and leaves tomorrow", {"to_on": acts.DAY + timedelta(days=1), "end_reason": "退休"}, {}, ""),
    ("cleared, and begins tomorrow", {"from_on": acts.DAY + timedelta(days=1)}, {}, rules.GONE),
]


@pytest.mark.parametrize(("facts", "answered", "said"), [row[1:] for row in NEAR], ids=[row[0] for row in NEAR])
def test_who_may_be_near_children_is_said_of_one_as_of_many(world, facts, answered, said):
    """Each refusal in its own words; the question of many at once (clear_on) answers alike."""
    one = helper(world, **facts)
    checked(one, at=MONDAY)
    if answered:
        checked(one, on=START + timedelta(days=1), at=MONDAY, **answered)
    assert str(rules.may_be_near_children(one, acts.DAY).reason) == said
    assert Helper.objects.filter(rules.clear_on(acts.DAY)).exists() is not bool(said)


def late_answer(world, one, **facts):
    """Asked on the first day of two offices: one said clear on the second, the other says barred today."""
    checked(one, on=START + timedelta(days=1), at=MONDAY - timedelta(days=5))
    return checked(one, on=START, result="not_clear", at=MONDAY, **facts)


def test_a_bad_answer_that_comes_after_a_good_one_bars_at_once(world):
    """It was asked before the good one, and so stood behind it: he stayed with the children."""
    one = helper(world)
    late_answer(world, one)
    assert str(rules.may_be_near_children(one, acts.DAY).reason) == rules.BARRED and not Helper.objects.filter(rules.clear_on(acts.DAY)).exists()
    assert set(barred(acts.DAY)) == {one}
    said = queries.listed(acts.who(world, "care")["by"]).get(pk=one.pk)
    assert queries.standing_of(said, acts.DAY) == queries.BARRED
    checked(one, on=acts.DAY, at=MONDAY + timedelta(hours=1))
    assert rules.may_be_near_children(one, acts.DAY), "records asked for anew, after it was known, lift it"


def test_who_recorded_the_late_answer_does_not_lift_it_nor_his_second_account(world):
    one = helper(world)
    who = acts.who(world, "officer")
    late_answer(world, one, recorded_by=who["by"])
    twin = User.objects.create_user("dierhao", name=who["by"].name)
    for actor in (who["by"], twin):
        assert not rules.may_clear(actor, one, "clear", MONDAY)
    assert rules.may_clear(world.clerk, one, "clear", MONDAY) and rules.may_clear(who["by"], one, "not_clear", MONDAY)


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


# --- kin --------------------------------------------------------------------------------------------------------------------


def kin(world, **facts):
    """The child's father is put on the list of helpers, as any cadre of the village may be."""
    head = world.register.head
    return commands.register_helper(**acts.of_a_helper(world, name=head.name, sex="男", **facts), **acts.who(world))


def test_the_child_s_father_is_known_as_kin_by_his_number(world):
    from wanjia.care.pairing.kin import kin_of

    one = kin(world, number=world.register.head.citizen_id)
    assert one.person == world.register.head and kin_of(one, world.register.child, acts.DAY)


def test_without_a_number_nobody_is_kin(world):
    """Negative control: no act told who in the register a helper is, and so nobody was anybody's kin; it may be told later."""
    from wanjia.care.pairing.kin import kin_of

    one = kin(world)
    assert not kin_of(one, world.register.child, acts.DAY)
    commands.change_helper(helper_id=one.pk, capacity=3, number=world.register.head.citizen_id, **acts.who(world))
    one.refresh_from_db()
    assert kin_of(one, world.register.child, acts.DAY)


def test_the_number_tells_nothing_and_is_kept_nowhere(world, client):
    """Whether a number is registered, and whose it is: alike for the registered, another's and nobody's."""
    from wanjia.kernel.models import Entry

    number = world.register.head.citizen_id
    other = commands.register_helper(**acts.of_a_helper(world, number=number), **acts.who(world))
    assert other.person is None, "another name is somebody else"
    client.force_login(acts.who(world)["by"], backend="django.contrib.auth.backends.ModelBackend")
    one = kin(world, number=number)
    for address in (f"/care/helpers/{one.pk}/", f"/care/helpers/{one.pk}/change/", "/care/helpers/"):
        page = client.get(address)
        assert page.status_code == 200 and number not in page.content.decode() and number[-4:] not in page.content.decode()
    assert not any(number in str(entry.__dict__) for entry in Entry.objects.all())
