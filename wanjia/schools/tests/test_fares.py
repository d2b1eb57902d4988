"""A month of the buses: whatever was ridden at whatever fares, the settlement is the fares to the fen, and every fen is the home's or the subsidy's."""

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from math import floor

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.registry.models import Person
from wanjia.schools.fares import commands as fares
from wanjia.schools.fares import queries
from wanjia.schools.models import BusFare, BusSeat, BusTrip, Operator, Receiver, Ride, Rider, Settlement
from wanjia.verdict import Refused

from . import acts_buses as acts
from . import acts_fares
from .factories import school

pytestmark = pytest.mark.django_db
FIRST = date(2026, 10, 1)
RODE = ("ride_at_school", "ride_handed")
PRICES = some.lists(some.tuples(some.integers(1, 31), some.integers(0, 99_999), some.integers(0, 100)), max_size=3, unique_by=lambda one: one[0])
RIDDEN = some.lists(
    some.tuples(some.integers(0, 2), some.integers(0, 30), some.booleans(), some.sampled_from([*RODE, "ride_excused", "ride_found"])), max_size=12, unique_by=lambda one: one[:3],
)  # fmt: skip


@pytest.fixture
def world():
    found = World()
    acts.line(found)
    found.riders = []
    for n in range(3):
        child = Person.objects.create(name=f"学生{n}", birth_on=date(2016, 1, 1), schooling="primary", village=found.datong, registered_at=MONDAY)
        found.riders.append(Rider.objects.create(child=child, school=school(found), area=found.datong, asked_by="某", recorded_at=MONDAY, from_on=acts.START))
        Receiver.objects.create(rider=found.riders[n], name="某", relation="叔叔", from_on=acts.START, listed_at=MONDAY)
    return found


def priced(world, first, prices):
    """The fares of the operator: one from September on, then each from its day of October on."""
    rows = [(acts.START, *first), *((FIRST + timedelta(days=day), full, share) for day, full, share in sorted(prices))]
    for n, (day, full, share) in enumerate(rows):
        BusFare.objects.create(operator=acts.operator(world), full=full, share=share, source="县财政", from_on=day, to_on=rows[n + 1][0] if n + 1 < len(rows) else None)
    return rows


STEPS = {"ride_at_school": "ride_aboard", "ride_handed": "ride_aboard", "ride_found": "ride_missing"}  # by which state a ride comes to its end


def ridden(world, rides):
    """Trips that ended, and what became of each child on them."""
    line, trips, numbers = acts.line(world), {}, defaultdict(int)
    for rider, day, home, state in rides:
        facts = {"bus": line.bus, "driver": line.driver, "attendant": line.attendant, "opened_at": MONDAY}
        if (day, home) not in trips:
            trips[day, home] = BusTrip.objects.create(line=line, day=FIRST + timedelta(days=day), going_home=home, **facts)
        trip, who = trips[day, home], world.riders[rider]
        numbers[trip] += 1
        one = Ride.objects.filter(pk=Ride.objects.create(trip=trip, rider=who, stop=line.stops.first(), number=numbers[trip]).pk)
        if state in STEPS:
            one.update(state=STEPS[state], boarded_at=MONDAY if state in RODE else None)
        one.update(state=state, left_at=MONDAY if state in RODE else None, receiver=who.receivers.get() if state == "ride_handed" else None)
    BusTrip.objects.update(state="bus_looked_through", ended_at=MONDAY)


def second_book(rows, rides):
    """Return {rider: (rides, full, home)} by fractions of a fen, which are rounded down once a month."""
    found = defaultdict(lambda: (0, 0, Fraction(0)))
    for rider, day, _home, state in rides:
        if state in RODE:
            _from, full, share = [row for row in rows if row[0] <= FIRST + timedelta(days=day)][-1]
            n, whole, home = found[rider]
            found[rider] = n + 1, whole + full, home + Fraction(full * share, 100)
    return {rider: (n, whole, floor(home)) for rider, (n, whole, home) in found.items()}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(first=some.tuples(some.integers(0, 99_999), some.integers(0, 100)), prices=PRICES, rides=RIDDEN)
