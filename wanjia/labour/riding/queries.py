"""What is asked on the day: whose roll, who is aboard, who did not come, which drops are not handed over, which follow-ups are due."""

from datetime import timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from wanjia.kernel.calendar import day_start

from ..departure_states import OFF, ON_BOARD, SeatState, TripState
from ..departures.rules import standing, visible_follow_ups, visible_seats
from ..duties import Duty
from ..models import Seat, Stop, Trip
from ..states import Place

KEEPS = (Duty.KEEP_LABOUR, Duty.DISPATCH)
MOST = 100


def drops_open(trip, _actor, _day):
    """Return the drops of a trip where somebody is to get off and nobody signed yet."""
    riding = Seat.objects.filter(trip=trip, state=SeatState.ABOARD).values("drop")
    return Stop.objects.filter(trip=trip, drop=True, arrived_at=None, pk__in=riding)


def drops_of(trip, _actor, _day):
    """Return every drop of a trip: what a call names again when it is repeated."""
    return Stop.objects.filter(trip=trip, drop=True)


def rode(trip, _actor, _day):
    """Return everybody who had a seat on it, for the same."""
    return Seat.objects.filter(trip=trip)


def aboard(trip, _actor, _day):
    """Return who is aboard."""
    return Seat.objects.filter(trip=trip, state=SeatState.ABOARD).select_related("departure__worker__person", "drop").order_by("drop__turn", "number")


def seat_words(seat):
    """Return how somebody aboard is called in the choice."""
    return _("%(n)s 号 %(name)s → %(stop)s") % {"n": seat.number, "name": seat.departure.worker.person.shown_name, "stop": seat.drop.name}


def places(_row, _actor, _day):
    """Return the classes of places of work."""
    return [one for one in Place.choices if one[0] != Place.NONE]


def whole_roll(trip):
    """Return the seats of a trip with everything that its roll shows."""
    return Seat.objects.filter(trip=trip, state__in=ON_BOARD).select_related("departure__worker__person", "pick_up", "drop", "village").order_by("pick_up__turn", "number")


def by_stop(seats):
    """Return [(stop, [seat])] of seats in the order of calling."""
    found = {}
    for seat in seats:
        found.setdefault(seat.pick_up_id, (seat.pick_up, []))[1].append(seat)
    return sorted(found.values(), key=lambda pair: pair[0].turn)


def on_my_phone(user, day):
    """Return the trips whose roll somebody calls today or tomorrow: he goes along, and they are released or on their way."""
    rows = Trip.objects.filter(cadre=user.pk, plan__in=standing(), state__in=(TripState.RELEASED, TripState.LEFT))
    return rows.filter(Q(state=TripState.LEFT) | Q(leave_at__lt=day_start(day + timedelta(days=2)))).order_by("leave_at", "number")


def rides_along(actor, day):
    """Return on how many trips the actor goes along whose roll waits for him: of today, of tomorrow, and on their way."""
    return on_my_phone(actor, day).order_by()[:MOST].count() if actor.has_duty(*KEEPS) else 0


def not_come(actor):
    """Return the seats of those who did not come and were not called yet, of trips that left or are about to, the latest day first."""
    rows = visible_seats(actor, duty=KEEPS).filter(state__in=OFF, called="", plan__in=standing(), trip__state__in=(TripState.RELEASED, TripState.LEFT, TripState.HANDED))
    return rows.order_by("trip__leave_at", "trip__number", "number")


def due(actor, day, *, until=0):
    """Return the follow-ups of the actor's reach that are due in so many days, and not done: his own first, then the oldest promise."""
    rows = visible_follow_ups(actor).filter(done_on=None, due_on__lte=day + timedelta(days=until))
    return rows.order_by("due_on", "village_id", "pk")


def queue(actor, day):
    """Return {name of the place: how many wait}: whom to call today, whom to ask how it goes."""
    if not actor.has_duty(*KEEPS):
        return {}
    waiting = {"labour:absent": not_come(actor).order_by()[:MOST].count()}
    if actor.has_duty(Duty.KEEP_LABOUR):
        waiting["labour:follow_ups"] = due(actor, day).order_by()[:MOST].count()
    return {name: None if n == MOST else n for name, n in waiting.items()}


def counts(trip):
    """Return {state: how many} of a trip's seats."""
    return dict(Seat.objects.filter(trip=trip).order_by().values_list("state").annotate(n=Count("pk")))
