"""What the cadre who goes along takes with him: the roll of his coaches; what is called there waits for the line."""

from django.urls import reverse
from django.utils.translation import gettext as _

from wanjia.doors.kinds import Carried

from .queries import KEEPS, on_my_phone

TRIPS = 4  # more than anybody goes along with


def carried(user, day):
    """List the rolls."""
    if not user.has_duty(*KEEPS):
        return []
    return [Carried(reverse("labour:roll", args=[one.pk]), _("点名:第 %(n)s 车") % {"n": one.number}, act=True) for one in on_my_phone(user, day)[:TRIPS]]