def test_a_settlement_is_its_fares_to_the_fen(world, first, prices, rides):
    with transaction.atomic():
        rows = priced(world, first, prices)
        ridden(world, rides)
        expected = second_book(rows, rides)
        what = {"operator_id": acts.operator(world).pk, "month": "2026-10"}
        if not expected:
            with pytest.raises(Refused, match="没有人坐过车"):
                fares.settle_month(**what, **acts.who(world))
        else:
            one = fares.settle_month(**what, **acts.who(world))
            found = {world.riders.index(row.rider): (row.rides, row.full, row.home) for row in one.rows.select_related("rider")}
            assert found == expected
            assert (one.rides, one.full, one.home) == tuple(map(sum, zip(*expected.values(), strict=True)))
            assert one.full == one.home + one.subsidy and all(row.full == row.home + row.subsidy and row.subsidy >= 0 for row in one.rows.all())
            fares.sign_settlement(settlement_id=one.pk, **acts.who(world, "township_leader"))
            assert Settlement.objects.get().state == "month_signed"
        transaction.set_rollback(True)


def test_drawn_up_again_a_month_is_the_same_month(world):
    priced(world, (233, 50), [])
    ridden(world, [(0, 1, False, "ride_at_school"), (0, 2, False, "ride_at_school"), (0, 3, False, "ride_at_school")])
    what = {"operator_id": acts.operator(world).pk, "month": "2026-10"}
    for _again in range(2):
        one = fares.settle_month(**what, **acts.who(world))
        assert [(row.rides, row.full, row.home, row.subsidy) for row in one.rows.all()] == [(3, 699, 349, 350)], "rounded once, not ride by ride"
    assert Settlement.objects.count() == 1


def test_a_sum_that_its_rows_do_not_bear_is_not_signed(world):
    """Negative control: somebody wrote into the sums; the rows are asked again when the month is signed."""
    priced(world, (500, 50), [])
    ridden(world, [(0, 1, False, "ride_at_school")])
    one = fares.settle_month(operator_id=acts.operator(world).pk, month="2026-10", **acts.who(world))
    Settlement.objects.update(full=501, home=251)
    with pytest.raises(Refused, match="对不上"):
        fares.sign_settlement(settlement_id=one.pk, **acts.who(world, "township_leader"))


def test_what_the_buses_come_to_is_counted_from_their_rows(world):
    """Seats, children with a seat, the longest ride, the subsidy; another operator's are not among them."""
    operator = acts.operator(world)
    other = Operator.objects.create(area=world.county, name="另一家", contact="某", from_on=acts.START)
    priced(world, (500, 50), [])
    ridden(world, [(0, 20, False, "ride_at_school"), (1, 20, False, "ride_at_school"), (2, 20, False, "ride_excused")])
    Ride.objects.filter(rider=world.riders[1], state="ride_at_school").update(left_at=MONDAY + timedelta(minutes=76, seconds=30))
    BusSeat.objects.create(rider=world.riders[0], stop=acts.line(world).stops.first(), from_on=acts.START)
    BusSeat.objects.create(rider=world.riders[1], stop=acts.line(world).stops.first(), from_on=acts.START, drafted=True)
    fares.settle_month(operator_id=operator.pk, month="2026-10", **acts.who(world))
    first, second = queries.totals([operator, other], MONDAY.date())
    assert {name: value for name, value in first.items() if name != "operator"} == {"buses": 1, "seats": 17, "riders": 1, "longest": 76, "too_long": True, "subsidy": "5.00"}
    assert {name: value for name, value in second.items() if name != "operator"} == {"buses": 0, "seats": 0, "riders": 0, "longest": None, "too_long": False, "subsidy": "0.00"}


def test_an_operator_that_ends_is_paid_its_last_month(world):
    what = acts_fares.settling(world)
    Operator.objects.update(to_on=date(2026, 10, 31))
    assert fares.settle_month(**what, **acts.who(world)).rides == 1
