"""What the acts of departures are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked
from wanjia.solving.standing.holding import hold_standing
from wanjia.verdict import NotFound

from ..models import Departure, FollowUp, Seat, Trip
from . import rules

OVER = ("labour:departures", _("出行登记"))


def _look(trip_id):
    trip = Trip.objects.select_related("campaign__area", "plan__area", "cadre").filter(pk=trip_id).first()
    if trip is None:
        raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
    return trip


_locked = locked(Departure, "worker__person", "campaign", "vacancy")


def take(pk, at):
    """Lock somebody on the list, and before him the version that he said yes in: it is put in force before its rows are carried over, never across this lock."""
    hold_standing(Departure.objects.filter(pk=pk).values_list("proposal__plan", flat=True).first())
    return _locked(pk, at)


DEPARTURES = Subject(
    "departure", "labour.departure", "labour/departures", seen=rules.visible_departures, take=take, page="labour:departure",
    over=OVER, about=lambda one: one.worker.person.shown_name,
)  # fmt: skip
TRIPS = Subject(
    "trip", "labour.trip", "labour/trips", seen=rules.visible_trips, take=locked(Trip, "campaign__area", "plan__area", "cadre"), page="labour:trip",
    look=_look, over=("labour:trips", _("车次")), about=lambda trip: _("第 %(n)s 车") % {"n": trip.number},
)  # fmt: skip
SEATS = Subject(
    "seat", "labour.seat", "labour/seats", seen=rules.visible_seats, take=locked(Seat, "trip__plan__area", "trip__campaign", "departure__worker__person", "village"),
    page="labour:trip", of=lambda seat: seat.trip, over=("labour:trips", _("车次")), about=lambda seat: seat.departure.worker.person.shown_name,
)  # fmt: skip
FOLLOW_UPS = Subject(
    "follow_up", "labour.followup", "labour/followups", seen=rules.visible_follow_ups, take=locked(FollowUp, "seat__departure__worker__person", "village"), page="",
    over=("labour:follow_ups", _("送达回访")), about=lambda one: one.seat.departure.worker.person.shown_name,
)  # fmt: skip
