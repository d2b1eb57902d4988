"""What could lose a child between two rolls: a seat that changes under an open roll, two seats at once, a seat on a line that does not drive, a bus that is gone, two records of one child."""

from datetime import date, time, timedelta

import pytest

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.schools.buses import commands as buses
from wanjia.schools.models import Attendant, Bus, BusDriver, BusLine, BusSeat, BusStop, BusTrip, Ride, Rider
from wanjia.schools.riders import commands as riders
from wanjia.schools.riding import commands as riding
from wanjia.schools.riding import queries
from wanjia.solving.models import Plan
from wanjia.verdict import Refused

from . import acts_buses as acts

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()
LATER = DAY + timedelta(days=1)


@pytest.fixture
def world():
    return World()


def who(world, name="schools", days=0):
    return acts.who(world, name) | {"at": MONDAY + timedelta(days=days)}


def another_line(world, **facts):
    """A second line of the same vehicle to the same school; its one stop."""
    one = acts.line(world)
    facts = {"bus": one.bus, "name": "第二条", "school": one.school, "driver": one.driver, "attendant": one.attendant, "filed_on": DAY, "from_on": acts.START} | facts
    return BusStop.objects.create(line=BusLine.objects.create(**facts), turn=1, name="桥头", at=time(7, 40), back_at=time(17, 40))


def rolls(world, day):
    """On how many rolls of mornings the child would stand on a day."""
    return sum(seat.rider_id == acts.rider(world).pk for line in BusLine.objects.all() for seat in queries.seats_on(line, day, False))


def test_no_seat_changes_under_an_open_roll(world):
    what = acts.runs_today(world)
    riding.open_trip(**what, day=LATER, **who(world))
    late = acts.another(world)
    with pytest.raises(Refused, match="已经开始点名"):
        riders.seat_rider(rider_id=late.pk, stop=acts.line(world).stops.get(turn=1), from_on=LATER, **who(world))  # aboard, and on no roll
    with pytest.raises(Refused, match="已经开始点名"):
        riders.seat_rider(rider_id=acts.rider(world).pk, stop=another_line(world), from_on=LATER, **who(world))  # awaited by two buses
    assert riders.seat_rider(rider_id=late.pk, stop=acts.line(world).stops.get(turn=1), from_on=LATER + timedelta(days=1), **who(world)).pk == late.pk


def test_a_roll_that_is_over_holds_no_seat_fast(world):
    riding.close_trip(**acts.empty(world), **who(world))
    riders.seat_rider(rider_id=acts.rider(world).pk, stop=another_line(world), **who(world))
    riding.open_trip(bus_line_id=BusLine.objects.get(name="第二条").pk, way="to_school", **who(world))
    assert Ride.objects.count() == 1, "who rode this morning is not awaited by a second bus of the same morning"


def test_a_line_is_not_filed_under_an_open_roll(world):
    what = acts.runs_today(world)
    stop = another_line(world, filed_on=None, plan=None)
    BusSeat.objects.create(rider=acts.rider(world), stop=stop, drafted=True, from_on=DAY)
    riding.open_trip(**what, **who(world))
    with pytest.raises(Refused, match="已经开始点名"):
        buses.file_line(bus_line_id=stop.line_id, filed_on=DAY, **who(world))


def test_whoever_sits_has_one_seat_on_every_day(world):
    acts.runs_today(world)
    riders.seat_rider(rider_id=acts.rider(world).pk, stop=another_line(world), from_on=DAY + timedelta(days=7), **who(world))
    riders.seat_rider(rider_id=acts.rider(world).pk, stop=another_line(world, name="第三条"), from_on=DAY + timedelta(days=3), **who(world))
    assert [rolls(world, DAY + timedelta(days=n)) for n in (0, 2, 3, 5, 7, 9)] == [1] * 6


def test_a_seat_on_a_line_that_begins_later_leaves_no_gap(world):
    acts.runs_today(world)
    stop = another_line(world, from_on=DAY + timedelta(days=7))
    with pytest.raises(Refused, match="起才有"):
        riders.seat_rider(rider_id=acts.rider(world).pk, stop=stop, from_on=LATER, **who(world))
    riders.seat_rider(rider_id=acts.rider(world).pk, stop=stop, **who(world))
    assert [rolls(world, DAY + timedelta(days=n)) for n in (0, 6, 7)] == [1] * 3


