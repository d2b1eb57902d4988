"""What the addresses of several pages of care name: an area within reach, a past day."""

from datetime import date

from django.http import Http404

from wanjia.orgs import scope
from wanjia.orgs.models import Area

from .duties import Duty


def area(request, *, duty=Duty.SEE_CARE):
    """Return the area that the address names, or None. One that does not exist and one out of reach are one answer."""
    code = request.GET.get("area", "")
    if not code:
        return None
    found = Area.objects.filter(scope.in_place(request.user, area="code", duty=duty), pk=code[:15]).first()
    if found is None:
        raise Http404
    return found


def past_day(request):
    """Return the past day of which a number is opened (?as_of=), or None for now. What is no day is no page."""
    text = request.GET.get("as_of", "")
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        raise Http404 from None
    return day if day and day < request.day else None


def below(request, here, *, duty=Duty.SEE_CARE):
    """Return the areas that a list may be narrowed to: those below the one it shows."""
    tops = [here] if here else scope.areas(request.user, duty=duty)
    return Area.objects.filter(parent__in=tops, to_on=None).order_by("code")


def reaches(actor, here, *, duty=Duty.SEE_CARE):
    """Tell whether an area lies whole within the actor's places."""
    first, end = here.span()
    return any(reach.first <= first and end <= reach.end for reach in scope.places(actor, duty=duty))
