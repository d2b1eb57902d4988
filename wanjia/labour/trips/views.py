"""One trip, and what is printed of it: the sheet of one coach (一车一方案), the list that hangs out, the slip of the hand-over."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from wanjia.doors.reading import page
from wanjia.kernel.calendar import today
from wanjia.kernel.privacy import mask_name

from ..departure_states import ON_BOARD, SeatState, TripState
from ..departures import rules
from ..departures.plans import moment
from ..departures.subjects import TRIPS
from ..duties import Duty
from ..models import Seat, Stop
from ..riding.queries import counts
from . import queries

PAPERS = {"sheet": _("一车一方案"), "list": _("乘车名单(张贴)"), "slip": _("抵达交接单")}


def _seats(request, trip):
    return rules.visible_seats(request.user).filter(trip=trip).order_by("pick_up__turn", "number")


@page("labour/trips/<uuid:trip_id>/", *rules.SEES, template="one", of=TRIPS, moves=True)
def trip(request, trip):
    """One trip: its stops, who sits in it (of my places, all for whoever goes along or arranges it), its papers and what is lacking."""
    dispatches = request.user.has_duty(Duty.DISPATCH)
    seats, whole = list(_seats(request, trip)), counts(trip)
    riders = sum(whole.get(one, 0) for one in ON_BOARD)
    return {
        "stops": list(Stop.objects.filter(trip=trip)), "seats": seats, "others": sum(whole.values()) - len(seats), "riders": riders, "states": [(SeatState(one).label, one, n) for one, n in whole.items()],
        "lacking": queries.lacking(trip) if dispatches and trip.state == TripState.PLANNED else [], "papers": PAPERS.items(), "drivers": list(trip.drivers.all()),
        "goes": rules.goes_along(request.user, trip), "moves": dispatches and trip.state == TripState.PLANNED and not trip.held,
    }  # fmt: skip


@page("labour/trips/<uuid:trip_id>/paper/<slug:kind>/", *rules.SEES, template="paper", of=TRIPS)
def trip_paper(request, trip, kind):
    """A sheet to print, A4. What hangs out or goes to the carrier names nobody whole."""
    if kind not in PAPERS:
        raise Http404
    rows = Seat.objects.filter(trip=trip, state__in=ON_BOARD).select_related("departure__worker__person", "pick_up", "drop").order_by("pick_up__turn", "number")
    riders = [{"seat": one, "name": mask_name(one.departure.worker.person.name), "firm": one.departure.employer_name} for one in rows]
    stops = list(Stop.objects.filter(trip=trip))
    at = {stop.pk: sum(one.pick_up_id == stop.pk or one.drop_id == stop.pk for one in rows) for stop in stops}
    return {"kind": kind, "words": PAPERS[kind], "riders": riders, "stops": [(stop, at[stop.pk]) for stop in stops], "drivers": list(trip.drivers.all()), "rests": _rests(trip)}


def _rests(trip):
    """Return [(moment, hours, minutes)] of where a trip stands still: a night's rest is read in hours."""
    day = today(trip.leave_at)
    return [(moment(day, start), *divmod((end - start) // 60, 60)) for start, end, what, _leg in trip.log if what == "rest"]
