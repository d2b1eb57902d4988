"""What an attendant takes along where there is no signal: the rolls of her trips, children by number and initials; what is tapped waits for the line."""

from django.urls import reverse
from django.utils.translation import gettext as _

from wanjia.doors.kinds import Carried

from ..duties import Duty
from .queries import mine_soon

TRIPS = 6  # more than anybody rides in two days


def carried(user, day):
    """List the rolls."""
    if not user.has_duty(Duty.RIDE_BUS):
        return []
    return [Carried(reverse("schools:bus_trip", args=[one.pk]), _("点名:%(bus)s %(line)s") % {"bus": one.line.bus.label, "line": one.line.name}, act=True) for one in mine_soon(user, day)[:TRIPS]]
