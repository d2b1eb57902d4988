"""Where the acts of the day lead, and what their pages show besides."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wanjia.doors.guard import next_of

from ..departure_states import Called
from ..departures.rules import can_change
from . import queries


def to_roll(request, seat, _answer):
    """To where the caller came from, else to the roll of the trip."""
    return redirect(next_of(request) or "labour:roll", *(() if next_of(request) else (seat.trip_id,)))


def to_absent(request, _seat, answer):
    """To the list of those who did not come; of whoever goes on another day first to his days, where those that stand are over: with them no version plans him."""
    departure = answer.departure
    if answer.called == Called.LATER and departure.latest_on <= request.day and can_change(request.user, departure):
        return redirect(f"{reverse('labour:departure_days', args=[departure.pk])}?next={reverse('labour:absent')}")
    return redirect(next_of(request) or "labour:absent")


def to_follow_ups(request, _one, _answer):
    """To the list of follow-ups."""
    return redirect(next_of(request) or "labour:follow_ups")


def now(request, _trip):
    """The form begins with the moment of the page."""
    return {"initial": {"arrived_at": timezone.localtime(request.at).replace(second=0, microsecond=0)}}


def drops(_request, trip):
    """Who gets off where."""
    found = {}
    for seat in queries.aboard(trip, None, None):
        found.setdefault(seat.drop_id, (seat.drop, []))[1].append(seat)
    return {"drops": sorted(found.values(), key=lambda pair: pair[0].turn)}


def roster(_request, trip):
    """Who rides, in the order of calling; shown once it was opened."""
    return {"stops": queries.by_stop(queries.whole_roll(trip))}
