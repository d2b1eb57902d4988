"""What is asked of trips: today's lines with their trips, the roll, which trip is an alarm, where the bus is."""

from datetime import time, timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.shortcuts import redirect
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.policy import school_bus as policy

from ..bus_states import OPEN_RIDES, RODE, RideState, TripState
from ..models import BusLine, BusSeat, BusTrip, Receiver, Ride, Rider
from ..riders.queries import grades_of
from ..year.bells import Year
from . import rules
from .rules import moment

MOST = 100


def lines_of(actor, day):
    """The lines in force on `day` whose trips are the actor's, with their stops; drafts that no plate bears are among them only where people drew them."""
    rows = BusLine.objects.filter(pk__in=rules.driven_lines(actor).values("pk")).on(day).exclude(filed_on=None, plan__isnull=False)
    return rows.select_related("bus__operator", "school__unit", "school__area", "driver", "attendant__user").prefetch_related("stops").order_by("bus__label", "name")


def due_on(lines, day):
    """Return {key of a line: (whether it brings pupils on that day, whether it takes them home)}: by the bells that its times serve.

    Four questions however many lines there are, and one for the stops that are not yet read.
    """
    schools = {one.school_id: one.school for one in lines}
    year = Year(list(schools.values()), day, day + timedelta(days=1))
    rings = {key: year.rings(school, day) for key, school in schools.items()}
    return {one.pk: tuple(any(serves(one, ring, day) for ring in rings[one.school_id] if ring.going == going_home) for going_home in (False, True)) for one in lines}


def serves(line, ring, day):
    """Tell whether a line's times fit a bell: it arrives, or leaves, not by hours before or after. Where none are written, it serves every one."""
    ends = ends_of(line, ring.going)
    if ends is None:
        return True
    bus = moment(day, ends[0] if ring.going else ends[1])
    return abs(bus - moment(day, ring.at)) <= timedelta(minutes=policy.in_force(day).fits_minutes)


def ends_of(line, going_home):
    """Return (when the first stop is due, when the last) of a line's trip, or None where its times are not written."""
    times = [one.back_at if going_home else one.at for one in line.stops.all()]
    times = [one for one in times if one is not None]
    return (min(times), max(times)) if times else None


def held(actor, day):
    """Return [(line, going home, trip or None)] of the trips that `day` should have, and those that were opened, by their hour."""
    lines = list(lines_of(actor, day))
    due, trips = due_on(lines, day), {(one.line_id, one.going_home): one for one in BusTrip.objects.filter(day=day, line__in=lines)}
    found = []
    for one in lines:
        for going_home in (False, True):
            trip = trips.get((one.pk, going_home))
            if trip or (due[one.pk][going_home] and ends_of(one, going_home)):
                found.append((one, going_home, trip))
    return sorted(found, key=lambda row: (row[1], (ends_of(row[0], row[1]) or (time.max,))[0], row[0].name))


def seats_on(line, day, going_home):
    """The seats of a line on a day in the order of calling: whose rider still rides, and lives; of two records of one child that both ride, one."""
    rows = BusSeat.objects.on(day).filter(stop__line=line, drafted=False, rider__child__died_on=None)
    kept = BusSeat.objects.on(day).filter(rider__in=_riding(day), rider__child=OuterRef("rider__child__merged_into"), drafted=False)
    rows = rows.filter(Q(rider__child__merged_into=None) | ~Exists(kept))
    rows = rows.filter(rider__in=_riding(day)).select_related("rider__child", "rider__school", "stop")
    return rows.order_by("-stop__turn" if going_home else "stop__turn", "rider__child__pinyin", "pk")


def elsewhere(line, day, going_home):
    """The children who rode in that direction on the day, or are awaited or aboard, on another line's roll."""
    return Ride.objects.filter(trip__day=day, trip__going_home=going_home, state__in=(*OPEN_RIDES, *RODE)).exclude(trip__line=line).values("rider__child")


def _riding(day):
    return Rider.objects.on(day).values("pk")


def roll_of(trip):
    """The roll of a trip in its order, with the adults who may receive each child on that day."""
    may = Receiver.objects.on(trip.day).exclude(confirmed_at=None).order_by("listed_at")
    return Ride.objects.filter(trip=trip).select_related("rider__child", "stop").prefetch_related(Prefetch("rider__receivers", may, to_attr="adults")).order_by("number")


def by_stop(rides):
    """Return [(stop, [ride])] in the order of the roll."""
    found = {}
    for one in rides:
        found.setdefault(one.stop_id, (one.stop, []))[1].append(one)
    return list(found.values())


def counts(trip):
    """Return {state: how many} of a trip."""
    return dict(trip.roll.order_by().values_list("state").annotate(n=Count("pk")))


def receivers(ride, _actor, day):
    """The adults who may receive a child today."""
    return Receiver.objects.on(day).filter(rider=ride.rider_id).exclude(confirmed_at=None)


def receivers_ever(ride, *_row):
    """Every adult ever listed for the child: what a call names again when it is repeated."""
    return Receiver.objects.filter(rider=ride.rider_id)


def receiver_words(adult):
    """How an adult is called in the choice."""
    return f"{adult.name}({adult.relation})"


def alarms(actor, at):
    """Return (trips that should have been opened by now: [(line, going home)], trips that nobody looked through: [trip])."""
    day = today(at)
    unopened = [(line, going_home) for line, going_home, trip in held(actor, day) if trip is None and rules.unopened(ends_of(line, going_home)[0], day, at)]
    rows = rules.visible_trips(actor).filter(state=TripState.OPEN, day__lte=day).select_related("line__bus").prefetch_related("line__stops").order_by("day", "pk")[:MOST]
    open_still = [one for one in rows if one.day < day or ((ends := ends_of(one.line, one.going_home)) and rules.left_open(ends[1], day, at))]
    return unopened, open_still


def alarmed(user, _day):
    """How many trips are an alarm now: what the desk says."""
    if not user.has_duty(*rules.HOLDS):
        return 0
    unopened, open_still = alarms(user, timezone.now())
    return len(unopened) + len(open_still)


def mine_soon(user, day):
    """The trips on the road, of today and tomorrow, that the actor rides herself: what her telephone takes along."""
    return BusTrip.objects.filter(rules.own(user, "attendant__"), state=TripState.OPEN, day__gte=day, day__lte=day + timedelta(days=1)).select_related("line__bus").order_by("day", "going_home", "pk")


def last_called(trip):
    """Return (stop, moment) of where the roll was called last: where the bus is known to have been; None before the first stop."""
    ride = Ride.objects.filter(trip=trip).exclude(marked_at=None).select_related("stop").order_by("-marked_at").first()
    return (ride.stop, ride.marked_at) if ride else None


def due_at(stop, trip):
    """Return when a trip is at a stop, what it said that it is late counted in, as a moment; None where no time is written."""
    clock = stop.back_at if trip.going_home else stop.at
    return rules.moment(trip.day, clock, trip.late) if clock else None


def past(line):
    """The trips of a line, the last first, with how many rode."""
    return line.trips.annotate(n_rode=Count("roll", filter=Q(roll__state__in=RODE)), n_aboard=Count("roll", filter=Q(roll__state=RideState.ABOARD)), n_all=Count("roll")).order_by("-day", "-going_home")


def law_of(line, seats):
    """Return (grades, how many) of the children of these seats, as the law asks."""
    riders = [one.rider for one in seats]
    return grades_of(riders), len(riders)


def to_roll(_request, _row, answer):
    """To the roll of the trip."""
    return redirect("schools:bus_trip", answer.pk if isinstance(answer, BusTrip) else answer.trip_id)
