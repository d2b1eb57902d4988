"""Which channels a unit has, and what it was told."""

from ..delivery.queries import live
from ..models import Message


def routes(unit, _actor, _day):
    """Return the routes that may be ended: [(value, words)]."""
    return [(one.route, one.get_route_display()) for one in live(unit)]


def told(unit):
    """Return what a unit was told, the newest first."""
    return Message.objects.filter(organisation=unit)
