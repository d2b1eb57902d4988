"""Who has to do with a home: the one rule behind every list of homes and people.

A village's or township's own posts, those who look over a whole area, and the lines whose duty is with families see the homes of
their reach. A bureau of another line sees the homes with which it has a tie: a visit, a sponsored village, and what a higher
app brings (TIES): the needs that its units hold, held or help with. A tie counts within the reach of the post that has it.
"""

from django.db.models import Q
from django.utils import timezone

from wanjia.kernel.brings import gather
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.models import Line, Sponsorship, Tier

from .models import Household, Visit

# The lines whose own duty is with families.
FAMILY_LINES = (Line.EDUCATION, Line.CIVIL, Line.DISABLED, Line.WOMEN)
OWN = (Tier.VILLAGE, Tier.TOWNSHIP)


def with_families(reach, lines=FAMILY_LINES):
    """Tell whether a reach has to do with families of itself: by its line, as a village's or township's own, or as one that looks over a whole area.

    A county bureau without a line is none of these: it would pass for the committee of every village.
    """
    return reach.line in lines if reach.line else reach.whole or reach.unit.tier in OWN


def homes(actor, *, duty):
    """Return the Q of homes the actor has to do with by the posts that carry `duty`."""
    whole, others = _whole(actor, duty)
    if not others:
        return whole
    visits = Q(pk__in=Visit.objects.filter(Q(visitors=actor.id) | Q(planned_by=actor.id)).values("household"))
    bonds = list(Sponsorship.objects.on(today(timezone.now())).filter(organisation__in={reach.unit for reach in others}).select_related("area"))
    for reach in others:
        tie = visits
        for bond in bonds:
            if bond.organisation_id == reach.unit.pk:
                first, end = bond.area.span()
                tie = tie | Q(village_id__gte=first, village_id__lt=end)
        for more in gather("TIES"):
            tie = tie | Q(pk__in=more(reach.unit))
        whole |= tie & _within(reach)
    return whole


def _whole(actor, duty, village="village_id"):
    """Return (the Q of rows in villages seen as a whole, the reaches that see of theirs only what they have a tie with)."""
    within, others = Q(pk__in=[]), []
    for reach in scope.reaches(actor, duty=duty):
        if with_families(reach):
            within |= _within(reach, village)
        else:
            others.append(reach)
    return within, others


def _within(reach, village="village_id"):
    return Q(**{f"{village}__gte": reach.first, f"{village}__lt": reach.end})


def seen_whole(actor, *, duty):
    """Tell whether all homes and people of the actor's reaches are seen, not only those with which there is a tie."""
    return not _whole(actor, duty)[1]


def visits(actor, *, duty):
    """Return the Q of the visits to homes the actor has to do with: a list of visits names homes as the list of homes does."""
    whole, others = _whole(actor, duty, "household__village_id")
    return whole | Q(household__in=Household.objects.filter(homes(actor, duty=duty))) if others else whole


def people(actor, *, duty, village="village_id"):
    """Return the Q of people the actor has to do with: those of such homes, and the unhoused of a whole reach.

    village: the lookup path of a person's village, for a list that names it otherwise.
    """
    whole, others = _whole(actor, duty, village)
    if not others:
        return whole
    return whole | Q(pk__in=Household.objects.filter(homes(actor, duty=duty)).values("memberships__person"))
