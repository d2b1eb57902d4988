"""What addresses of the lists ask: an area within reach, a helper whose card is printed."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import get_language

from wanjia.orgs import scope
from wanjia.orgs.models import Area

from ..duties import Duty
from ..models import Helper


def area(request, *, duty=Duty.SEE_CARE):
    """Return the area that the address names, or None. One that does not exist and one out of reach are one answer."""
    code = request.GET.get("area", "")
    if not code:
        return None
    found = Area.objects.filter(scope.in_place(request.user, area="code", duty=duty), pk=code[:15]).first()
    if found is None:
        raise Http404
    return found


def below(request, here, *, duty=Duty.SEE_CARE):
    """Return the areas that a list may be narrowed to: those below the one it shows."""
    tops = [here] if here else scope.areas(request.user, duty=duty)
    return Area.objects.filter(parent__in=tops, to_on=None).order_by("code")


def helper(request):
    """Return the helper whose card is asked for, or None for one's own."""
    wanted = request.GET.get("helper", "")
    if not wanted:
        return None
    try:
        return Helper.objects.get(pk=wanted)
    except (Helper.DoesNotExist, ValidationError):
        raise Http404 from None


def name_of(figure):
    """Return what a figure is called in the reader's language."""
    return figure["en"] if (get_language() or "").startswith("en") else figure["zh"]


def reaches(actor, here, *, duty=Duty.SEE_CARE):
    """Tell whether an area lies whole within the actor's places."""
    first, end = here.span()
    return any(reach.first <= first and end <= reach.end for reach in scope.places(actor, duty=duty))
