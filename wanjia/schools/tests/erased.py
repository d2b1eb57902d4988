"""What schools keep of somebody who is erased: a row of every model that can hold a word of the person (office/tests/erased_world.py plants them)."""

from datetime import date

from wanjia.kernel.tests.tried import MONDAY
from wanjia.schools.models import (
    BusSeat,
    BusSlip,
    BusTrip,
    ParentHome,
    Receiver,
    Ride,
    Rider,
    Settlement,
    SettlementRow,
    Unserved,
)
from wanjia.solving.models import Plan

from . import acts_buses as buses
from .acts_families import held
from .factories import school

START = date(2026, 9, 1)


def rows(world, person, _mark):
    """Return {model: its row, or its fields}: the person rode, had a seat and a slip, was handed over to somebody listed; a home of his came to a parents' class."""
    rider = Rider.objects.create(child=person, school=school(world), area=world.datong, recorded_at=MONDAY, from_on=START)
    line = buses.line(world)
    trip = BusTrip.objects.create(line=line, day=MONDAY.date(), bus=line.bus, driver=line.driver, attendant=line.attendant, opened_at=MONDAY)
    stop = line.stops.get(turn=1)
    month = Settlement.objects.create(operator=line.bus.operator, month="2026-10", rides=1, full=2, home=1, subsidy=1, drawn_at=MONDAY)
    plan = Plan.objects.create(kind="bus_routes", about="x", area=world.county, number=1, state="asked", asked_at=MONDAY, asked_by=world.schools)
    return {
        ParentHome: {"parent_class": held(world), "household": world.home, "noted_at": MONDAY},
        Unserved: {"plan": plan, "rider": rider, "zh": "某", "en": "x"},
        SettlementRow: {"settlement": month, "rider": rider, "rides": 1, "full": 2, "home": 1, "subsidy": 1},
        Rider: rider, Receiver: {"rider": rider, "relation": "亲属", "from_on": START, "listed_at": MONDAY}, Ride: {"trip": trip, "rider": rider, "stop": stop, "number": 1},
        BusSeat: {"rider": rider, "stop": stop, "from_on": START}, BusSlip: {"rider": rider, "code": "HGFEDCBA", "issued_by": world.schools, "issued_at": MONDAY},
    }  # fmt: skip
