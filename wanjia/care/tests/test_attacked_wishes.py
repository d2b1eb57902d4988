"""Wishes attacked: strangers who would keep company with a child, words that lead to a child, forged signatures, endless holding. Each with its control."""

from datetime import timedelta

import pytest
from django.test import Client

from wanjia.care.donors import commands as donors
from wanjia.care.gifts.commands import hand_out
from wanjia.care.models import Wish, WishClaim
from wanjia.care.wishes import commands, queries, rules
from wanjia.kernel import triggers
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import wishes as policy
from wanjia.registry.models import Person
from wanjia.verdict import ALLOWED, Refused

from . import acts_gifts as gifts
from . import acts_pairing
from . import acts_wishes as acts
from .acts_events import vetted
from .factories import checked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
COMPANY = acts.SHOES | {"kind": "company", "thing": "有人陪我看一场电影", "size": ""}
CLAIM = {"kind": "a_person", "name": "陌生人", "phone": "13887000077"}


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


def test_a_helper_of_another_county_who_is_called_so_vouches_for_nobody(world):
    wish = asked_for_company(world)
    checked(acts_pairing.helper(world, name=CLAIM["name"], organisation=acts_pairing.unit_far(world)), at=MONDAY)
    with pytest.raises(Refused, match="背景审查"):
        commands.take_claim(wish_id=wish.pk, **CLAIM, **who(world))


def test_without_the_question_a_stranger_holds_a_childs_company(world, monkeypatch):
    """Negative control."""
    wish = asked_for_company(world)
    monkeypatch.setattr(rules, "may_keep_company", lambda *_what: ALLOWED)
    by_a_stranger(wish)
    assert WishClaim.objects.get().name == "陌生人"


# Words that lead to a child, or show it as poor.

MONEY = ("五十元", "二十块钱", "五十块", "想要钱", "压岁钱", "游戏充钱", "超市卡")
REACHED = ("加我QQ", "加V信 xiaoyu", "我的抖音叫小雨点", "快手号小草")
PLIGHT = ("孤儿想要书包", "低保户的棉衣", "爸爸坐牢没人买鞋", "轮椅坐垫", "我没有爸爸")
HARMLESS = ("一元二次方程练习册", "二元一次方程题", "三块积木", "一块橡皮", "QQ糖", "36 码跑步鞋", "钱包", "十万个为什么")


@pytest.mark.parametrize(("word", "text"), [(word, text) for word, texts in (("cash", MONEY), ("number", REACHED), ("plight", PLIGHT)) for text in texts])
def test_words_are_not_published(word, text):
    assert word in policy.faults(text, (), (), MONDAY.date())


@pytest.mark.parametrize("text", HARMLESS)
def test_a_thing_stays_a_thing(text):
    """The control: what is wished is not refused for a sign that it shares."""
    assert policy.faults(text, (), (), MONDAY.date()) == ()


def test_thanks_open_no_way_to_the_child(world):
    what = acts.confirmed(world)
    with pytest.raises(Refused, match="电话、证件号"):
        commands.thank_donor(**what, words="谢谢叔叔,加我QQ聊", **who(world))


# Holding for ever.


def test_who_lets_a_wish_go_twice_does_not_hold_it_a_third_time(world):
    what = acts.published(world)
    for turn in range(2):
        commands.take_claim(**what, **acts.DONOR, **who(world, days=9 * turn))
        commands.watch_claims(by=CLOCK, at=MONDAY + timedelta(days=9 * turn + 8))
    with pytest.raises(Refused, match="留给别人"):
        commands.take_claim(**what, **acts.DONOR, **who(world, days=18))
    commands.take_claim(**what, **acts.DONOR | {"phone": "13887000099"}, **who(world, days=18))


def test_another_number_from_the_same_address_is_the_same_hand(world):
    what = acts.published(world)
    for turn in range(3):
        try:
            one = donors.claim_wish(**what, **CLAIM | {"phone": f"1388700008{turn}"}, address="10.0.0.1", by=donors.DONOR, at=MONDAY)
        except Refused:
            break
        donors.give_up_by_slip(claim_id=one.pk, by=donors.DONOR, at=MONDAY)
    assert WishClaim.objects.count() == 2


