"""The roll on a telephone, with a line or without one; whom to call who did not come; whom to ask how it goes."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import redirect

from wanjia.doors.asking import form_of
from wanjia.doors.guard import act, say
from wanjia.doors.listing import page_of
from wanjia.doors.pages import row_or_404
from wanjia.doors.reading import page

from ..departure_states import Called, Followed, SeatState, TripState
from ..departures import rules
from ..departures.subjects import SEATS, TRIPS
from ..duties import Duty
from ..workers.queries import numbers
from . import queries
from .commands import mark_seat

MARKED = ((SeatState.ABOARD, "primary"), (SeatState.ABSENT, "quiet"), (SeatState.CANCELLED, "quiet"))


@page("labour/trips/<uuid:trip_id>/roll/", *queries.KEEPS, template="roll", of=TRIPS)
def roll(request, trip):
    """The roll of a trip, stop by stop: three big answers each; what is answered comes back to the roll."""
    form = _answered(request, trip) if request.method == "POST" else None
    if form is not None and not form.errors:
        return redirect(request.get_full_path())
    seats = rules.visible_seats(request.user, duty=queries.KEEPS).filter(trip=trip).order_by("pick_up__turn", "number")
    whole = queries.counts(trip)
    return {
        "stops": queries.by_stop(seats), "form": form, "here": request.path, "whole": whole, "open": whole.get(SeatState.BOOKED, 0), "aboard": whole.get(SeatState.ABOARD, 0),
        "all": sum(whole.values()), "answers": [(one.value, one.label, tone) for one, tone in MARKED], "calls": trip.state == TripState.RELEASED,
        "leaves": bool(rules.can_leave(request.user, trip)),
    }  # fmt: skip


def _answered(request, trip):
    """Do what was answered of one seat; return its form, with the refusal on it where it was refused."""
    try:
        asked = UUID(request.POST.get("seat_id", ""))
    except ValueError:
        raise Http404 from None
    seat = row_or_404(SEATS, request.user, asked, duty=queries.KEEPS, trip=trip)
    form = form_of(mark_seat.act)(request.POST, row=seat, actor=request.user, day=request.day)
    form.about = seat
    if form.is_valid() and act(request, form, mark_seat, seat_id=seat.pk):
        say(request, mark_seat.act.done)
    return form


def _with_numbers(request, page, departure_of):
    """Give each row of a page of people to call the telephone of its labourer, masked; "" where it is not the reader's to see."""
    page.object_list = list(page.object_list)
    shown = numbers(request.user, [departure_of(row).worker for row in page.object_list])
    for row in page.object_list:
        row.number = shown.get(departure_of(row).worker_id, "")
    return page


@page("labour/absent/", *queries.KEEPS, template="absent")
def absent(request):
    """Who did not come and was not called yet: called the same day."""
    return {"page": _with_numbers(request, page_of(request, queries.not_come(request.user)), lambda seat: seat.departure), "called": Called.choices}


@page("labour/followups/", Duty.KEEP_LABOUR, template="follow_ups")
def follow_ups(request):
    """Whom to ask how it goes, the oldest promise first; what is due within a week stands below."""
    soon = request.GET.get("soon") == "1"
    found = _with_numbers(request, page_of(request, queries.due(request.user, request.day, until=7 if soon else 0)), lambda one: one.seat.departure)
    return {"page": found, "soon": soon, "day": request.day, "results": Followed.choices}
