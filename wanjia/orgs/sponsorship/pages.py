"""What stands on the page of an area: who sponsors it."""

from .queries import sponsors_of


def sponsors(request, area):
    """The units that sponsor an area today."""
    return {"sponsors": sponsors_of(area.code, request.day)}
