"""Shoes for a whole school: nobody left out, nobody picked out; sizes, order, shortfall, rest; whose names are read."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from wanjia.care.children.commands import READ
from wanjia.care.gifts import commands, queries
from wanjia.care.models import Distribution, Gift
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.registry.models import Person
from wanjia.verdict import Refused

from . import acts_gifts as acts

SIGN_IN = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def monday(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


@pytest.fixture
def school(world):
    """Four pupils in two classes."""
    one = acts.school(world)
    for n, grade in ((1, "四年级"), (2, "五年级"), (3, "五年级")):
        Person.objects.create(name=f"李某{n}", pinyin=f"limou{n}", birth_on=date(2015, 1, n), school_name=one.name, grade=grade, village=world.datong, registered_at=MONDAY)
    return one


def begun(world, **facts):
    return commands.open_distribution(**acts.opening(world) | facts, **acts.who(world))


def sizes(world, one, **given):
    rows = {row.child.name: row for row in one.roll.select_related("child")}
    commands.note_sizes(distribution_id=one.pk, sizes={str(rows[name].pk): size for name, size in given.items()}, **acts.who(world))
    return rows


def test_everybody_of_the_roll_is_on_the_list_whatever_the_home_is_like(world, school):
    one = begun(world)
    assert one.roll.count() == Person.objects.filter(school_name=school.name).count() == 4


def test_a_class_is_whole_or_not_at_all(world, school):
    assert begun(world, grades="五年级").roll.count() == 2


def test_no_field_can_say_why_a_child_gets_something():
    """Nobody is shown as poor: a row holds child, class, size, whether it was given; no group, no reason, no picking out."""
    assert {field.name for field in Gift._meta.get_fields()} == {
        "id", "distribution", "child", "grade", "size", "sized_at", "sized_by", "state", "given_on", "given_by", "goes", "version",
    }  # fmt: skip


def test_the_order_has_each_size_with_its_reserve_and_waits_for_the_last_pupil(world, school):
    one = begun(world, reserve=5)
    sizes(world, one, 王小雨="34", 李某1="34", 李某2="36")
    with pytest.raises(Refused, match="还有 1 个孩子没有尺码"):
        commands.order_things(distribution_id=one.pk, **acts.who(world))
    sizes(world, one, 李某3="36")
    commands.order_things(distribution_id=one.pk, **acts.who(world))
    assert [(row["size"], row["wanted"], row["ordered"]) for row in queries.by_size(one)] == [("34", 2, 3), ("36", 2, 3)]
    assert queries.picking(one) == [("四年级", [("34", 2)]), ("五年级", [("36", 2)])]


def ready(world, school, **came):
    one = begun(world)
    rows = sizes(world, one, 王小雨="34", 李某1="34", 李某2="36", 李某3="36")
    commands.order_things(distribution_id=one.pk, **acts.who(world))
    commands.note_stock(distribution_id=one.pk, counts=came, **acts.who(world))
    return one, rows


def test_shortfall_and_rest_are_named_and_no_more_is_given_than_came(world, school):
    one, rows = ready(world, school, **{"34": 3, "36": 1})
    got = {str(rows[name].pk): "36" for name in ("李某2", "李某3")}
    with pytest.raises(Refused, match="36 码只剩 1 件,要发 2 件"):
        commands.hand_out(distribution_id=one.pk, got=got, witness="周老师", **acts.who(world))
    got = {str(rows[name].pk): rows[name].size for name in ("王小雨", "李某1", "李某2")}
    for key in got:
        got[key] = Gift.objects.get(pk=key).size
    commands.hand_out(distribution_id=one.pk, got=got, witness="周老师", **acts.who(world))
    assert [(row["size"], row["short"], row["rest"]) for row in queries.by_size(one)] == [("34", 0, 1), ("36", 1, 0)]
    with pytest.raises(Refused, match="还有 1 个孩子没有领到,一个也不能少"):
        commands.close_distribution(distribution_id=one.pk, rest="没有", **acts.who(world, "care"))
    commands.note_stock(distribution_id=one.pk, counts={"36": 2}, **acts.who(world))
    commands.hand_out(distribution_id=one.pk, got={str(rows["李某3"].pk): "36"}, witness="周老师", **acts.who(world))
    commands.close_distribution(distribution_id=one.pk, rest="34 码 1 双放学校", **acts.who(world, "care"))
    assert Distribution.objects.get().state == "gifts_closed"


def test_who_came_since_is_taken_on(world, school):
    one = begun(world)
    Person.objects.create(name="新来的", birth_on=date(2015, 5, 5), school_name=school.name, grade="四年级", village=world.datong, registered_at=MONDAY)
    commands.renew_roll(distribution_id=one.pk, **acts.who(world))
    commands.renew_roll(distribution_id=one.pk, **acts.who(world))
    assert one.roll.count() == 5


def client_of(world, name="clerk"):
    client = Client()
    client.force_login(acts.who(world, name)["by"], backend=SIGN_IN)
    return client


@pytest.mark.parametrize("page", ["class/", "class/sheet/"])
def test_each_name_of_a_class_is_journalled_before_the_page_is_sent(world, school, page, monkeypatch):
    one, client = begun(world), client_of(world)
    answer = client.get(f"/care/gifts/{one.pk}/{page}?grade=五年级")
    lines = Entry.objects.filter(act=READ, subject="registry.person")
    assert "李某2" in answer.content.decode() and "王小雨" not in answer.content.decode() and "no-store" in answer["Cache-Control"]
    assert lines.count() == 2
    monkeypatch.setattr(commands, "read_names", lambda children, **_how: children)
    client.get(f"/care/gifts/{one.pk}/{page}?grade=五年级")
    assert lines.count() == 2, "negative control"


def test_no_other_page_names_a_child(world, school):
    one, rows = ready(world, school, **{"34": 3, "36": 3})
    client = client_of(world)
    for address in ("/care/gifts/", f"/care/gifts/{one.pk}/", f"/care/gifts/{one.pk}/papers/", f"/care/gifts/{one.pk}/arrival/", f"/care/gift-rows/{rows['王小雨'].pk}/leave/"):
        answer = client.get(address)
        assert answer.status_code == 200 and not [name for name in rows if name in answer.content.decode()], address


def test_a_class_is_typed_on_its_page(world, school):
    one, client = begun(world), client_of(world)
    address = f"/care/gifts/{one.pk}/class/?grade=五年级"
    rows = one.roll.filter(grade="五年级")
    assert client.post(address, {f"size-{row.pk}": "36" for row in rows}).status_code == 302
    assert {row.size for row in rows.all()} == {"36"}
    odd = client.post(address, {f"size-{rows[0].pk}": "99", "size-nonsense": "36"})
    assert odd.status_code == 200 and "没有“99”这个尺码" in odd.content.decode()
    assert client.get(f"/care/gifts/{one.pk}/class/?grade=没有的班").status_code == 404


def test_who_serves_another_school_sees_nothing(world, school):
    one = begun(world)
    assert client_of(world, "stranger").get(f"/care/gifts/{one.pk}/class/?grade=五年级").status_code == 404


# A child who leaves after its pair was ordered.


def two_came(world, school):
    """Of two pupils of a class one leaves; two pairs of 34 and one of reserve came."""
    one = begun(world, grades="五年级")
    rows = sizes(world, one, 李某2="34", 李某3="34")
    commands.order_things(distribution_id=one.pk, **acts.who(world))
    return one, rows["李某2"]


def of_34(one):
    [row] = queries.by_size(one)
    return {name: row[name] for name in ("wanted", "arrived", "given", "rest")}


def test_after_the_order_somebody_says_what_becomes_of_the_pair(world, school):
    one, gift = two_came(world, school)
    with pytest.raises(Refused, match="那一份怎么办"):
        commands.leave_roll(gift_id=gift.pk, reason="转学", **acts.who(world))
    commands.leave_roll(gift_id=gift.pk, reason="转学", goes="gift_spare", **acts.who(world))
    assert Gift.objects.get(pk=gift.pk).goes == "gift_spare"


def test_a_pair_sent_after_the_child_is_in_stock_no_longer(world, school):
    one, gift = two_came(world, school)
    with pytest.raises(Refused, match="等到货"):
        commands.leave_roll(gift_id=gift.pk, reason="转学", goes="gift_follows", **acts.who(world))
    commands.note_stock(distribution_id=one.pk, counts={"34": 2}, **acts.who(world))
    commands.leave_roll(gift_id=gift.pk, reason="转学", goes="gift_follows", **acts.who(world))
    assert of_34(one) == {"wanted": 2, "arrived": 2, "given": 1, "rest": 1}


def test_a_pair_that_stays_is_in_stock(world, school):
    """The control."""
    one, gift = two_came(world, school)
    commands.note_stock(distribution_id=one.pk, counts={"34": 2}, **acts.who(world))
    commands.leave_roll(gift_id=gift.pk, reason="转学", goes="gift_spare", **acts.who(world))
    assert of_34(one) == {"wanted": 1, "arrived": 2, "given": 0, "rest": 2}


def test_before_the_order_there_is_no_pair(world, school):
    one = begun(world, grades="五年级")
    commands.leave_roll(gift_id=one.roll.first().pk, reason="转学", **acts.who(world))
    assert not one.roll.get(state="left_school").goes
