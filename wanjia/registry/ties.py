"""Who has to do with a home: the one rule behind every list of homes and people.

A village's or township's own posts, those who look over a whole area, and the lines whose duty is with families see the homes of
their reach. A bureau of another line sees the homes with which it has a tie: a visit, a sponsored village, and what a higher
app adds (`add`): the needs that its units hold, held or help with.
"""

from django.db.models import Q
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.models import Line, Sponsorship

from .models import Household, Visit

# The lines whose own duty is with families; the empty line is a village's or township's own committee or government.
FAMILY_LINES = (Line.NONE, Line.EDUCATION, Line.CIVIL, Line.DISABLED, Line.WOMEN)
_MORE = []


def add(tied):
    """Let an app above say which homes its rows tie a person to: tied(actor) → ids of homes, as a query."""
    _MORE.append(tied)


def homes(actor):
    """Return the Q of homes the actor has to do with."""
    whole, all_of_it = _whole(actor)
    if all_of_it:
        return whole
    tie = Q(pk__in=Visit.objects.filter(Q(visitors=actor.id) | Q(planned_by=actor.id)).values("household"))
    for bond in Sponsorship.objects.on(today(timezone.now())).filter(organisation__in=scope.units(actor)).select_related("area"):
        first, end = bond.area.span()
        tie |= Q(village_id__gte=first, village_id__lt=end)
    for more in _MORE:
        tie |= Q(pk__in=more(actor))
    return whole | tie & scope.in_reach(actor, area="village_id")


def _whole(actor):
    """Return (the Q of rows in villages seen as a whole, whether that is all the actor reaches)."""
    reaches = scope.reaches(actor)
    within = Q(pk__in=[])
    for reach in reaches:
        if reach.line in FAMILY_LINES:
            within |= Q(village_id__gte=reach.first, village_id__lt=reach.end)
    return within, all(reach.line in FAMILY_LINES for reach in reaches)


def people(actor):
    """Return the Q of people the actor has to do with: those of such homes, and the unhoused of a whole reach."""
    whole, all_of_it = _whole(actor)
    if all_of_it:
        return whole
    return whole | Q(pk__in=Household.objects.filter(homes(actor)).values("memberships__person"))
