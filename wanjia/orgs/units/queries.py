"""Which organisations stand where."""

from ..models import Organisation


def standing_in(area, day):
    """List the organisations standing in this very area on a day, those of the area at large first."""
    return Organisation.objects.on(day).filter(area=area).order_by("line", "name")
