"""What the pages of these acts show besides; hours as they are typed."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.verdict import Refused

from ..models import Stop
from . import queries


def stops(_request, trip):
    """The stops as they stand."""
    return {"stops": list(Stop.objects.filter(trip=trip))}


def lacking(_request, trip):
    """What is lacking before it may be released."""
    return {"lacking": queries.lacking(trip)}


def clock(moment):
    """Return a moment's hour as it is typed."""
    return f"{timezone.localtime(moment):%H:%M}"


def seconds(text):
    """Return a typed hour as seconds after midnight. Raises Refused."""
    hours, _colon, minutes = text.strip().partition(":")
    if not (hours.isdecimal() and minutes[:2].isdecimal() and int(hours) < 24 and int(minutes[:2]) < 60):
        raise Refused(_("时间写成 08:30 这样。"))
    return int(hours) * 3600 + int(minutes[:2]) * 60


def last_day(trip):
    """Return the day on which a trip arrives, as far as it is known."""
    last = Stop.objects.filter(trip=trip, drop=True).order_by("turn").last()
    return today(last.at) if last is not None and last.at else today(trip.leave_at)
