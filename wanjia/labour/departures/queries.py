"""What lists of departures and trips show."""

from django.db.models import Case, Count, Q, When

from ..departure_states import ON_BOARD, Listed, SeatState, TripState, Vehicle
from ..models import Departure, Seat, Stop, Trip
from . import rules


def on_list(rows, *, state="", campaign=None):
    """Return the departures of `rows` that a list shows: of a drive, in a state; who must leave first stands first."""
    rows = rows.filter(state=state) if state in Listed.values else rows
    rows = rows.filter(campaign=campaign) if campaign else rows
    return rows.order_by("latest_on", "pk")


def seat_of(departure):
    """Return the seat of somebody on the list in the version that stands, one that he has before one that he gave up, the newest; or None."""
    rows = Seat.objects.filter(departure=departure, plan__in=rules.standing()).select_related("trip", "pick_up", "drop")
    return rows.order_by(Case(When(state__in=ON_BOARD, then=0), default=1), "-trip__leave_at").first()


def companions(departure):
    """Return who travels with somebody."""
    if departure.family is None:
        return []
    return list(Departure.objects.filter(family=departure.family).exclude(pk=departure.pk).select_related("worker__person"))


def days_of(rows):
    """Return [(day, how many coaches and trains leave)] of trips."""
    return list(rows.exclude(state=TripState.CANCELLED).order_by().values_list("leave_at__date").annotate(n=Count("pk")).order_by("leave_at__date"))


def sums_of(plan_id):
    """Return {"trips": coaches, "sizes": [(seats, how many of them)], "lines", "by_line": who takes one, "trains", "people", "seats", "cities": [(name, n)]} of a version."""
    trips = Trip.objects.filter(plan=plan_id).exclude(state=TripState.CANCELLED)
    people = Seat.objects.filter(plan=plan_id).exclude(state=SeatState.CANCELLED)  # as their trips: who gave his seat up is carried by nobody
    cities = people.order_by().values_list("drop__name").annotate(n=Count("pk")).order_by("-n", "drop__name")[:12]
    kinds = dict(trips.order_by().values_list("kind").annotate(n=Count("pk")))
    sizes = trips.filter(kind=Vehicle.COACH).order_by().values_list("seats").annotate(n=Count("pk")).order_by("-seats")
    alone = people.filter(trip__kind=Vehicle.LINE).count()
    return {"trips": kinds.get(Vehicle.COACH, 0), "sizes": list(sizes), "lines": kinds.get(Vehicle.LINE, 0), "by_line": alone, "trains": kinds.get(Vehicle.TRAIN, 0), "people": people.count(), "seats": sum(trips.values_list("seats", flat=True)), "cities": list(cities)}


def counted(rows):
    """Annotate trips with `riders`: how many sit in them."""
    return rows.annotate(riders=Count("seats_of", filter=Q(seats_of__state__in=ON_BOARD)))


def with_calls(trips):
    """Return [(trip, names of its pick-ups, names of its drops)] of a page of trips: one question more."""
    found = {trip.pk: ([], []) for trip in trips}
    for stop in Stop.objects.filter(trip__in=list(found)).order_by("trip", "turn"):
        found[stop.trip_id][stop.drop].append(stop.name)
    return [(trip, *found[trip.pk]) for trip in trips]


def without_drive(rows):
    """Return how many of `rows` wait while no drive runs that would carry them."""
    return rows.filter(campaign=None, state=Listed.LISTED).count()
