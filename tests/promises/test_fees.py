"""A home is charged once a period and pays once, however many press at one moment; what lies in the purse is spent once. Both databases, each guard with its negative control."""

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.db.models import F

from tests.house.worlds import World
from wanjia.orgs.models import User
from wanjia.village.fee_states import RunState
from wanjia.village.fees import commands as fees
from wanjia.village.fees import queries
from wanjia.village.models import FeeCharge, FeePayment, FeePurse, FeeRun
from wanjia.village.purse import commands as purse
from wanjia.village.tests import fee_factories as made
from wanjia.village.tests.factories import villager

from . import test_races

HANDS = 16


def asked_again(act):
    """Whom only the database's own lock met, asks again."""

    def does(n):
        while True:
            try:
                return act(n)
            except OperationalError:
                connection.close()

    return does


def all_at_once(monkeypatch, act):
    monkeypatch.setattr(test_races, "WRITERS", HANDS)
    return test_races.at_once(asked_again(act), (IntegrityError,))


def hand(name):
    return User.objects.get(username=name)


@pytest.mark.slow
def test_sixteen_who_draw_and_check_one_period_charge_each_home_once(races, monkeypatch):
    world = World()
    for n in range(5):
        villager(world, n)
    made.rule(world)
    keeper, checker, village = world.visitor, world.clerk, world.datong

    def press(n):
        one = FeeRun.objects.filter(state=RunState.DRAWN).first()
        if n % 2 or one is None:
            return fees.draw_fee_run(village=village, month="2026-10", by=User.objects.get(pk=keeper.pk), at=made.MONDAY).pk
        return fees.check_run(fee_run_id=one.pk, by=User.objects.get(pk=checker.pk), at=made.MONDAY).pk

    _answers, met, fell = all_at_once(monkeypatch, press)
    made.run(world, RunState.CHARGED)
    assert fell == [] and met and FeeRun.objects.count() == 1 and FeeCharge.objects.count() == 6 == FeeCharge.objects.values("home").distinct().count()
    assert list(queries.faults(None)) == []


@pytest.mark.slow
@pytest.mark.spoils
def test_without_the_acts_own_guard_the_database_charges_no_home_twice(races):
    """Negative control: a second run of the same days is smuggled in; the home's own constraint stops it, and nothing of it stays."""
    world = World()
    one = made.run(world, RunState.CHARGED)
    second = FeeRun.objects.create(village=world.datong, rule=one.rule, from_on=one.from_on.replace(month=11), until_on=one.until_on, as_of=one.as_of, homes=1, exempt=0, due_fen=6000, drawn_at=made.MONDAY)
    FeeRun.objects.filter(pk=second.pk).update(from_on=one.from_on, state=RunState.DROPPED)
    with pytest.raises(IntegrityError):
        FeeCharge.objects.bulk_create([fees._charge(FeeRun.objects.get(pk=second.pk), line) for line in queries.lines(one.rule, one.as_of)])
    assert FeeCharge.objects.count() == 1


def all_pay(monkeypatch):
    """Sixteen hands take ten yuan of a home that owes sixty."""
    charge, keeper = FeeCharge.objects.get(), hand("datong2")
    return all_at_once(monkeypatch, lambda _n: purse.take_payment(fee_charge_id=charge.pk, yuan="10", way="cash", by=keeper, at=made.MONDAY).pk)


@pytest.mark.slow
def test_sixteen_who_take_ten_of_sixty_take_it_six_times(races, monkeypatch):
    made.charge(World())
    answers, _met, fell = all_pay(monkeypatch)
    assert fell == [] and len(answers) == 6 == FeePayment.objects.count() and FeeCharge.objects.get().left_fen == 0 and FeePurse.objects.get().fen == 6000
    assert sorted(FeePayment.objects.values_list("serial", flat=True)) == [1, 2, 3, 4, 5, 6] and list(queries.faults(None)) == []


@pytest.mark.slow
@pytest.mark.spoils
def test_without_the_acts_own_guard_the_database_takes_no_more_than_is_due(races, monkeypatch):
    """Negative control of the compared sum: whoever takes blindly is met by the table's own word."""
    one = made.payment(World(), yuan="50")
    monkeypatch.setattr(purse, "_left", lambda pk, _fen: FeeCharge.objects.filter(pk=pk))
    with pytest.raises(IntegrityError):
        purse.take_payment(fee_charge_id=one.charge_id, yuan="20", way="cash", by=hand("datong2"), at=made.MONDAY)
    assert FeeCharge.objects.get().left_fen == 1000 and FeePayment.objects.count() == 1


@pytest.mark.slow
def test_two_spendings_for_which_only_one_has_money_are_not_both_approved(races, monkeypatch):
    world = World()
    made.payment(world)
    rows = [made.spend(world, yuan="15", voucher=f"{n}").pk for n in range(HANDS)]
    checker = world.clerk
    answers, met, fell = all_at_once(monkeypatch, lambda n: purse.approve_spend(fee_spend_id=rows[n], by=User.objects.get(pk=checker.pk), at=made.MONDAY).pk)
    assert fell == [] and len(answers) == 1 and len(met) == HANDS - 1 and FeePurse.objects.get().fen == 500 and list(queries.faults(None)) == []


@pytest.mark.slow
@pytest.mark.spoils
def test_without_the_compared_balance_the_purse_is_still_never_below_nought(races, monkeypatch):
    """Negative control: money is moved whether there is any or not; the table's own word stops it."""
    world = World()
    made.payment(world)
    monkeypatch.setattr(purse, "_move", lambda village, fen: FeePurse.objects.filter(village_id=village).update(fen=F("fen") + fen))
    dear = made.spend(world, yuan="20.01")
    with pytest.raises(IntegrityError):
        purse.approve_spend(fee_spend_id=dear.pk, by=User.objects.get(pk=world.clerk.pk), at=made.MONDAY)
