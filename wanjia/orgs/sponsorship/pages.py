"""What stands on the page of an area: who sponsors it."""

from django.utils import timezone

from wanjia.kernel.calendar import today

from .queries import sponsors_of


def sponsors(_request, area):
    """The units that sponsor an area today."""
    return {"sponsors": sponsors_of(area.code, today(timezone.now()))}
