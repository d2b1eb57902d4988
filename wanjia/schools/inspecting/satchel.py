"""What an inspector takes along where there is no signal: the list of places to look at, and the checklist of each; what is written there waits for the line."""

from django.urls import reverse
from django.utils.translation import gettext as _

from wanjia.doors.kinds import Carried

from ..duties import Duty
from ..rounds import queries

PLACES = 20  # more than a day holds


def carried(user, day=None):
    """List the pages, those of the day that was planned first."""
    places = list(queries.mine(user)[:PLACES]) if user.has_duty(Duty.INSPECT) else []
    found = [Carried(reverse("schools:stops"), _("我要查的场所"))] if places else []
    return found + [Carried(reverse("schools:stop_record", args=[one.pk]), _("记检查:%(venue)s") % {"venue": one.venue.name}, act=True) for one in places]
