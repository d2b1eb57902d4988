"""Canteens attacked: the dead called at noon, a month past the calendar, a mark behind a meal's end, an elder whom no call list has."""

from datetime import timedelta

import pytest

from wanjia.care.asking import called
from wanjia.care.canteen import commands, queries, rules
from wanjia.care.classes import commands as rolls
from wanjia.care.models import Canteen, CareClass, Meal, Presence, Serving
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.workdays.hours import CLOCK
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


# An elder whom no call list has.


def late_elder(world, hour, days=(1, 2, 3)):
    """The meal is open since nine; another elder is taken on at this hour."""
    acts.dines(world)
    canteen = Canteen.objects.get()
    commands.open_meal(canteen_id=canteen.pk, by=by(world), at=at(9))
    Person.objects.filter(pk=world.register.wife.pk).update(birth_on=DAY.replace(year=1940))
    commands.take_on(canteen_id=canteen.pk, name=Person.objects.get(pk=world.register.wife.pk).name, weekdays=list(days), by=by(world), at=at(hour))
    return Serving.objects.filter(diner__person=world.register.wife.pk)


def test_who_is_taken_on_while_the_meal_is_open_is_missed_too(world):
    served = late_elder(world, 10)
    commands.miss_late(by=CLOCK, at=at(12, 30))
    assert served.get().state == "meal_missed" and queries.to_call(by(world)).count() == 2


@pytest.mark.parametrize(("hour", "days"), [(13, (1,)), (10, (2, 3))])
def test_after_its_hour_or_for_another_day_nobody_is_awaited(world, hour, days):
    """The control."""
    assert not late_elder(world, hour, days).exists()


def test_off_the_list_and_on_again_is_one_meal(world):
    served = late_elder(world, 10)
    diner = served.get().diner
    commands.end_diner(diner_id=diner.pk, reason="记错了", by=by(world), at=at(10, 10))
    commands.take_on(canteen_id=diner.canteen_id, name=diner.person.name, weekdays=[1], by=by(world), at=at(10, 20))
    assert served.count() == 1


def test_without_it_nobody_calls_the_new_elder(world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(commands, "_to_todays_table", lambda *_what: None)
    late_elder(world, 10)
    commands.miss_late(by=CLOCK, at=at(12, 30))
    assert queries.to_call(by(world)).count() == 1


def test_who_was_missed_is_not_made_to_have_said_so_by_two_taps(world):
    """Eaten after all, then said beforehand: no call, no bill, no word."""
    acts.missed(world)
    what = {"serving_id": Serving.objects.get().pk, "by": by(world), "at": at(12, 40)}
    commands.mark_serving(**what, result="ate")
    with pytest.raises(Refused, match="谁、什么时候说的"):
        commands.mark_serving(**what, result="meal_off")
    commands.mark_serving(**what, result="meal_off", reason="女儿早上来电话说的")
    assert Entry.objects.get(act="serving.put_off").reason == "女儿早上来电话说的"


def test_who_ate_and_was_never_missed_is_put_right_in_one_tap(world):
    """The control: a thumb that slipped."""
    acts.at_table(world)
    what = {"serving_id": Serving.objects.get().pk, "by": by(world), "at": at(12)}
    commands.mark_serving(**what, result="ate")
    commands.mark_serving(**what, result="meal_off")
    assert Serving.objects.get().state == "meal_off"


def test_a_canteen_that_is_shut_silences_nobody(world, monkeypatch):
    monkeypatch.setattr(queries.timezone, "now", lambda: at(14))
    acts.missed(world)
    commands.call_missed(serving_id=Serving.objects.get().pk, result="no_answer", by=by(world), at=at(12, 30))
    commands.close_meal(meal_id=Meal.objects.get().pk, by=by(world), at=at(13))
    assert queries.alarmed(by(world), DAY) == 1
    commands.shut_canteen(canteen_id=Canteen.objects.get().pk, reason="并到乡里的食堂", by=by(world), at=at(14))
    assert queries.alarmed(by(world), DAY) == 1, "nobody has reached the elder yet"
