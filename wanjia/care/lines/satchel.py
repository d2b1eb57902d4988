"""What a helper takes along where there is no signal: the own children by initials; what is tapped waits for the line."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wanjia.doors.kinds import Carried
from wanjia.kernel.calendar import today

from ..children.rules import own_pairs
from ..duties import Duty


def carried(user, day=None):
    """List the page."""
    if not user.has_duty(Duty.ACCOMPANY) or not own_pairs(user, day or today(timezone.now())).exists():
        return []
    return [Carried(reverse("care:mine"), _("我结对的孩子"), act=True)]
