"""What lists of departures and trips show."""

from django.db.models import Count, Q

from ..departure_states import ON_BOARD, Listed, TripState, Vehicle
from ..models import Departure, Seat, Stop, Trip
from . import rules
from .plans import standing_plan


def on_list(rows, *, state="", campaign=None):
    """Return the departures of `rows` that a list shows: of a drive, in a state; who must leave first stands first."""
    rows = rows.filter(state=state) if state in Listed.values else rows
    rows = rows.filter(campaign=campaign) if campaign else rows
    return rows.order_by("latest_on", "pk")


def seat_of(departure):
    """Return the seat of somebody on the list in the version that stands, the newest; or None."""
    rows = Seat.objects.filter(departure=departure, plan__in=rules.standing()).select_related("trip", "pick_up", "drop")
    return rows.order_by("-trip__leave_at").first()


def companions(departure):
    """Return who travels with somebody."""
    if departure.family is None:
        return []
    return list(Departure.objects.filter(family=departure.family).exclude(pk=departure.pk).select_related("worker__person"))


def days_of(rows):
    """Return [(day, how many coaches and trains leave)] of trips."""
    return list(rows.exclude(state=TripState.CANCELLED).order_by().values_list("leave_at__date").annotate(n=Count("pk")).order_by("leave_at__date"))


def sums_of(plan_id):
    """Return {"trips", "trains", "people", "seats", "cities": [(name, n)]} of a version."""
    trips = Trip.objects.filter(plan=plan_id).exclude(state=TripState.CANCELLED)
    people = Seat.objects.filter(plan=plan_id)
    cities = people.order_by().values_list("drop__name").annotate(n=Count("pk")).order_by("-n", "drop__name")[:12]
    trains = trips.filter(kind=Vehicle.TRAIN).count()
    return {"trips": trips.count() - trains, "trains": trains, "people": people.count(), "seats": sum(trips.values_list("seats", flat=True)), "cities": list(cities)}


def counted(rows):
    """Annotate trips with `riders`: how many sit in them."""
    return rows.annotate(riders=Count("seats_of", filter=Q(seats_of__state__in=ON_BOARD)))


def with_calls(trips):
    """Return [(trip, names of its pick-ups, names of its drops)] of a page of trips: one question more."""
    found = {trip.pk: ([], []) for trip in trips}
    for stop in Stop.objects.filter(trip__in=list(found)).order_by("trip", "turn"):
        found[stop.trip_id][stop.drop].append(stop.name)
    return [(trip, *found[trip.pk]) for trip in trips]


def unplaced(campaign):
    """Return how many of a drive wait on the list without a seat in the version that stands."""
    plan = standing_plan(campaign.pk)
    seated = Seat.objects.filter(plan=plan, state__in=ON_BOARD).values("departure") if plan else []
    rows = Departure.objects.filter(campaign=campaign, state=Listed.LISTED)
    return rows.exclude(pk__in=seated).count() if plan else rows.count()
