"""What the acts of a morning are about: a trip, a child on its roll."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..models import BusTrip, Ride
from . import rules

OVER = ("schools:bus_day", _("今天的接送"))
TRIPS = Subject(
    "bus_trip", "schools.bustrip", "schools/bus-trips", seen=lambda actor, duty: rules.visible_trips(actor, duty=duty).select_related("line__school", "bus", "driver", "attendant__user"),
    take=locked(BusTrip, "line__school", "bus", "driver", "attendant__user"), look=looked(BusTrip, "line__school", "bus"), page="schools:bus_trip", over=OVER,
    about=lambda one: f"{one.line} {one.day}",
)  # fmt: skip
_ride = locked(Ride, "trip__line", "rider__child", "stop")


def _take_ride(pk, at):
    """Lock the trip before the child on it, so that nobody looks the bus through while a child gets on."""
    BusTrip.objects.select_for_update(of=("self",), no_key=True).filter(roll=pk).first()
    return _ride(pk, at)


RIDES = Subject(
    "ride", "schools.ride", "schools/rides", seen=lambda actor, duty: rules.visible_rides(actor, duty=duty).select_related("trip__line", "rider__child", "stop"), take=_take_ride,
    page="schools:bus_trip", of=lambda one: one.trip, over=OVER, about=lambda one: one.rider.child.shown_name,
)  # fmt: skip
