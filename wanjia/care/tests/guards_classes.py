"""Each CHECK and each unique constraint of classes and canteens, met by name."""

from datetime import date, timedelta

from wanjia.care.models import Canteen, CareClass, Collector, Diner, Enrolment, Meal, Presence, Serving, Session
from wanjia.kernel.tests.tried import MONDAY

from . import acts_classes as acts

DAY = MONDAY.date()
BEFORE = DAY - timedelta(days=9)


def _changed(make, model, **values):
    """What a situation is followed by: its rows are changed past the acts."""

    def change(world):
        make(world)
        model.objects.update(**values)

    return change


def _confirmed_by_the_same(world):
    acts.listed(world)
    Collector.objects.update(confirmed_at=MONDAY, confirmed_by=world.clerk)


def _the(make, model):
    def found(world):
        make(world)
        return model.objects.get()

    return found


def _fetched_by_nobody(world):
    acts.there(world)
    Presence.objects.update(state="fetched")


def _missed_at_no_time(world):
    acts.at_table(world)
    Serving.objects.update(state="meal_missed")


CHECKS = {
    "class_ends_after_start": _changed(acts.a_class, CareClass, until_on=date(2026, 9, 1)),
    "class_has_seats": _changed(acts.a_class, CareClass, seats=0),
    "enrolment_left_with_its_day": _changed(acts.on_roll, Enrolment, left_on=DAY),
    "collector_confirmed_by_another": _confirmed_by_the_same,
    "collector_ends_after_start": _changed(acts.listed, Collector, to_on=BEFORE),
    "fetched_by_a_listed_adult": _fetched_by_nobody,
    "canteen_share_within_price": _changed(acts.a_canteen, Canteen, share=9999),
    "diner_ends_after_start": _changed(acts.dines, Diner, to_on=BEFORE),
    "paid_for_what_was_served": _changed(acts.at_table, Serving, paid=200),
    "missed_has_its_moment": _missed_at_no_time,
}
ONCE = {
    "class_named_once": _the(acts.a_class, CareClass),
    "enrolled_once": _the(acts.on_roll, Enrolment),
    "one_session_a_day": _the(acts.opened, Session),
    "on_a_roll_once": _the(acts.called, Presence),
    "canteen_named_once": _the(acts.a_canteen, Canteen),
    "diner_once": _the(acts.dines, Diner),
    "one_meal_a_day": _the(acts.served, Meal),
    "served_once": _the(acts.at_table, Serving),
}
