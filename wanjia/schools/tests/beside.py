"""One of everything that schools keep, for who walks all addresses (tests/fuzz, tests/journeys): ids of an address, and how the rows come about."""

from ..models import (
    Attendant,
    Bell,
    Bus,
    BusDriver,
    BusLine,
    BusTrip,
    Gate,
    Operator,
    Receiver,
    Ride,
    Rider,
    School,
    SchoolDay,
    Settlement,
    Term,
)
from . import acts_buses as buses
from . import acts_year as year
from .factories import bell, gate, school, term

KNOWN = {"school_id": School, "term_id": Term, "school_day_id": SchoolDay, "bell_id": Bell, "gate_id": Gate} | {
    "operator_id": Operator, "bus_id": Bus, "bus_driver_id": BusDriver, "attendant_id": Attendant, "bus_line_id": BusLine, "rider_id": Rider, "receiver_id": Receiver, "bus_trip_id": BusTrip, "ride_id": Ride, "settlement_id": Settlement,
}  # fmt: skip


def plant(world):
    """Make them: a school with its bell and gate, a term, a day that is not as others; a bus with a child aboard and whoever may receive it."""
    school(world)
    bell(world)
    gate(world)
    term(world)
    year.a_day(world)
    buses.receiver(world)
    buses.settled(world)
    buses.aboard(world)
