"""Escort buses as figures count them: children who asked for a seat and their homes, rides on the rolls, trips, vehicles, months.

Sums (seats, the longest ride in minutes, the subsidy in yuan) are no rows: `fares.queries.totals` says them by operator.
"""

from datetime import timedelta
from pathlib import Path

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When

from wanjia.policy import school_bus
from wanjia.registry.models import Membership
from wanjia.reporting.figures.dated import counted, facts, holds
from wanjia.reporting.figures.population import Population

from ..bus_states import RODE, SettlementState, TripState
from ..buses.rules import visible_buses, visible_lines
from ..fares.rules import visible_settlements
from ..models import Bus, BusSeat, BusTrip, Ride, Rider, Settlement
from ..riders.rules import knows_riders, visible_riders

HERE = Path(__file__).parent


def riders_on(rows, day, today):
    """Return the children who were on the list on `day` (None: now, which is on `today`): whether each has a seat, whether it stands for its home, whether all of its home have one.

    The first rider of a home stands for it, so that brothers and sisters at several schools are one home; who is in no home of the register is a home by itself.
    """
    day = day or today
    homes = Membership.objects.on(day).filter(person=OuterRef(OuterRef(OuterRef("child")))).values("household")
    at_home = Membership.objects.on(day).filter(household__in=homes).values("person")
    others = Rider.objects.on(day).filter(child__in=at_home).exclude(pk=OuterRef("pk"))
    seat = BusSeat.objects.on(day).filter(rider=OuterRef("pk"), drafted=False)
    unseated = others.filter(~Exists(seat))
    return rows.on(day).annotate(f_seated=Exists(seat), f_first=~Exists(others.filter(pk__lt=OuterRef("pk"))), f_served=Exists(seat) & ~Exists(unseated))


def rides_on(rows, day, today):
    """Return the seats on rolls of the year up to `day`: whether the child rode, and whether longer than a ride may last."""
    last = day or today
    most = timedelta(minutes=school_bus.in_force(last).max_ride_minutes)
    rode = Q(state__in=RODE)
    return rows.filter(trip__day__year=last.year, trip__day__lte=last).annotate(f_rode=holds(rode), f_long=holds(rode & Q(left_at__gt=F("boarded_at") + Value(most))))


def trips_on(rows, day, today):
    """Return the trips of the year up to `day`: whether each was looked through, whether it said that it was late."""
    last = day or today
    return rows.filter(day__year=last.year, day__lte=last).annotate(f_through=holds(Q(state=TripState.CLOSED, ended_at__date__lte=last)), f_late=holds(Q(late__gt=0)))


def buses_on(rows, day, today):
    """Return the vehicles in use on `day`, with the kind of service of each."""
    return rows.on(day or today).annotate(f_kind=F("kind"))


def months_on(rows, day, today):
    """Return the months of the year that were drawn up by `day`, with whether another person had signed by then."""
    last = day or today
    stands = Case(When(signed_at__date__lte=last, then=Value(SettlementState.SIGNED)), default=Value(SettlementState.DRAWN), output_field=CharField())
    return rows.filter(month__startswith=f"{last:%Y-}", drawn_at__date__lte=last).annotate(f_stands=stands)


def _own_rides(actor):
    return Ride.objects.filter(rider__in=visible_riders(actor))


def _own_trips(actor):
    return BusTrip.objects.filter(line__in=visible_lines(actor))


RIDERS = Population(
    "riders", HERE / "riders.toml", Rider, counted(Rider, visible_riders, "school__area_id"), "school__area_id", few=("seated", "first", "served"), facts=facts("seated", "first", "served"),
    as_of=riders_on, whom="child", circle=knows_riders,
)  # fmt: skip
RIDES = Population(
    "bus_rides", HERE / "bus_rides.toml", Ride, counted(Ride, _own_rides, "rider__school__area_id"), "rider__school__area_id", few=("rode", "long"), facts=facts("rode", "long"),
    as_of=rides_on, whom="rider__child", circle=knows_riders,
)  # fmt: skip
TRIPS = Population(
    "bus_trips", HERE / "bus_trips.toml", BusTrip, counted(BusTrip, _own_trips, "line__school__area_id"), "line__school__area_id", few=("through", "late"), facts=facts("through", "late"),
    as_of=trips_on,
)  # fmt: skip
BUSES = Population("buses", HERE / "buses.toml", Bus, counted(Bus, visible_buses, "operator__area_id"), "operator__area_id", few=("kind",), facts=facts("kind"), as_of=buses_on)
MONTHS = Population(
    "bus_months", HERE / "bus_months.toml", Settlement, counted(Settlement, visible_settlements, "operator__area_id"), "operator__area_id", few=("stands",), facts=facts("stands"), as_of=months_on,
)  # fmt: skip
