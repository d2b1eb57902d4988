"""What figures say of the buses: children, homes, rides, trips, vehicles, months; each number is its rows, and a small one is told to nobody outside the circle."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Area, User
from wanjia.registry.models import Household, Membership, Person
from wanjia.reporting.figures.queries import figures
from wanjia.schools.figures import buses as counted
from wanjia.schools.models import Bus, BusSeat, BusTrip, Receiver, Ride, Rider, Settlement
from wanjia.schools.riders.rules import knows_riders

from . import acts_buses as acts
from .factories import school

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 20)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world():
    found = World()
    acts.line(found)
    return found


def rider(world, n, home=None):
    child = Person.objects.create(name=f"学生{n}", birth_on=date(2016, 1, 1), schooling="primary", village=world.datong, registered_at=MONDAY)
    if home:
        Membership.objects.create(person=child, household=home, relation="子女", from_on=acts.START)
    return Rider.objects.create(child=child, school=school(world), area=world.datong, asked_by="某", recorded_at=MONDAY, from_on=acts.START)


def seat(world, one, **more):
    return BusSeat.objects.create(rider=one, stop=acts.line(world).stops.first(), from_on=acts.START, **more)


def found(of, day=DAY):
    return {row["id"]: row["n"] for row in figures(of.rows.objects.all(), day, day)}


def test_a_home_is_served_when_all_of_its_children_sit(world):
    home = Household.objects.create(number="530625-7-1", village=world.datong, registered_at=MONDAY)
    elder, younger, alone = rider(world, 1, home), rider(world, 2, home), rider(world, 3)
    seat(world, elder)
    seat(world, alone)
    seat(world, younger, drafted=True)
    assert found(counted.RIDERS) == {"riders.all": 3, "riders.seated": 2, "riders.homes": 2, "riders.homes_served": 1}, "a drafted seat carries nobody"
    seat(world, younger)
    assert found(counted.RIDERS) == {"riders.all": 3, "riders.seated": 3, "riders.homes": 2, "riders.homes_served": 2}
    Membership.objects.update(to_on=DAY)
    assert found(counted.RIDERS)["riders.homes"] == 3, "the negative control: in no home each is a home"
    assert found(counted.RIDERS, DAY - timedelta(days=1))["riders.homes"] == 2, "the day before they were one"
    Rider.objects.filter(pk=alone.pk).update(to_on=DAY)
    assert found(counted.RIDERS)["riders.all"] == 2


def test_rides_trips_and_months_are_those_of_the_year(world):
    line, who = acts.line(world), rider(world, 1)
    uncle = Receiver.objects.create(rider=who, name="某", relation="叔叔", from_on=acts.START, listed_at=MONDAY)
    facts = {"line": line, "bus": line.bus, "driver": line.driver, "attendant": line.attendant, "opened_at": MONDAY}
    for n, minutes in enumerate((20, 75, 76)):
        trip = BusTrip.objects.create(day=DAY - timedelta(days=n), going_home=True, late=5 * n, **facts)
        Ride.objects.create(trip=trip, rider=who, stop=line.stops.first(), number=1)
        Ride.objects.filter(trip=trip).update(state="ride_aboard", boarded_at=MONDAY)
        Ride.objects.filter(trip=trip).update(state="ride_handed", left_at=MONDAY + timedelta(minutes=minutes), receiver=uncle)
    Ride.objects.create(trip=BusTrip.objects.create(day=DAY, **facts), rider=who, stop=line.stops.first(), number=1)
    BusTrip.objects.filter(going_home=True).update(state="bus_looked_through", ended_at=MONDAY - timedelta(days=30))
    assert found(counted.RIDES) == {"bus_rides.called": 4, "bus_rides.ridden": 3, "bus_rides.long": 1}, "the minute that the rule gives is not too long"
    assert found(counted.TRIPS) == {"bus_trips.driven": 4, "bus_trips.looked_through": 3, "bus_trips.late": 2}
    assert found(counted.TRIPS, DAY - timedelta(days=1))["bus_trips.driven"] == 2
    assert set(found(counted.RIDES, date(2027, 1, 4)).values()) == {0}, "another year begins at nought"


def test_vehicles_and_months(world):
    bus = acts.line(world).bus
    Bus.objects.create(operator=bus.operator, label="9号车", plate="云C90909", kind="village_coach", seats=19, from_on=DAY + timedelta(days=1))
    before, after = found(counted.BUSES), found(counted.BUSES, DAY + timedelta(days=1))
    assert after["buses.all"] == before["buses.all"] + 1 and after["buses.permitted"] == before["buses.permitted"]
    Settlement.objects.create(operator=bus.operator, month="2026-10", rides=1, full=500, home=250, subsidy=250, drawn_at=MONDAY)
    drawn = MONDAY.date()
    assert found(counted.MONTHS, drawn) == {"bus_months.drawn": 1, "bus_months.signed": 0}
    Settlement.objects.update(state="month_signed", signed_at=MONDAY + timedelta(days=2))
    assert found(counted.MONTHS, drawn)["bus_months.signed"] == 0 and found(counted.MONTHS, drawn + timedelta(days=2))["bus_months.signed"] == 1
    assert found(counted.MONTHS, drawn - timedelta(days=1)) == {"bus_months.drawn": 0, "bus_months.signed": 0}


def test_who_may_open_every_rider_of_a_county(world):
    """The officer of the county's schools alone; a headmaster opens his own school, whoever sees buses no child."""
    county = Area.objects.get(pk=world.county.pk)
    assert knows_riders(world.schools, county)
    assert not any(knows_riders(one, county) for one in (world.headmaster, world.leader, world.auditor, world.attendant))


def test_what_an_actor_opens_is_what_the_lists_show(world):
    one = rider(world, 1)
    for of in (counted.RIDERS, counted.RIDES):
        assert not of.visible(world.stranger).exists()
    assert set(counted.RIDERS.visible(world.schools)) == {one} and not counted.RIDERS.visible(world.leader).exists()


def test_a_number_opens_its_rows(world, client):
    """On the list of riders each number is a link to the children behind it, by initials."""
    seated, unseated = rider(world, 1), rider(world, 2)
    seat(world, seated)
    client.force_login(User.objects.get(pk=world.schools.pk), backend=BACKEND)
    page = client.get(reverse("schools:riders"), {"figure": "riders.seated"})
    assert [one.pk for one in page.context["page"]] == [seated.pk] and {row["id"]: row["n"] for row in page.context["figures"]}["riders.all"] == 2
    assert {one.pk for one in client.get(reverse("schools:riders"), {"figure": "no.such"}).context["page"]} == {seated.pk, unseated.pk}
    assert client.get(reverse("schools:settlements"), {"figure": "bus_months.signed"}).status_code == 200
