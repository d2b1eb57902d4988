"""Pages of places: the places in reach, one place with what was looked at there."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page

from ..duties import Duty
from ..inspection_states import OPEN, VenueKind
from ..models import Hazard
from . import queries
from .subjects import VENUES


@page("schools/venues/", Duty.SEE_VENUES, template="list")
def venues(request):
    """The places in reach. ?kind=, ?q= words of a name or an address."""
    kind, words = request.GET.get("kind", ""), request.GET.get("q", "").replace("\0", "").strip()[:40]
    kind = kind if kind in VenueKind.values else ""
    return {"page": page_of(request, queries.listed(request.user, kind, words)), "kinds": VenueKind.choices, "kind": kind, "q": words, "keeps": request.user.has_duty(Duty.INSPECT)}


@page("schools/venues/<uuid:venue_id>/", Duty.SEE_VENUES, of=VENUES, moves=True)
def venue(request, one):
    """One place: what stands open, the rounds it was on, what was found there before."""
    hazards = queries.with_late(Hazard.objects.filter(inspection__stop__venue=one), request.day).select_related("owner").order_by("-found_on", "-serial")
    return {
        "waits": hazards.filter(state__in=OPEN), "done": page_of(request, hazards.exclude(state__in=OPEN), word="done"),
        "stops": page_of(request, one.stops.select_related("round", "inspection").order_by("-round__from_on"), word="rounds"),
    }  # fmt: skip
