"""Each CHECK and each unique constraint of the buses, met by name."""

from datetime import time, timedelta
from uuid import uuid4

from wanjia.kernel.tests.tried import MONDAY
from wanjia.schools.models import (
    Attendant,
    BellAlarm,
    Bus,
    BusDrill,
    BusDriver,
    BusFare,
    BusLine,
    BusSeat,
    BusSlip,
    BusStop,
    BusTrip,
    Operator,
    Receiver,
    Ride,
    Rider,
    Settlement,
    SettlementRow,
    Unserved,
)
from wanjia.solving.models import Plan

from . import acts_buses as acts
from . import acts_drills, acts_fares
from .factories import school

BEFORE = acts.START - timedelta(days=1)


def _changed(make, model, **values):
    """What a situation is followed by: its rows are changed past the acts."""

    def change(world):
        make(world)
        model.objects.update(**values)

    return change


def _the(make, model):
    def found(world):
        make(world)
        return model.objects.order_by("pk")[0]

    return found


def _confirmed_by_the_same(world):
    acts.listed(world)
    Receiver.objects.update(confirmed_at=MONDAY, confirmed_by=world.schools)


def _slip(world):
    return BusSlip.objects.create(rider=acts.rider(world), code="ABCDEFGH", issued_by=world.schools, issued_at=MONDAY)


def _again(world):
    """The same child once more, under another number."""
    acts.on_roll(world)
    one = Ride.objects.get()
    one.number = 9
    return one


def _another(world):
    """Another child under the same number."""
    acts.on_roll(world)
    one = Ride.objects.get()
    one.rider_id = uuid4()
    return one


def _unserved(world):
    plan = Plan.objects.create(kind="bus_routes", about="x", area=world.county, number=1, state="asked", asked_at=MONDAY, asked_by=world.schools)
    return Unserved.objects.create(plan=plan, rider=acts.rider(world), zh="某", en="x")


def _signed_by_the_same(world):
    acts_fares.settled(world)
    Settlement.objects.update(signed_at=MONDAY, signed_by=world.schools)


def _told(world):
    facts = {"school": school(world), "day": acts.DAY, "at": time(7, 30), "going": False, "riders": 1, "raised_at": MONDAY}
    return BellAlarm.objects.get_or_create(school=facts["school"], defaults=facts)[0]


CHECKS = {
    "operator_ends_after_start": _changed(acts.operator, Operator, to_on=BEFORE), "bus_has_seats": _changed(acts.bus, Bus, seats=2), "bus_ends_after_start": _changed(acts.bus, Bus, to_on=BEFORE),
    "bus_driver_ends_after_start": _changed(acts.driver, BusDriver, to_on=BEFORE), "attendant_ends_after_start": _changed(acts.attendant, Attendant, to_on=BEFORE),
    "bus_line_ends_after_start": _changed(acts.line, BusLine, to_on=BEFORE), "bus_stop_on_earth": _changed(acts.line, BusStop, lat=28.2), "rider_ends_after_start": _changed(acts.rider, Rider, to_on=BEFORE),
    "rider_lives_on_earth": _changed(acts.rider, Rider, lat=28.2), "bus_seat_ends_after_start": _changed(acts.seated, BusSeat, to_on=BEFORE),
    "receiver_confirmed_by_another": _confirmed_by_the_same, "receiver_ends_after_start": _changed(acts.listed, Receiver, to_on=BEFORE),
    "bus_trip_ended_with_its_moment": _changed(acts.opened, BusTrip, ended_at=MONDAY), "handed_to_a_listed_adult": _changed(acts.aboard, Ride, state="ride_handed", left_at=MONDAY),
    "bus_fare_share_is_a_part": _changed(acts_fares.fared, BusFare, share=101), "bus_fare_ends_after_start": _changed(acts_fares.fared, BusFare, to_on=BEFORE),
    "settlement_adds_up": _changed(acts_fares.settled, Settlement, home=1), "settlement_row_adds_up": _changed(acts_fares.settled, SettlementRow, home=1), "settlement_signed_by_another": _signed_by_the_same,
    "left_the_bus_at_a_moment": _changed(acts.aboard, Ride, state="ride_at_school"),
    "bus_drill_back_with_reason": _changed(acts_drills.drill, BusDrill, taken_back_at=MONDAY), "bus_drill_with_pupils": _changed(acts_drills.drill, BusDrill, came=0),
}  # fmt: skip
ONCE = {
    "operator_named_once": _the(acts.operator, Operator), "bus_plate_once": _the(acts.bus, Bus), "attendant_once": _the(acts.attendant, Attendant), "bus_line_named_once": _the(acts.line, BusLine),
    "bus_stop_once_a_turn": _the(acts.line, BusStop), "rider_once": _the(acts.rider, Rider), "one_bus_seat": _the(acts.seated, BusSeat), "bus_trip_once": _the(acts.opened, BusTrip),
    "bus_ride_once": _again, "bus_ride_numbered_once": _another, "one_live_bus_slip": _slip,
    "one_bus_fare": _the(acts_fares.fared, BusFare), "one_settlement_a_month": _the(acts_fares.settled, Settlement), "unserved_once_a_version": _unserved, "settled_once": _the(acts_fares.settled, SettlementRow),
    "bus_drill_once_a_day": _the(acts_drills.drill, BusDrill), "bell_alarmed_once": _told,
}  # fmt: skip
