"""Canteens attacked: the dead called at noon, a month past the calendar, a mark behind a meal's end."""

from datetime import timedelta

import pytest

from wanjia.care.asking import called
from wanjia.care.canteen import commands, queries, rules
from wanjia.care.classes import commands as rolls
from wanjia.care.models import Canteen, CareClass, Meal, Presence, Serving
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.registry.models import Person
from wanjia.verdict import Refused

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


# A meal that was missed, made good days later.


@pytest.mark.parametrize("days", [0, 1])
def test_up_to_the_day_after_a_thumb_that_slipped_is_put_right(world, days):
    acts.missed(world)
    commands.mark_serving(serving_id=Serving.objects.get().pk, result="ate", **acts.who(world) | {"at": MONDAY + timedelta(days=days)})
    assert Serving.objects.get().state == "ate"


def test_later_it_is_a_correction_with_its_reason(world):
    acts.missed(world)
    what = {"serving_id": Serving.objects.get().pk, "result": "ate", **acts.who(world) | {"at": MONDAY + timedelta(days=2)}}
    with pytest.raises(Refused, match="为什么改"):
        commands.mark_serving(**what)
    assert Serving.objects.get().state == "meal_missed"
    commands.mark_serving(**what, reason="坐在里间吃的,没看见")
    assert Serving.objects.get().state == "ate" and Entry.objects.get(act="serving.eat").reason == "坐在里间吃的,没看见"


def test_without_the_question_a_missed_meal_is_made_good_in_silence(world, monkeypatch):
    """Negative control."""
    acts.missed(world)
    monkeypatch.setattr(rules, "is_correction", lambda *_what: False)
    commands.mark_serving(serving_id=Serving.objects.get().pk, result="ate", **acts.who(world) | {"at": MONDAY + timedelta(days=9)})
    assert Serving.objects.get().state == "ate"


# Many of one name.


def test_of_many_of_one_name_the_four_digits_find_the_one(world):
    """A cut of twenty would not know whoever stands behind it."""
    for n in range(25):
        Person.objects.create(name="杨秀英", pinyin="yangxiuying", village=world.datong, registered_at=MONDAY, citizen_last4=f"{n:04d}")
    for n in (0, 24):
        assert called(Person.objects.all(), "杨秀英", f"{n:04d}").citizen_last4 == f"{n:04d}"
    with pytest.raises(Refused, match="后四位"):
        called(Person.objects.all(), "杨秀英", "")
