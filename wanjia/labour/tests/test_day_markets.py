"""A market's morning: who is sent where and why, who keeps his place, two clerks at once, paid or not by the worker's word."""

from datetime import date, timedelta

import pytest
from django.apps import apps

from wanjia.verdict import Conflict, Refused

from ..day_markets import commands, queries, rules
from ..day_markets.orders import commands as orders
from ..models import Card, DayOrder, DayWork, Market, Waiting
from .acts_markets import PLACE, SOMEBODY, WANTED
from .factories import NOW, World

TODAY = NOW.date()
NEXT = NOW + timedelta(days=1)


class Morning(World):
    """A market in the village, kept by the township's clerk."""

    def __init__(self):
        super().__init__()
        self.market = commands.open_market(area=self.datong, **PLACE, by=self.clerk, at=NOW)

    def comes(self, name, at=NOW, **facts):
        """Somebody comes; a second time his card is found."""
        known = Card.objects.filter(name=name).first()
        if known:
            commands.stand_again(card_id=known.pk, market=self.market, by=self.clerk, at=at, **facts)
        else:
            phone = f"138870{100 + Card.objects.count():05d}"
            commands.make_card(market=self.market, **SOMEBODY | {"name": name, "phone": phone} | facts, by=self.clerk, at=at)
        return Waiting.objects.get(card__name=name, day=at.date())

    def order(self, at=NOW, **facts):
        """An employer wants people for the day."""
        said = WANTED | {"day": at.date(), "settle_on": at.date()} | facts
        return orders.record_order(market_id=self.market.pk, **said, by=self.clerk, at=at)

    def send(self, order, at=NOW):
        """Send whoever suits; return the names in the order of the line."""
        keys = orders.fill_order(order_id=order.pk, by=self.clerk, at=at)
        return [one.card.name for one in queries.works_of(order).filter(pk__in=keys)]

    def work(self, name):
        """The last day's work of somebody."""
        return DayWork.objects.filter(waiting__card__name=name).order_by("-sent_at", "-pk").first()


@pytest.fixture
def morning(db):
    return Morning()


def minutes(n):
    return NOW + timedelta(minutes=n)


def test_first_come_first_served_within_the_trade_and_the_wishes(morning):
    morning.comes("甲", trade="cook")
    morning.comes("乙", minutes(1), least_pay=300)
    morning.comes("丙", minutes(2), trade="build")
    morning.comes("丁", minutes(3))
    assert morning.send(morning.order(headcount=2)) == ["丙", "丁"]
    assert morning.work("丙").why == {"rank": 3, "waited": False, "before": [[1, "trade"], [2, "pay"]]}
    assert DayOrder.objects.get().left == 0


def test_whoever_was_passed_over_yesterday_stands_before(morning):
    morning.comes("甲")
    morning.comes("乙", minutes(1))
    morning.send(morning.order())
    morning.comes("甲", NEXT)
    morning.comes("乙", NEXT + timedelta(minutes=1))
    assert morning.send(morning.order(NEXT), NEXT) == ["乙"]
    assert morning.work("乙").why["waited"] is True


def test_whoever_left_the_line_was_not_passed_over(morning):
    one = morning.comes("甲")
    commands.leave_line(waiting_id=one.pk, by=morning.clerk, at=NOW)
    assert morning.comes("甲", NEXT).waited is False


def test_whoever_left_the_line_comes_back_at_its_end(morning):
    one = morning.comes("甲")
    morning.comes("乙", minutes(1))
    commands.leave_line(waiting_id=one.pk, by=morning.clerk, at=minutes(2))
    morning.comes("甲", minutes(3))
    assert morning.send(morning.order(), minutes(4)) == ["乙"]


@pytest.mark.parametrize(("because", "next_one"), [("unlawful", "甲"), ("different", "甲"), ("unfit", "甲"), ("else", "乙")])
def test_a_refusal_of_unlawful_or_unfit_work_costs_no_place(morning, because, next_one):
    morning.comes("甲")
    morning.comes("乙", minutes(1))
    first = morning.order(place="甲工地")
    assert morning.send(first) == ["甲"]
    orders.refuse_work(work_id=morning.work("甲").pk, because=because, by=morning.clerk, at=minutes(5))
    assert DayOrder.objects.get(pk=first.pk).left == 1
    assert morning.send(morning.order(place="乙工地"), minutes(6)) == [next_one]


def test_nobody_is_sent_again_where_he_does_not_go(morning):
    morning.comes("甲")
    one = morning.order()
    morning.send(one)
    orders.refuse_work(work_id=morning.work("甲").pk, because="unlawful", by=morning.clerk, at=NOW)
    with pytest.raises(Refused, match="没有合适的人"):
        morning.send(one)


def test_a_seventeen_year_old_is_not_sent_to_work_that_the_law_forbids_him(morning):
    morning.comes("小甲", birth_on=date(2009, 3, 1))
    hard = morning.order(words="在矿山井下搬运", trade="mine")
    assert hard.grown_only
    with pytest.raises(Refused, match="没有合适的人"):
        morning.send(hard)
    assert queries.suited(morning.order(trade="shop", words="在超市整理货架", safety="没有危险"))[0].waiting.card.name == "小甲"


def test_nobody_under_sixteen_gets_a_card(morning):
    with pytest.raises(Refused, match="未满 16 周岁"):
        morning.comes("小乙", birth_on=date(2012, 3, 1))
    assert not Card.objects.exists()


