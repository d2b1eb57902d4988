"""What a caller takes along where there is no signal: the list of the own village; answers wait for the line."""

from django.urls import reverse
from django.utils.translation import gettext as _

from wanjia.doors.kinds import Carried

from ..duties import Duty
from .queries import own_village


def carried(user, _day):
    """List the page."""
    if not user.has_duty(Duty.KEEP_LABOUR) or own_village(user) is None:
        return []
    return [Carried(reverse("labour:calls"), _("动态监测电话"), act=True)]
