"""Wishes attacked: strangers who would keep company with a child, words that lead to a child, forged signatures, endless holding. Each with its control."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from wanjia.care.donors import commands as donors
from wanjia.care.gifts.commands import hand_out
from wanjia.care.models import Wish, WishClaim
from wanjia.care.wishes import commands, queries, rules
from wanjia.kernel import triggers
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Organisation, OrganisationAlias
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import wishes as policy
from wanjia.registry.models import Person
from wanjia.verdict import ALLOWED, Refused

from . import acts_gifts as gifts
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


# First the first wishes: of one school by whatever name, of one child by however many records.


def second_wish(world, other_school, mine="细沙乡中心小学"):
    """The Wang child had a wish granted and has another, of a school; a child of the village waits for its first, whose school is written so."""
    Person.objects.filter(pk=world.register.child.pk).update(school_name=mine)
    acts.confirmed(world)
    triggers.lift(models=[Wish])
    Wish.objects.update(school=mine)
    what = {"wish_id": commands.collect_wish(**acts.wishing(world), **who(world, "visitor")).pk}
    other = Person.objects.create(name="周某某", pinyin="zhou", birth_on=MONDAY.date().replace(year=2016), village=world.datong, registered_at=MONDAY, school_name=other_school)
    facts = {"kind": "sport", "band": "band_10", "thing": "篮球", "cost": 5000, "made_on": MONDAY.date(), "recorded_at": MONDAY, "state": "collected"}
    Wish.objects.create(code="QQQQQ", child=other, area=world.datong, school=other_school, **facts)
    return what, other


def waits(world, what):
    return "第一个心愿在等" in str(rules.can_publish(who(world)["by"], Wish.objects.get(pk=what["wish_id"])).reason)


@pytest.mark.parametrize("spelt", ["细沙乡中心小学", "细沙乡 中心小学", "细沙乡中心小学\u3000", "细沙小学"])
def test_a_school_is_one_by_whatever_name(world, spelt):
    school = Organisation.objects.create(name="细沙乡中心小学", tier="township", line="education", area=world.datong.parent)
    OrganisationAlias.objects.create(organisation=school, name="细沙小学")
    what, _other = second_wish(world, spelt)
    assert waits(world, what)


def test_another_school_does_not_wait(world):
    """The control."""
    what, _other = second_wish(world, "大关一小")
    assert not waits(world, what)


def test_letter_by_letter_the_second_wish_goes_first(world, monkeypatch):
    """Negative control."""
    what, _other = second_wish(world, "细沙乡 中心小学")
    monkeypatch.setattr(rules, "spelt_alike", lambda wish, _among: [wish.school])
    assert not waits(world, what)


def put_together(world, steps):
    """The record under which the first wish was granted was merged into another, that one into the next: the last is the child of the second wish."""
    what, _other = second_wish(world, "细沙乡中心小学")
    record = Person.objects.get(pk=world.register.child.pk)
    for n in range(steps):
        below = Person.objects.create(name=f"王小雨{n}", pinyin="wang", village=world.datong, registered_at=MONDAY, merged_into=record)
        record = below
    Wish.objects.filter(state="wish_confirmed").update(child=record)
    return what


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_who_was_registered_twice_had_its_first_wish(world, steps):
    assert waits(world, put_together(world, steps))


def test_by_its_own_record_alone_a_child_put_together_goes_first(world, monkeypatch):
    """Negative control."""
    what = put_together(world, 2)
    monkeypatch.setattr(rules, "records_of", lambda child: {child})
    assert not waits(world, what)


# "I am a unit."


def pool(world, n):
    """So many wishes wait."""
    what = acts.published(world)
    triggers.lift(models=[Wish])
    facts = {"kind": "sport", "band": "band_10", "thing": "篮球", "cost": 5000, "made_on": MONDAY.date(), "recorded_at": MONDAY, "state": "wish_published", "published_on": MONDAY.date()}
    children = [Person.objects.create(name="周某某", pinyin="zhou", birth_on=MONDAY.date().replace(year=2016), village=world.datong, registered_at=MONDAY) for _n in range(n - 1)]
    return [Wish.objects.get(pk=what["wish_id"]), *(Wish.objects.create(code=f"Q{n:04d}", child=child, area=world.datong, **facts) for n, child in enumerate(children))]


def held(wishes, one=lambda wish, n: None):
    """How many of them one gets."""
    done = 0
    for n, wish in enumerate(wishes):
        try:
            one(wish, n)
        except Refused:
            break
        done += 1
    return done


UNIT = {"kind": "a_unit", "name": "某某公司", "phone": "13887000077"}


def test_who_says_that_it_is_a_unit_holds_no_more_than_anybody(world):
    wishes = pool(world, 5)
    assert held(wishes, lambda wish, n: donors.claim_wish(wish_id=wish.pk, **UNIT, address=f"10.0.0.{n}", by=donors.DONOR, at=MONDAY)) == 3


def test_a_unit_that_the_township_writes_down_holds_what_it_can_bring(world):
    """The control: fair to real units."""
    wishes = pool(world, 5)
    assert held(wishes, lambda wish, _n: commands.take_claim(wish_id=wish.pk, **UNIT, **who(world))) == 5


def test_by_its_word_alone_it_held_them_all(world, monkeypatch):
    """Negative control."""
    wishes = pool(world, 5)
    monkeypatch.setattr(rules, "is_known", lambda kind, _by_staff: kind != "a_person")
    assert held(wishes, lambda wish, n: donors.claim_wish(wish_id=wish.pk, **UNIT, address=f"10.0.0.{n}", by=donors.DONOR, at=MONDAY)) == 5


def invented(wish, n):
    return donors.claim_wish(wish_id=wish.pk, **CLAIM | {"phone": f"138870001{n:02d}"}, address="10.0.0.1", by=donors.DONOR, at=MONDAY)


def test_invented_telephones_of_one_address_hold_a_few(world):
    assert held(pool(world, 12), invented) == 10


def test_without_the_count_they_held_them_all(world, monkeypatch):
    """Negative control."""
    wishes = pool(world, 12)
    monkeypatch.setattr(rules, "may_hold_here", lambda *_what: ALLOWED)
    assert held(wishes, invented) == 12


# A unit's name, and names as they sound.


def known_unit(world):
    one = Organisation.objects.create(name="永善县第一中学", short_name="永善一中", tier="county", line="education", area=world.datong.parent.parent)
    OrganisationAlias.objects.create(organisation=one, name="金江校区")


TOLD = ("永善一中的校服", "永善1中的校服", "金江校区运动会的鞋", "yongshan yizhong 校服", "Yǒngshàn yīzhōng 校服", "wangxiaoyu 想要的书")


@pytest.mark.parametrize("thing", TOLD)
def test_no_unit_of_the_register_stands_in_a_wish_by_any_name_or_sound(world, thing):
    known_unit(world)
    with pytest.raises(Refused, match=r"地名、校名|人的姓名"):
        commands.collect_wish(**acts.wishing(world) | {"thing": thing}, **who(world, "visitor"))


@pytest.mark.parametrize("thing", [*HARMLESS, "LEGO 积木", "adidas 跑鞋", "Unit 5 英语磁带"])
def test_a_thing_stays_a_thing_beside_all_units(world, thing):
    """The control."""
    known_unit(world)
    assert policy.faults(thing, *queries.told_by(world.register.child), MONDAY.date()) == ()


def test_by_the_childs_own_places_alone_a_unit_is_named(world, monkeypatch):
    """Negative control."""
    known_unit(world)
    monkeypatch.setattr(queries, "told_by", queries.names_and_places)
    commands.collect_wish(**acts.wishing(world) | {"thing": "金江校区运动会的鞋"}, **who(world, "visitor"))
    assert Wish.objects.get().thing == "金江校区运动会的鞋"


# Money by one hand.


def paid(world):
    """The clerk wrote down what was given and what it was spent on, and that the thing came."""
    what = acts.given(world)
    commands.note_money(**what, kind="money_spent", amount="100", words="鞋店发票", **who(world))
    commands.receive_thing(**what, **who(world))
    return what


def test_who_writes_the_account_does_not_say_alone_what_became_of_the_money(world):
    what = paid(world)
    with pytest.raises(Refused, match="另一个人核对"):
        commands.deliver_wish(**what, through="by_officer", **who(world))
    assert "收到 0.00 元" in Client().get("/wishes/money/").content.decode(), "what nobody else looked at is told to nobody"
    commands.deliver_wish(**what, through="by_officer", **who(world, "visitor"))
    assert "收到 100.00 元" in Client().get("/wishes/money/").content.decode()


def test_without_the_question_one_hand_takes_it_in_and_says_that_it_was_used(world, monkeypatch):
    """Negative control."""
    what = paid(world)
    monkeypatch.setattr(rules, "booked_none", lambda *_what: True)
    commands.deliver_wish(**what, through="by_officer", **who(world))
    assert "收到 100.00 元" in Client().get("/wishes/money/").content.decode()
