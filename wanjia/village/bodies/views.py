"""Pages of bodies: those of the village, one of them with its members, how it is made up and what it met about."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.policy import meetings as law

from ..duties import Duty
from ..models import AgendaItem
from . import queries
from .subjects import BODIES


@page("village/bodies/", Duty.SEE_VILLAGE)
def bodies(request):
    """The bodies in reach that stand, with their terms."""
    found = page_of(request, queries.listed(request.user, request.day))
    for one in found:
        one.over = queries.is_over(one, request.day)
    return {"page": found, "keeps": request.user.has_duty(Duty.KEEP_MEETINGS), "day": request.day}


@page("village/bodies/<uuid:governing_body_id>/", Duty.SEE_VILLAGE, of=BODIES, moves=True)
def body(request, one):
    """One body: who sits in it, what the law asks of it, its meetings, what it decided."""
    seats = queries.seats_on(one, request.day)
    return {
        "seats": seats, "parts": queries.make_up(one, seats, request.day), "rule": law.in_force(one.kind, request.day), "over": queries.is_over(one, request.day), "day": request.day,
        "page": page_of(request, one.meetings.select_related("body")), "items": AgendaItem.objects.filter(body=one).select_related("meeting").order_by("-proposed_on", "-pk")[:10],
        "keeps": request.user.has_duty(Duty.KEEP_MEETINGS), "past": one.seats.filter(to_on__lte=request.day).select_related("person").order_by("-to_on")[:30],
    }  # fmt: skip
