"""Free the seats of whoever does not ride. No act: it is part of those by which somebody goes no more, in rooms that know nothing of coaches."""

from wanjia.kernel import journal
from wanjia.solving.models import Standing
from wanjia.solving.standing.holding import hold_standing

from ..departure_states import SEAT, Listed, SeatState
from ..models import Departure, Seat


def free_seats(departures, why, *, by, at):
    """Free the seats that these departures (a query) have on trips that stand, with the reason; whoever is aboard already is the roll's to say.

    The versions of their drives are held first: one that is being put in force is either through, and its seats are freed, or is judged afterwards.
    """
    listed = departures.filter(state=Listed.LISTED)
    drives = [str(one) for one in listed.exclude(campaign=None).order_by().values_list("campaign", flat=True).distinct()]
    for plan in Standing.objects.filter(about__in=drives).order_by("pk").values_list("plan", flat=True):
        hold_standing(plan)
    for seat in Seat.objects.filter(departure__in=listed.values("pk"), state=SeatState.BOOKED, plan__in=Standing.objects.values("plan")).order_by("pk"):
        seat.marked_at, seat.marked_by_id = at, by.id
        journal.move(seat, SEAT, "call_off", by=by, at=at, saving=["marked_at", "marked_by_id"], reason=why, area_code=seat.village_id)


def free_seats_of(worker, why, *, by, at):
    """Free the seat of a labourer, whatever he was listed for: he left the roll."""
    free_seats(Departure.objects.filter(worker=worker), why, by=by, at=at)