def test_a_call_seats_nobody_where_no_bus_comes(world):
    acts.runs_today(world)
    over, drawn = another_line(world, to_on=DAY), another_line(world, name="草图", filed_on=None)
    BusLine.objects.filter(pk=drawn.line_id).update(plan=Plan.objects.create(kind="bus_routes", about="x", area=world.county, number=1, asked_at=MONDAY, asked_by=world.schools, settings={}))
    for stop in (over, drawn):
        with pytest.raises(Refused, match="这一站不去这所学校"):
            riders.seat_rider(rider_id=acts.rider(world).pk, stop=stop, **who(world))


def test_nobody_rides_tomorrow_today(world):
    trip = riding.open_trip(**acts.runs_today(world), day=LATER, **who(world, "attendant"))
    ride = Ride.objects.get()
    with pytest.raises(Refused, match="还没到"):
        riding.mark_ride(ride_id=ride.pk, result="ride_aboard", **who(world, "attendant"))
    riding.mark_ride(ride_id=ride.pk, result="ride_excused", words="", **who(world, "attendant"))  # the mother rang the evening before
    for act, what in ((riding.unload_trip, {"counted": 0}), (riding.close_trip, {"looked": True})):
        with pytest.raises(Refused, match="还没到"):
            act(bus_trip_id=trip.pk, **what, **who(world, "attendant"))
    riding.close_trip(bus_trip_id=trip.pk, looked=True, **who(world, "attendant", days=1))


def test_whoever_leaves_next_month_drives_today(world):
    what = acts.runs_today(world)
    for model in (BusDriver, Attendant, Bus):
        model.objects.update(to_on=date(2027, 9, 1))
    assert queries.held(who(world)["by"], DAY), "a vehicle with an end is looked for until then"
    riding.open_trip(**what, **who(world, "attendant"))


@pytest.mark.parametrize("model", [BusDriver, Attendant, Bus])
def test_what_is_gone_does_not_drive_and_is_an_alarm(world, model):
    what = acts.runs_today(world)
    model.objects.update(to_on=DAY)
    assert len(queries.alarms(who(world)["by"], MONDAY)[0]) == 1, "children wait at its stops: somebody is told"
    with pytest.raises(Refused, match="不能出车"):
        riding.open_trip(**what, **who(world))


def test_a_child_with_two_records_is_on_one_roll(world):
    acts.runs_today(world)
    twin = acts.another(world)
    BusSeat.objects.filter(rider=acts.rider(world)).update(rider=twin)
    type(world.register.wife).objects.filter(pk=twin.child_id).update(merged_into=world.register.child)
    line = acts.line(world)
    assert [one.rider_id for one in queries.seats_on(line, DAY, False)] == [twin.pk], "both records rode: the seat of the one that went is the child's"
    BusSeat.objects.create(rider=acts.rider(world), stop=line.stops.get(turn=2), from_on=acts.START)
    assert [one.rider_id for one in queries.seats_on(line, DAY, False)] == [acts.rider(world).pk]


@pytest.mark.parametrize("odd", ["07:05+08:00 桥头", "07:05 桥头 18:10Z", "0705Z 桥头\n07:10 河边"])
def test_a_time_with_a_zone_is_no_time_of_a_stop(world, odd):
    try:
        buses.write_stops(**acts.draft(world), stops=odd, **who(world))
    except Refused:
        return
    assert not [one for one in BusStop.objects.all() if one.at.tzinfo or (one.back_at and one.back_at.tzinfo)]


def test_rider_and_trip_are_as_they_were(world):
    """The negative control: without the roll nothing stands against the seat."""
    acts.runs_today(world)
    riders.seat_rider(rider_id=acts.rider(world).pk, stop=another_line(world), **who(world))
    assert not BusTrip.objects.exists() and Rider.objects.count() == 1
