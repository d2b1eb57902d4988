"""Why a bus is late, from its roll: the leg that moved, what each stop could still slip before the bell, which later trip of the bus inherits it. Pure but for its rows."""

from dataclasses import dataclass

from django.utils import timezone

from ..models import BusLine, Ride
from . import queries, rules


@dataclass(frozen=True)
class Late:
    """One stop of a trip. due, came: when it was to be and when the roll was first called there; minutes: late there; grew: of these, how many on the leg to it."""

    stop: object
    due: object
    came: object
    minutes: int
    grew: int


def legs(trip):
    """Return [Late] of the stops where the roll was called, in the order of the trip. A mark that was sent later than it was made looks later than it was."""
    first = {}
    for ride in Ride.objects.filter(trip=trip).exclude(boarded_at=None).select_related("stop").order_by("boarded_at"):
        first.setdefault(ride.stop_id, (ride.stop, ride.boarded_at))
    found, before = [], 0
    for stop, came in sorted(first.values(), key=lambda pair: pair[0].turn, reverse=trip.going_home):
        clock = stop.back_at if trip.going_home else stop.at
        if clock is None:
            continue
        due = rules.moment(trip.day, clock)
        minutes = max(0, int((timezone.localtime(came) - timezone.localtime(due)).total_seconds() // 60))
        found.append(Late(stop, due, came, minutes, minutes - before))
        before = minutes
    return found


def why(trip):
    """Return (the stop on whose leg most was lost, or None; minutes late at the last stop called; [line] of the bus that begin before it can be back)."""
    found = legs(trip)
    worst = max(found, key=lambda one: one.grew, default=None)
    late = max(trip.late, found[-1].minutes if found else 0)
    return (worst if worst and worst.grew > 0 else None), late, _inherit(trip, late)


def _inherit(trip, late):
    mine = queries.ends_of(trip.line, trip.going_home)
    if not late or not mine:
        return []
    free, found = rules.moment(trip.day, mine[1], late), []
    for line in BusLine.objects.filter(bus=trip.bus_id).on(trip.day).exclude(pk=trip.line_id).exclude(filed_on=None).prefetch_related("stops"):
        ends = queries.ends_of(line, trip.going_home)
        if ends and ends[0] > mine[1] and rules.moment(trip.day, ends[0]) < free:
            found.append(line)
    return found
