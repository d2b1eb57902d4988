"""Whose figures an actor sees."""

from wanjia.orgs import scope
from wanjia.orgs.duties import Duty


def sees_whole(actor, area):
    """Tell whether the actor's figures of an area are of all of it, whatever the line; else of the own line's share."""
    first, end = area.span()
    return any(not reach.line and reach.first <= first and end <= reach.end for reach in scope.places(actor, duty=Duty.SEE_FIGURES))
