"""A noon: who comes, to whom it is brought, who did not come and is called; a month's account foots to the fen."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.house.worlds import World
from wanjia.care.canteen import commands, queries, rules
from wanjia.care.models import Canteen, Meal, MissedCall, Serving
from wanjia.kernel.calendar import CHINA
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy.money import yuan
from wanjia.verdict import ALLOWED, Refused

from . import acts_classes as acts

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def at(hour, minute=0, day=2):
    return timezone.make_aware(datetime(2026, 11, day, hour, minute), CHINA)


def by(world, name="clerk"):
    return acts.who(world, name)["by"]


def test_an_elder_who_missed_a_meal_is_called_and_the_call_is_a_row(world):
    acts.missed(world)
    serving = Serving.objects.get()
    assert list(queries.to_call(by(world))) == [serving]
    commands.call_missed(serving_id=serving.pk, result="no_answer", by=by(world), at=at(12, 30))
    assert list(queries.to_call(by(world))) == [serving], "nobody answered: the name stays"
    commands.close_meal(meal_id=Meal.objects.get().pk, by=by(world), at=at(13))
    commands.call_missed(serving_id=serving.pk, result="ill", words="发烧,已送卫生室", by=by(world), at=at(13, 30))
    assert list(queries.to_call(by(world))) == [] and MissedCall.objects.count() == 2
    serving.refresh_from_db()
    assert serving.called_the_day is True and serving.state == "meal_reached"


def test_a_call_of_the_next_day_is_not_of_the_same_day(world):
    acts.missed(world)
    commands.call_missed(serving_id=Serving.objects.get().pk, result="well", by=by(world), at=at(9, day=3))
    assert Serving.objects.get().called_the_day is False


def test_the_clock_misses_whoever_nobody_marked(world):
    acts.at_table(world)
    assert queries.late_meals(at(12, 29)) == []
    assert commands.miss_late(by=CLOCK, at=at(12, 30)) == 1
    assert Serving.objects.get().state == "meal_missed" and commands.miss_late(by=CLOCK, at=at(12, 31)) == 0


def test_a_meal_with_somebody_uncalled_does_not_close(world):
    acts.missed(world)
    with pytest.raises(Refused, match="没有打电话"):
        commands.close_meal(meal_id=Meal.objects.get().pk, by=by(world), at=at(13))


def test_without_its_rule_the_meal_closes_over_somebody_uncalled(world, monkeypatch):
    """Negative control."""
    acts.missed(world)
    monkeypatch.setattr(rules, "first_refusal", lambda *_asked: ALLOWED)
    commands.close_meal(meal_id=Meal.objects.get().pk, by=by(world), at=at(13))
    assert Meal.objects.get().state == "meal_closed"


def test_a_canteen_that_nobody_opens_is_an_alarm(world):
    acts.dines(world)
    meals = queries.today_of(by(world), MONDAY.date())
    assert queries.unopened(meals, at(12, 29)) == []
    assert queries.unopened(meals, at(12, 30)) == [Canteen.objects.get()]


def test_what_was_served_keeps_its_price(world):
    acts.at_table(world)
    commands.change_price(canteen_id=Canteen.objects.get().pk, price="9.99", share="3", by=by(world), at=at(11))
    commands.mark_serving(serving_id=Serving.objects.get().pk, result="ate", by=by(world), at=at(11, 40))
    (row,) = queries.month_of(Canteen.objects.get(), date(2026, 11, 1), date(2026, 12, 1))
    assert (row["cost"], row["own"], row["subsidy"]) == (850, 200, 650)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(prices=st.lists(st.tuples(st.integers(0, 20000), st.integers(0, 100), st.sampled_from(["ate", "meal_off", "meal_missed"])), min_size=1, max_size=20))
def test_a_month_foots_to_the_fen(world, prices):
    """Whatever meals cost and whoever came: the rows add up to the sums, and cost is own share and subsidy."""
    if not Canteen.objects.exists():
        acts.dines(world)
    canteen, diner = Canteen.objects.get(), Canteen.objects.get().diners.get()
    with transaction.atomic():
        for turn, (price, percent, state) in enumerate(prices):
            share = price * percent // 100
            meal = Meal.objects.create(canteen=canteen, day=date(2026, 10, 1) + timedelta(days=turn), price=price, share=share, opened_at=at(11))
            serving = Serving.objects.create(meal=meal, diner=diner)
            commands.mark_serving(serving_id=serving.pk, result=state, by=by(world), at=at(12))
        rows = queries.month_of(canteen, date(2026, 10, 1), date(2026, 11, 1))
        sums = queries.sums(rows)
        assert sums["cost"] == sums["own"] + sums["subsidy"] == sum(price for price, _percent, state in prices if state == "ate")
        assert sums["n"] == sum(state == "ate" for *_price, state in prices)
        assert yuan(sums["cost"]) == f"{sums['cost'] / 100:.2f}"
        transaction.set_rollback(True)


def test_a_canteen_that_was_closed_is_opened_again_under_its_name(world):
    what = acts.a_canteen(world)
    with pytest.raises(Refused, match="已经有同名的食堂"):
        acts.a_canteen(world)
    commands.shut_canteen(**what, reason="放假", **acts.who(world))
    assert acts.a_canteen(world) != what
