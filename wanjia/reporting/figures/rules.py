"""Whose figures an actor sees."""

from wanjia.orgs import scope
from wanjia.orgs.duties import Duty


def sees_whole(actor, area):
    """Tell whether the actor's figures of an area are of all of it, whatever the line; else of the own line's share."""
    return _whole(scope.places(actor, duty=Duty.SEE_FIGURES), area)


def opens_rows(actor, area):
    """Tell whether the actor may open every need that the figures of an area count.

    Whoever counts all of it as an auditor has the numbers alone, whatever other posts open elsewhere (ADR 81).
    """
    if sees_whole(actor, area):
        return _whole(scope.reaches(actor, duty=Duty.SEE_FIGURES), area)
    return scope.handles_content(actor, duty=Duty.SEE_FIGURES)


def _whole(reaches, area):
    first, end = area.span()
    return any(not reach.line and reach.first <= first and end <= reach.end for reach in reaches)
