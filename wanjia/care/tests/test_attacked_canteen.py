"""Canteens attacked: the dead called at noon, a month past the calendar, a mark behind a meal's end."""

import pytest

from wanjia.care.canteen import commands, queries
from wanjia.care.classes import commands as rolls
from wanjia.care.models import Canteen, CareClass, Meal, Presence, Serving
from wanjia.kernel.tests.tried import MONDAY
from wanjia.registry.models import Person

from . import acts_classes as acts
from .test_canteen import at, by

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()
BACKEND = "django.contrib.auth.backends.ModelBackend"


def test_no_home_is_asked_why_its_dead_did_not_come(world):
    acts.dines(world)
    Person.objects.filter(name=acts.ELDER).update(died_on=DAY)
    commands.open_meal(canteen_id=Canteen.objects.get().pk, by=by(world), at=at(11))
    assert not Serving.objects.exists() and queries.today_of(by(world), DAY) == []


def test_who_dies_before_the_call_is_not_called_and_holds_up_no_meal(world):
    acts.missed(world)
    assert queries.to_call(by(world)).count() == 1
    Person.objects.filter(name=acts.ELDER).update(died_on=DAY)
    assert queries.to_call(by(world)).count() == 0
    commands.close_meal(meal_id=Meal.objects.get().pk, by=by(world), at=at(13))


def test_an_elder_whose_record_is_merged_still_eats(world):
    """Negative control of the other way: whoever is left out of a list of meals is missed by nobody."""
    acts.dines(world)
    Person.objects.filter(name=acts.ELDER).update(merged_into=world.register.wife)
    commands.open_meal(canteen_id=Canteen.objects.get().pk, by=by(world), at=at(11))
    assert Serving.objects.count() == 1


def test_no_name_of_a_child_who_died_is_called(world):
    acts.on_roll(world)
    Person.objects.filter(pk=world.register.child.pk).update(died_on=DAY)
    rolls.open_session(care_class_id=CareClass.objects.get().pk, by=by(world), at=MONDAY)
    assert not Presence.objects.exists()


@pytest.mark.parametrize("month", ["9999-12", "9999-11", "2126-01", "0000-01", "x", "2026-13"])
def test_a_month_that_is_none_is_no_fault(world, client, month):
    acts.dines(world)
    client.force_login(by(world), backend=BACKEND)
    assert client.get(f"/care/canteens/{Canteen.objects.get().pk}/month/?month={month}").status_code in (400, 404)
    assert client.get(f"/care/canteens/{Canteen.objects.get().pk}/month/?month=0001-01").status_code == 200
