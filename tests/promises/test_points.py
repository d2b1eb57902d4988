"""Promise 5: sixty-four buyers at one home's four hundred points: exactly forty pieces at ten; balance and stock never below nought, all lines add up to nought. Both databases."""

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.db.backends.signals import connection_created
from django.db.models import F, Sum

from tests.house.worlds import World
from wanjia.kernel import triggers
from wanjia.orgs.models import User
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.registry.models import Household
from wanjia.village.booking import commands as booking
from wanjia.village.booking import queries as book
from wanjia.village.models import Good, PointAccount, PointClaim, PointLine, Redemption
from wanjia.village.point_states import ClaimState, Purse
from wanjia.village.points.commands import book_points
from wanjia.village.shop import commands as shop
from wanjia.village.tests import point_factories as made

from . import test_races

BUYERS, PIECES, SHELF = 64, 40, 500
NOT_OWED = next(one for one in PointAccount._meta.constraints if one.name == "points_of_a_home_not_below_nought")


def rich(pieces=SHELF):
    """A home with four hundred points, and so much soap at ten on the shelf."""
    world = World()
    made.soap(world, pieces=pieces)
    PointClaim.objects.filter(pk=made.claim(world, ClaimState.POSTED).pk).update(points=400)
    book_points(by=CLOCK, at=made.BOOKED)


def all_at_once(monkeypatch, also=()):
    """Let so many buyers take one piece each at one moment; whom only the database's own lock met, asks again."""
    monkeypatch.setattr(test_races, "WRITERS", BUYERS)
    good, keeper = Good.objects.get(), User.objects.get(username="datong2")
    home = Household.objects.get(pk=PointAccount.objects.get(purse=Purse.HOME).home_id)

    def buy(_n):
        while True:
            try:
                return shop.redeem(good_id=good.pk, home=home, pieces=1, way="at_shop", by=keeper, at=made.BOOKED).pk
            except OperationalError:
                connection.close()

    return test_races.at_once(buy, also)


def home_and_shelf():
    """Return (what was handed out, what the home has left, what is left on the shelf, the sum of all lines)."""
    return Redemption.objects.count(), PointAccount.objects.get(purse=Purse.HOME).balance, Good.objects.get().on_hand, PointLine.objects.aggregate(n=Sum("points"))["n"]


@pytest.mark.slow
def test_sixty_four_buyers_take_exactly_forty(races, monkeypatch):
    rich()
    answers, met, fell = all_at_once(monkeypatch)
    assert fell == [] and len(answers) == PIECES and len(met) == BUYERS - PIECES
    assert home_and_shelf() == (PIECES, 0, SHELF - PIECES, 0) and list(book.faults(None)) == []
    assert {str(one) for one in met} == {"这一户只有 0 分,不够。积分不能欠。"}


@pytest.mark.slow
def test_a_shelf_of_nine_is_emptied_once(races, monkeypatch):
    rich()
    shop.count_stock(good_id=Good.objects.get().pk, counted=9, words="其余受潮", by=User.objects.get(username="datong2"), at=made.BOOKED)
    answers, _met, fell = all_at_once(monkeypatch)
    assert fell == [] and len(answers) == 9 and home_and_shelf() == (9, 400 - 90, 0, 0)


def guard_off(monkeypatch):
    """Switch off the compared balance: points are taken whether there are any or not."""
    rich()
    monkeypatch.setattr(booking, "_moved", lambda account, points, least: PointAccount.objects.filter(pk=account.pk).update(balance=F("balance") + points))


@pytest.mark.slow
@pytest.mark.spoils
def test_without_the_acts_own_guard_the_database_lets_no_more_through(races, monkeypatch):
    guard_off(monkeypatch)
    answers, met, _fell = all_at_once(monkeypatch)
    assert len(answers) == PIECES and {type(one) for one in met} == {IntegrityError}


def unchecked(connection, **_kept):
    """A connection that holds the database's own word for nothing (SQLite); PostgreSQL's is taken off the table."""
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA ignore_check_constraints = ON")


@pytest.mark.slow
@pytest.mark.spoils
def test_without_any_guard_all_sixty_four_are_served(races, monkeypatch):
    """Negative control: points are owed."""
    guard_off(monkeypatch)
    postgres = connection.vendor == "postgresql"
    connection_created.connect(unchecked)
    if postgres:
        with connection.schema_editor() as editor:
            editor.remove_constraint(PointAccount, NOT_OWED)
    try:
        answers, _met, _fell = all_at_once(monkeypatch)
        assert len(answers) == BUYERS and home_and_shelf()[1] == 400 - 640
    finally:
        connection_created.disconnect(unchecked)
        if postgres:
            triggers.lift(models=[PointAccount])
            PointAccount.objects.update(balance=0)
            with connection.schema_editor() as editor:
                editor.add_constraint(PointAccount, NOT_OWED)
