"""The dashboard of transfer employment."""

from django.utils import timezone

from wanjia.doors.reading import page

from ..figures.asking import asked
from ..figures.population import LOOKS
from ..monthly.queries import ready
from . import queries


@page("labour/", *LOOKS)
def board(request):
    """One area's labourers, today or on a past day."""
    form, area, day = asked(request)
    about = {"form": form, "today": request.day, "now": timezone.localtime(request.at), "past": day is not None, "area": area, "day": day or request.day}
    if day and not ready(area, day):
        return about | {"waits": True, "choices": queries.choices(request.user, area)}
    return about | queries.board(request.user, area, day, request.day)