def test_without_the_count_a_wish_is_held_for_ever(world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(rules, "may_hold_again", lambda *_what: ALLOWED)
    what = acts.published(world)
    for turn in range(4):
        commands.take_claim(**what, **acts.DONOR, **who(world, days=9 * turn))
        commands.watch_claims(by=CLOCK, at=MONDAY + timedelta(days=9 * turn + 8))
    assert WishClaim.objects.count() == 4


# Two signatures.


@pytest.mark.parametrize("name", ["——", "王小雨", " 王小雨 ", "visitor", "clerk"])
def test_the_second_signature_is_somebody_elses(world, name):
    what, told = acts.delivered(world), {"visitor": world.visitor.name, "clerk": world.clerk.name}.get(name, name)
    with pytest.raises(Refused, match="签字人写监护人"):
        commands.confirm_wish(**what, signer="guardian", signed_by=told, **who(world))
    assert Wish.objects.get().state == "wish_delivered"


def test_without_looking_the_child_signs_for_its_guardian(world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(rules, "is_signed", lambda *_what: ALLOWED)
    commands.confirm_wish(**acts.delivered(world), signer="guardian", signed_by="王小雨", **who(world))
    assert Wish.objects.get().state == "wish_confirmed"


@pytest.mark.parametrize("name", ["——", "clerk"])
def test_a_sheet_of_gifts_is_signed_by_another(world, name):
    what, told = gifts.handing(world), world.clerk.name if name == "clerk" else name
    with pytest.raises(Refused, match="另一个签字"):
        hand_out(**what | {"witness": told}, **who(world))
    hand_out(**what, **who(world))


# What the journal tells whoever reads it.


def journal(world, post="auditor"):
    client = Client()
    client.force_login(who(world, post)["by"], backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/journal")
    assert page.status_code == 200
    return page.content.decode()


def turned_down(world):
    what = acts.collected(world)
    commands.reject_wish(**what, reason="王小雨家里已经有了", **who(world))


def test_why_a_wish_was_turned_down_names_no_child_in_the_journal(world):
    turned_down(world)
    assert Wish.objects.get().reason and "王小雨" not in journal(world)


@pytest.mark.parametrize("reason", ["王小雨等不及了", "打 13887000077 说在路上"])
@pytest.mark.parametrize(("act", "make"), [(commands.lengthen_claim, acts.claimed), (commands.give_up_claim, acts.claimed), (commands.send_back, acts.delivered)])
def test_a_reason_that_the_journal_keeps_names_nobody(world, act, make, reason):
    what = make(world)
    with pytest.raises(Refused, match=r"姓名|电话"):
        act(**what, reason=reason, **who(world))
    assert reason not in journal(world)


def test_without_the_question_the_journal_tells_a_donors_telephone(world, monkeypatch):
    """Negative control."""
    what = acts.claimed(world)
    monkeypatch.setattr(commands, "_names_nobody", lambda *_what: None)
    commands.lengthen_claim(**what, reason="打 13887000077 说在路上", **who(world))
    assert "13887000077" in journal(world)


# A few wishes on a wall.


def test_a_township_with_wishes_of_one_village_hangs_up_the_countys(world):
    """Whose the only wish of a township is everybody there would know: with it hang those of other townships."""
    acts.published(world)
    other = Person.objects.create(name="周某某", pinyin="zhou", birth_on=MONDAY.date().replace(year=2016), village=world.xinmin, registered_at=MONDAY)
    facts = {"kind": "sport", "band": "band_10", "thing": "篮球", "cost": 5000, "made_on": MONDAY.date(), "recorded_at": MONDAY, "state": "wish_published", "published_on": MONDAY.date()}
    triggers.lift(models=[Wish])
    Wish.objects.create(code="QQQQQ", child=other, area=world.xinmin, **facts)
    assert {one.code for one in queries.hung_up(who(world)["by"])} == {"QQQQQ", Wish.objects.get(area=world.datong).code}


def test_without_it_one_wish_hangs_alone(world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(queries, "FEW_VILLAGES", 0)
    test = test_a_township_with_wishes_of_one_village_hangs_up_the_countys
    with pytest.raises(AssertionError):
        test(world)


def test_a_slip_typed_at_full_width_is_no_wrong_code(world):
    """Ten of them would shut the page for the donor."""
    acts.claimed(world)
    code = WishClaim.objects.get().code
    typed = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    assert queries.claim_of(f"{typed[:4]} {typed[4:]}") == WishClaim.objects.get()