def test_a_childs_card_shows_initials_and_is_found_by_the_whole_number_alone(morning):
    morning.comes("王小明", birth_on=date(2009, 3, 1))
    card = Card.objects.get()
    assert card.shown_name == "W.X.M."
    assert queries.cards_meant(morning.clerk, morning.market, "王小明") == []
    assert queries.cards_meant(morning.clerk, morning.market, card.phone_last4) == []
    assert queries.cards_meant(morning.clerk, morning.market, card.phone) == [card]


def test_a_card_once_made_is_found_again_by_its_number(morning):
    morning.comes("甲")
    card = Card.objects.get()
    commands.make_card(market=morning.market, **SOMEBODY | {"name": "甲", "phone": card.phone}, by=morning.clerk, at=NEXT)
    assert Card.objects.count() == 1
    assert Waiting.objects.filter(card=card).count() == 2


def test_a_labourer_of_the_register_is_asked_nothing_twice(morning):
    morning.head.phone = "13887000001"
    morning.head.save()
    commands.stand_labourer(person_id=morning.head.pk, market=morning.market, by=morning.clerk, at=NOW)
    card = Card.objects.get()
    assert (card.name, card.birth_on, card.shown_name, card.number) == ("", None, "王建国", "13887000001")
    assert queries.cards_meant(morning.clerk, morning.market, "13887000001") == [card]


@pytest.mark.parametrize(
    ("facts", "why"), [
        ({"words": "搬砖,限男性"}, "性别"), ({"pay": 100}, "最低工资"), ({"pay": 10, "pay_per": "hour"}, "最低工资"), ({"words": "搬砖,先交押金 100 元"}, "押金"),
    ],
)  # fmt: skip
def test_an_unlawful_order_does_not_hang(morning, facts, why):
    with pytest.raises(Refused, match=why):
        morning.order(**facts)
    assert not DayOrder.objects.exists()


def test_an_employer_that_calls_off_gives_everybody_his_place_back(morning):
    morning.comes("甲")
    one = morning.order()
    morning.send(one)
    orders.call_off_order(order_id=one.pk, because="下雨", by=morning.clerk, at=NOW)
    assert (DayOrder.objects.get().left, Waiting.objects.get().state, DayWork.objects.get().state) == (1, "waiting", "called_off")


def test_whoever_is_not_there_leaves_a_place(morning):
    morning.comes("甲")
    morning.comes("乙", minutes(1))
    one = morning.order(headcount=2)
    morning.send(one)
    orders.note_arrivals(order_id=one.pk, absent=[str(morning.work("乙").pk)], by=morning.clerk, at=minutes(60))
    assert [morning.work(name).state for name in "甲乙"] == ["arrived", "absent"]
    assert DayOrder.objects.get().left == 1


def day_done(morning, **facts):
    morning.comes("甲")
    one = morning.order(**facts)
    morning.send(one)
    orders.note_arrivals(order_id=one.pk, by=morning.clerk, at=NOW)
    return morning.work("甲")


def test_a_day_unpaid_is_alarmed_on_the_settlements_day_and_not_before(morning):
    day_done(morning, settle_on=TODAY + timedelta(days=2))
    assert queries.owing(morning.clerk, TODAY + timedelta(days=1)) == 0
    assert queries.owing(morning.clerk, TODAY + timedelta(days=2)) == 1
    assert queries.owing(morning.stranger, TODAY + timedelta(days=2)) == 0


def test_paid_is_the_workers_word_and_part_of_it_is_not_paid(morning):
    work = day_done(morning)
    orders.settle_work(work_id=work.pk, paid=120, asked="phone", by=morning.clerk, at=NOW)
    assert (morning.work("甲").state, morning.work("甲").owes) == ("unpaid", 80)
    orders.settle_work(work_id=work.pk, paid=200, asked="phone", by=morning.clerk, at=NEXT)
    assert morning.work("甲").state == "paid"
    assert queries.owing(morning.clerk, TODAY) == 0


def test_arrears_are_one_need_with_one_owner_and_name_where_the_work_was(morning):
    from wanjia.orgs.models import Area, Level

    Area.objects.create(code="530621000000", name="鲁甸县", short_name="鲁甸县", level=Level.COUNTY)
    work = day_done(morning, area="530621", place="文屏镇工地")
    orders.open_arrears(work_id=work.pk, words="老板说下个月再给", by=morning.clerk, at=NOW)
    need = apps.get_model("casework.Need").objects.get()
    assert (need.category, need.requester_name, need.requester_phone) == ("rights", "甲", Card.objects.get().phone)
    assert (need.village, need.holder.name) == (morning.datong, "细沙乡人民政府")
    assert "鲁甸县 文屏镇工地" in need.summary and "还差 200 元" in need.summary
    assert morning.work("甲").need == need.number
    with pytest.raises(Refused, match=need.number):
        orders.open_arrears(work_id=work.pk, words="再登一次", by=morning.clerk, at=NOW)
    assert queries.owing(morning.clerk, TODAY) == 0


def test_without_a_ledger_it_says_where_to_call(morning, monkeypatch):
    work = day_done(morning)
    monkeypatch.setattr(rules, "gather", lambda _kind: [])
    with pytest.raises(Refused, match="12333"):
        orders.open_arrears(work_id=work.pk, words="老板说下个月再给", by=morning.clerk, at=NOW)


def test_the_rows_say_no_whatever_the_door(morning):
    """The second wall: past every rule an order is not filled over its headcount, and nobody is at two works."""
    morning.comes("甲")
    one = morning.order()
    morning.send(one)
    one.refresh_from_db()
    with pytest.raises(Conflict):
        orders._take_place(one)


def test_another_township_sees_no_line(morning):
    morning.comes("甲")
    assert not rules.visible_waiting(morning.stranger).exists()
    assert not rules.visible_markets(morning.stranger).exists()
    assert Market.objects.count() == 1


