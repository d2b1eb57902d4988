"""What a patrol takes along where there is no signal: tonight's list, and of each patrol the page where it is told and the one where a step is entered; what is written there waits for the line."""

from django.urls import reverse
from django.utils.translation import gettext as _

from wanjia.doors.kinds import Carried

from ..duties import Duty
from .queries import mine
from .rules import TELL_WITHIN

PATROLS = 6  # more than anybody walks in one evening


def carried(user, day):
    """List the pages, tonight's patrol first; what is too old to be told as walked is told at a desk."""
    found = list(mine(user, day).filter(day__gte=day - TELL_WITHIN).order_by("-day", "from_at", "pk")[:PATROLS]) if user.has_duty(Duty.INSPECT) else []
    pages = [Carried(reverse("schools:my_patrols"), _("我的巡查"))] if found else []
    for one in found:
        pages.append(Carried(reverse("schools:patrol_walk", args=[one.pk]), _("登记已巡查:%(route)s") % {"route": one.route}, act=True))
        if one.notice_id:
            pages.append(Carried(reverse("schools:patrol_step", args=[one.pk]), _("登记没遵守的:%(route)s") % {"route": one.route}, act=True))
    return pages
