"""A labourer's own word attacked: put on the list again over his no; a day of settling so late that nobody is ever told."""

from datetime import date, timedelta

import pytest

from tests.house.worlds import World
from wanjia.verdict import Refused

from ..day_markets import rules
from ..departures.commands import relist_departure, take_departures, withdraw_departure
from ..models import DayOrder, Departure
from . import acts_departures as acts
from .test_day_markets import TODAY, Morning

pytestmark = pytest.mark.django_db


def said_no():
    """He said yes to a vacancy, was put on the list, and goes no more; then the list is filled once more."""
    world = World()
    what = acts.yes(world)
    take_departures(**what, by=acts.anew(world.labour), at=acts.MONDAY)
    one = Departure.objects.get()
    withdraw_departure(departure_id=one.pk, why="母亲住院,我不走了", by=acts.anew(world.visitor), at=acts.MONDAY)
    return world, one, take_departures(**what | {"latest_on": what["latest_on"] + timedelta(days=1)}, by=acts.anew(world.labour), at=acts.MONDAY)


def test_nobody_is_put_on_the_list_over_his_own_no():
    world, one, n = said_no()
    assert n == 0 and [row.state for row in Departure.objects.all()] == ["withdrawn"]
    relist_departure(departure_id=one.pk, by=acts.anew(world.visitor), at=acts.MONDAY)
    assert Departure.objects.get().state == "listed", "by his own word he is"


def test_a_day_of_settling_that_never_comes_is_refused():
    morning = Morning()
    for day in (date(9999, 12, 31), TODAY + timedelta(days=16)):
        with pytest.raises(Refused, match="15 天以内"):
            morning.order(settle_on=day)
    assert morning.order(settle_on=TODAY + timedelta(days=15)).pk


def test_without_the_bound_nobody_is_told(monkeypatch):
    """Negative control."""
    monkeypatch.setattr(rules, "timedelta", lambda days: timedelta(days=10**6))
    Morning().order(settle_on=date(4000, 12, 31))
    assert DayOrder.objects.get().settle_on.year == 4000
