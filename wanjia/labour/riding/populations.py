"""Seats and follow-ups as populations of the house's figures: of the versions that stand, in the actor's places."""

from wanjia.orgs import scope

from ..departures.rules import standing
from ..models import FollowUp, Seat


def visible_rides(actor, *, duty):
    """Return the seats whose people an actor counts: of the versions that stand."""
    return Seat.objects.filter(scope.in_place(actor, area="village_id", duty=duty), plan__in=standing())


def visible_promises(actor, *, duty):
    """Return the follow-ups that an actor counts."""
    return FollowUp.objects.filter(scope.in_place(actor, area="village_id", duty=duty))
