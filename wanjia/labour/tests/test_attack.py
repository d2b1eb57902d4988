"""What a hostile reader tried: months after a spell of the past, a turn had twice, one person with two cards, days of another century, a yes for somebody gone."""

from datetime import date, timedelta

import pytest
from django.apps import apps

from wanjia.registry.models import Person
from wanjia.verdict import Refused

from ..day_markets import commands as markets
from ..day_markets.orders import commands as orders
from ..keeping import commands as keeping
from ..models import Card, Month, Spell, Waiting, Worker
from ..tallying import checking
from ..tallying.commands import keep_month
from ..workers import commands, rules
from .acts_markets import SOMEBODY
from .factories import AWAY, NOW, TODAY
from .test_day_markets import NEXT, Morning

pytestmark = pytest.mark.django_db
END = date(TODAY.year, TODAY.month, 1) - timedelta(days=1)  # of the month before


def keep(world):
    """Let the clock keep the month's end anew."""
    Worker.objects.update(entered_on=date(2025, 1, 1))
    keep_month(world.datong.parent, END, at=NOW)


def past(world, to_on=END + timedelta(days=1)):
    """A spell that was over before anybody wrote it down."""
    return commands.record_spell(worker_id=world.he.pk, **AWAY | {"from_on": END - timedelta(days=20), "to_on": to_on}, by=world.li, at=NOW)


def correct(world):
    commands.correct_spell(spell_id=Spell.objects.get().pk, **AWAY | {"from_on": END - timedelta(days=20), "to_on": END - timedelta(days=5)}, by=world.li, at=NOW)


def test_a_spell_of_the_past_is_counted_in_its_months(world):
    keep(world)
    past(world)
    assert not Month.objects.exists(), "what was kept is forgotten, and counted anew by the clock"
    keep(world)
    correct(world)
    assert not Month.objects.exists() and list(checking._kept()) == []


def test_a_spell_of_somebody_who_left_is_counted_in_its_months(world):
    past(world)
    commands.take_off(worker_id=world.he.pk, because="age", on=TODAY, by=world.li, at=NOW)
    keep(world)
    correct(world)
    assert list(checking._kept()) == []


def test_what_is_not_forgotten_lies(world, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(keeping, "forget", lambda *_what: None)
    keep(world)
    past(world)
    assert list(checking._kept())


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2001, 3, 1)])
def test_nobody_worked_before_the_sixteenth_birthday(world, day):
    with pytest.raises(Refused, match="年满 16"):
        commands.record_spell(worker_id=world.he.pk, **AWAY | {"from_on": day}, by=world.li, at=NOW)
    world.away(from_on=date(2001, 3, 2))
    with pytest.raises(Refused, match="年满 16"):
        commands.correct_spell(spell_id=Spell.objects.get().pk, **AWAY | {"from_on": day}, by=world.li, at=NOW)


def test_without_the_birthday_he_worked_before_christ_was_two(world, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(rules, "is_old_enough", lambda *_who: rules.first_refusal())
    assert world.away(from_on=date(1, 1, 1)).since_on == date(1, 1, 1)


@pytest.fixture
def morning(db):
    return Morning()


@pytest.mark.parametrize(("because", "first"), [("else", "乙"), ("unlawful", "甲")])
def test_whoever_would_not_go_stands_before_nobody_tomorrow(morning, because, first):
    morning.comes("甲")
    morning.send(morning.order())
    orders.refuse_work(work_id=morning.work("甲").pk, because=because, by=morning.clerk, at=NOW)
    morning.comes("乙", NEXT)
    assert morning.comes("甲", NEXT + timedelta(minutes=1)).waited is (because != "else")
    assert morning.send(morning.order(NEXT), NEXT + timedelta(minutes=2)) == [first] if first != "甲" else True


def labourer(morning):
    he = Person.objects.get(pk=morning.head.pk)
    he.phone = "13887099999"
    he.save()
    return {"name": he.name, "phone": he.phone}


@pytest.mark.parametrize("roll_first", [True, False])
def test_one_person_stands_once_whichever_way_he_came(morning, roll_first):
    told = labourer(morning)
    if not roll_first:  # his card was made before he was a labourer
        Worker.objects.filter(pk=morning.he.pk).update(left_on=TODAY, left_because="age")
    markets.make_card(market=morning.market, **SOMEBODY | told, by=morning.clerk, at=NOW)
    Worker.objects.filter(pk=morning.he.pk).update(left_on=None, left_because="")
    with pytest.raises(Refused, match="一天只排一个队"):
        markets.stand_labourer(person_id=morning.head.pk, market=morning.market, by=morning.clerk, at=NOW)
    assert Card.objects.count() == Waiting.objects.count() == 1
    if not roll_first:
        markets.stand_labourer(person_id=morning.head.pk, market=morning.market, by=morning.clerk, at=NEXT)
        one = Card.objects.get()
        assert (one.worker_id, one.name, one.phone, one.phone_index) == (morning.he.pk, "", "", None)


def test_with_two_cards_he_stands_twice(morning, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(markets.queries, "labourer_by_number", lambda *_who: None)
    monkeypatch.setattr(markets.queries, "card_by_number", lambda *_who: None)
    markets.make_card(market=morning.market, **SOMEBODY | labourer(morning), by=morning.clerk, at=NOW)
    markets.stand_labourer(person_id=morning.head.pk, market=morning.market, by=morning.clerk, at=NOW)
    assert Waiting.objects.count() == 2


def test_a_number_tells_nobody_whose_it_is(morning):
    morning.comes("甲大山")
    phone = Card.objects.get().phone
    with pytest.raises(Refused) as refusal:
        markets.make_card(market=morning.market, **SOMEBODY | {"name": "乙", "phone": phone}, by=morning.clerk, at=NOW)
    assert "甲大山" not in str(refusal.value.reason)


@pytest.mark.parametrize(("born", "young"), [(date(2009, 6, 1), True), (date(1985, 6, 1), False)])
def test_arrears_of_a_child_whom_no_register_knows_are_a_childs_need(morning, born, young):
    morning.comes("甲大山", birth_on=born)
    morning.send(morning.order(trade="factory", words="分拣蔬菜", safety="没有危险"))
    orders.note_arrivals(order_id=morning.work("甲大山").order_id, by=morning.clerk, at=NOW)
    orders.settle_work(work_id=morning.work("甲大山").pk, paid=0, asked="face", by=morning.clerk, at=NOW)
    orders.open_arrears(work_id=morning.work("甲大山").pk, words="老板说下个月再给", by=morning.clerk, at=NOW)
    need = apps.get_model("casework.Need").objects.get()
    assert (need.involves_child, need.requester_name == "甲大山", bool(need.requester_phone)) == (young, not young, not young)
