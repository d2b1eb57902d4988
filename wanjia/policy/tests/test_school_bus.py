"""The law of school buses, each paper on its last day and on the day after."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from wanjia.policy import school_bus as law

DAY = date(2026, 11, 2)
NEXT = DAY + timedelta(days=1)
BUS = law.Vehicle("school_bus", 19, "primary", date(2026, 5, 2), DAY, DAY, None, law.EQUIPMENT, date(2026, 8, 1))
COACH = law.Vehicle("custom_coach", 19, "", None, DAY, None, DAY)
DRIVER = law.Driver(date(1980, 3, 1), date(2010, 1, 1), date(2025, 11, 2))
MORNING = law.Morning(BUS, DRIVER, DAY, frozenset({1, 2}), 17, filed=True)


def said(morning, day=DAY):
    return [one.id for one in law.refusals(morning, day)]


def test_a_bus_whose_papers_all_end_today_may_still_drive_today():
    assert said(MORNING) == [] and said(replace(MORNING, vehicle=COACH, grades=frozenset({7}))) == []


@pytest.mark.parametrize(("where", "change", "rule"), [
    ("vehicle", {"permit_until": DAY}, "permit"), ("vehicle", {"insured_until": DAY}, "insured"), ("vehicle", {"inspected_on": date(2026, 5, 2)}, "inspected"),
    ("driver", {"reviewed_on": date(2025, 11, 2)}, "reviewed"), ("driver", {"born_on": date(1966, 11, 2)}, "age"), ("", {"attendant_until": DAY}, "attendant"),
])  # fmt: skip
def test_the_last_day_counts_and_the_day_after_does_not(where, change, rule):
    """The others are made to last, so that just this one ends."""
    lasting = replace(MORNING, vehicle=replace(BUS, permit_until=date(2030, 1, 1), insured_until=date(2030, 1, 1), inspected_on=DAY), driver=replace(DRIVER, reviewed_on=DAY), attendant_until=date(2030, 1, 1))
    one = replace(lasting, **{where: replace(getattr(lasting, where), **change)}) if where else replace(lasting, **change)
    assert said(lasting, NEXT) == [] and said(one) == [] and said(one, NEXT) == [rule]


@pytest.mark.parametrize(("change", "rule"), [({"born_on": date(2001, 11, 3)}, "age"), ({"licensed_on": date(2023, 11, 3)}, "licence"), ({"against": frozenset({"drink"})}, "record"), ({"reviewed_on": None}, "reviewed")])
def test_a_driver_is_old_enough_long_licensed_and_clean(change, rule):
    assert said(replace(MORNING, driver=replace(DRIVER, **change))) == [rule]


def test_the_day_on_which_a_driver_becomes_old_enough_and_licensed_long_enough():
    assert said(replace(MORNING, driver=replace(DRIVER, born_on=date(2001, 11, 2), licensed_on=date(2023, 11, 2)))) == []


@pytest.mark.parametrize(("change", "rule"), [
    ({"seats": 6}, "seats"), ({"made_for": ""}, "made_for"), ({"equipment": law.EQUIPMENT - {"hammer"}}, "equipped"), ({"letter_on": None}, "letter"), ({"permit_until": None}, "permit"), ({"inspected_on": None}, "inspected"),
])  # fmt: skip
def test_a_school_bus_is_a_bus_made_for_it(change, rule):
    assert said(replace(MORNING, vehicle=replace(BUS, **change), riders=4)) == [rule]


def test_seats_are_counted_without_driver_and_attendant():
    assert said(replace(MORNING, riders=18)) == ["overload"] and law.seats_for_children(1) == 0


def test_another_kind_of_service_has_its_own_papers():
    other = replace(MORNING, vehicle=COACH, grades=frozenset({7}), filed=False)
    assert said(other) == [], "a coach line is no school bus: nobody asks a plate of it"
    assert said(replace(other, vehicle=replace(COACH, transport_until=None))) == ["transport"]
    assert said(replace(other, vehicle=replace(COACH, permit_until=DAY))) == ["posing"]
    assert said(replace(other, vehicle=replace(COACH, kind="other_service", transport_until=None))) == ["unnamed"]


def test_small_children_ride_in_buses_made_for_them():
    assert said(replace(MORNING, grades=frozenset({0}))) == ["infants"] and said(replace(MORNING, grades=frozenset({0}), vehicle=replace(BUS, made_for="infants"))) == []


def test_what_is_not_filed_is_not_driven_and_nobody_drives_without_a_driver():
    assert said(replace(MORNING, filed=False)) == ["filed"] and said(replace(MORNING, driver=None)) == ["licence"]


def test_every_rule_says_where_it_is_written():
    assert all(one.basis and one.zh and one.en for one in law.rules().values()) and law.in_force(date(1999, 1, 1)) == law.editions()[0]
