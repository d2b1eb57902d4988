"""Pages of a morning: today's trips with their alarms, one line with its law, the roll on a telephone with a line or without one, the paper roll."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wanjia.doors.asking import form_of
from wanjia.doors.guard import act, say, taken_along
from wanjia.doors.listing import block_of
from wanjia.doors.pages import row_or_404
from wanjia.doors.reading import page

from ..bus_states import RODE, RideState, TripState
from ..buses import queries as buses
from ..buses import rules as kept
from ..buses.subjects import LINES
from ..duties import Duty
from . import bells, late, queries, rules
from .commands import close_trip, hand_ride, mark_ride, read_roll, unload_trip
from .subjects import RIDES, TRIPS

SHOWN = 10  # rows of a block beside the list
ANSWERS = ((RideState.ABOARD, _("上车"), "primary"), (RideState.EXCUSED, _("今天不坐"), "quiet"), (RideState.MISSING, _("没来"), "quiet"))


@page("schools/bus-day/", *rules.HOLDS, template="day")
def bus_day(request):
    """Today's trips, mine or those of my schools: which is open, which should be; who was left in the evening's doubt; bells that no line serves."""
    unopened, open_still = queries.alarms(request.user, request.at)
    late = {(line.pk, going_home) for line, going_home in unopened}
    rows = [(line, going_home, trip, queries.ends_of(line, going_home), (line.pk, going_home) in late) for line, going_home, trip in queries.held(request.user, request.day)]
    return {"rows": rows, "open_still": open_still, "unserved": bells.open_now(request.user, request.at), "draws": request.user.has_duty(Duty.KEEP_BUSES)}


@page("schools/lines/<uuid:bus_line_id>/", *kept.SEES, of=LINES, moves=True, fresh=True)
def bus_line(request, line):
    """One line: its stops with how many get on, what the law says against it today, its last trips. No child is named."""
    seats = list(queries.seats_on(line, request.day, False))
    n_at = {}
    for seat in seats:
        n_at[seat.stop_id] = n_at.get(seat.stop_id, 0) + 1
    past = block_of(request, queries.past(line), SHOWN, word="past")
    mine = rules.visible_trips(request.user).filter(pk__in=[one.pk for one in past]) if request.user.has_duty(*rules.HOLDS) else ()
    return {
        "stops": [(stop, n_at.get(stop.pk, 0)) for stop in line.stops.all()], "n": len(seats), "forbidden": buses.forbids(line, *queries.law_of(line, seats), request.day),
        "past": past, "rolls": {one.pk for one in mine}, "doors": request.user.has_duty(Duty.KEEP_RIDERS, Duty.KEEP_BUSES, Duty.RIDE_BUS),
        "sees_all": request.user.has_duty(Duty.SEE_BUSES),
    }  # fmt: skip


@page("schools/bus-trips/<uuid:bus_trip_id>/", *rules.HOLDS, of=TRIPS, moves=True, fresh=True)
def bus_trip(request, trip):
    """The roll of a trip, stop by stop: names large, three answers each, handed to which adult, the count, the look through the bus.

    Names are journalled before the page is sent. What lies on a telephone bears numbers and initials alone, and every button that may be needed before the line is back.
    """
    form = _answered(request, trip) if request.method == "POST" else None
    if form is not None and not form.errors:
        return redirect(request.get_full_path())
    carried = taken_along(request)
    roll = list(queries.roll_of(trip)) if carried else read_roll(bus_trip_id=trip.pk, by=request.user, at=request.at)
    counts = queries.counts(trip)
    for row in roll:
        row.calls, row.hands = row.state not in RODE, trip.going_home and (row.state == RideState.ABOARD or (carried and row.state not in RODE))
    aboard = counts.get(RideState.ABOARD, 0)
    worst, minutes, inherits = late.why(trip)
    return {
        "stops": [(stop, queries.due_at(stop, trip), rows) for stop, rows in queries.by_stop(roll)], "form": form, "here": request.path, "carried": carried, "all": len(roll),
        "aboard": aboard, "expected": counts.get(RideState.EXPECTED, 0), "missing": counts.get(RideState.MISSING, 0), "off": sum(counts.get(one, 0) for one in RODE),
        "answers": [(one.value, words, tone) for one, words, tone in ANSWERS], "running": trip.state == TripState.OPEN, "unloads": carried or aboard > 0, "closes": carried or bool(rules.can_close(request.user, trip, request.at)),
        "worst": worst, "minutes": minutes, "inherits": inherits,
    }  # fmt: skip


def _answered(request, trip):
    """Do what was answered on the roll: of one child, or of the whole bus; return its form, with the refusal on it where it was refused."""
    if "ride_id" in request.POST:
        row, does = _ride(request, trip), hand_ride if "receiver" in request.POST else mark_ride
    else:
        row, does = trip, close_trip if "looked" in request.POST or "closing" in request.POST else unload_trip
    form = form_of(does.act)(request.POST, row=row, actor=request.user, day=request.day)
    form.about = row.rider.child.shown_name if row is not trip else trip.line.name
    if form.is_valid() and act(request, form, does, **{does.act.subject.keyword: row.pk}):
        say(request, does.act.done)
    return form


def _ride(request, trip):
    try:
        asked = UUID(request.POST.get("ride_id", ""))
    except ValueError:
        raise Http404 from None
    return row_or_404(RIDES, request.user, asked, duty=rules.HOLDS, trip=trip)


@page("schools/bus-trips/<uuid:bus_trip_id>/sheet/", *rules.HOLDS, of=TRIPS, fresh=True, name="bus_trip_sheet", template="sheet")
def bus_trip_sheet(request, trip):
    """The paper roll with names and listed adults: to be carried in the bus, ticked by hand where the telephone is dead, typed afterwards."""
    roll = read_roll(bus_trip_id=trip.pk, by=request.user, at=request.at)
    return {"stops": [(stop, queries.due_at(stop, trip), rows) for stop, rows in queries.by_stop(roll)], "all": len(roll)}
