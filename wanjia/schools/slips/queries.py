"""What a code opens: where the child's bus is today. No name, no place of anybody else."""

from ..bus_states import RODE
from ..models import BusSeat, BusSlip, BusSlipMiss, Ride
from ..riding.queries import due_at, due_on, last_called

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no letter or digit that two people read differently
LENGTH = 8


def canonical(code):
    """Return the code as it is kept: upper case, without blanks and dashes."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


def rider_of(code):
    """Return the rider whose live slip bears a code, or None; nobody's who rides no longer."""
    field = BusSlip._meta.get_field("code_index")
    found = BusSlip.objects.filter(code_index__in=field.look_for(canonical(code)), ended_at=None, rider__to_on=None)
    slip = found.select_related("rider__school__unit").first()
    return slip and slip.rider


def seat_of(rider, day):
    """Return the seat of a day, or None."""
    return BusSeat.objects.on(day).filter(rider=rider, drafted=False).select_related("stop__line__bus", "stop__line__school__unit", "stop__line__school__area").first()


def drives(seat, day):
    """Tell whether the line of a seat drives on a day at all: on a Saturday nobody waits for it."""
    return any(due_on([seat.stop.line], day)[seat.stop.line_id])


def today_of(rider, day):
    """Return [(ride, due at its stop, where the bus was last known to be, whether the child is off)] of a day's trips, the morning first."""
    rows = Ride.objects.filter(rider=rider, trip__day=day).select_related("trip__line", "trip__bus", "trip__line__school__unit", "stop", "receiver").order_by("trip__going_home")
    found = []
    for one in rows:
        called = last_called(one.trip)
        due = due_at(one.stop, one.trip)
        # Another home's stop names a door: a parent hears how many stops ago the bus was, not where.
        away = one.stop.turn - called[0].turn if called else None
        found.append((one, due, called and called[1], away if away is None or not one.trip.going_home else -away, one.state in RODE))
    return found


def old_misses(before):
    """Return the codes that somebody mistyped long ago."""
    return BusSlipMiss.objects.filter(at__lt=before)
