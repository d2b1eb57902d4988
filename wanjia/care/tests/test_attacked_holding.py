"""What strangers tried on wishes: to go first, to hold many, to name a unit by another name, to keep money by one hand; and without each question they got it."""

from datetime import timedelta

import pytest
from django.test import Client

from wanjia.care.donors import commands as donors
from wanjia.care.models import Wish
from wanjia.care.wishes import commands, queries, rules
from wanjia.kernel import triggers
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Organisation, OrganisationAlias
from wanjia.policy import wishes as policy
from wanjia.registry.models import Person
from wanjia.verdict import ALLOWED, Refused

from . import acts_wishes as acts
from .test_attacked_wishes import HARMLESS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
CLAIM = {"kind": "a_person", "name": "陌生人", "phone": "13887000077"}


def who(world, name="clerk", days=0):
    return acts.who(world, name, MONDAY + timedelta(days=days))


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


def test_the_names_of_a_countys_units_are_one_question_however_many(world, django_assert_max_num_queries):
    one = Wish.objects.get(pk=second_wish(world, "大关一小")[0]["wish_id"])
    for n in range(9):
        OrganisationAlias.objects.create(organisation=Organisation.objects.create(name=f"单位{n}", tier="township", line="civil", area=world.datong.parent), name=f"又名{n}")
    with django_assert_max_num_queries(3):
        rules.spelt_alike(one, Wish.objects.all())


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
