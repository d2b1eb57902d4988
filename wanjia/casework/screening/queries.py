"""Who waits to be judged."""

from wanjia.casework.duties import Duty

from ..rules import visible_needs
from ..states import OPEN, NeedState

SHOWN = 3  # of the same home and kind; its page has all


def waiting(actor):
    """Return the needs that wait to be judged, the first to fall due first."""
    return visible_needs(actor, duty=Duty.SCREEN_NEEDS).filter(state=NeedState.REGISTERED).order_by("step_due_on", "recorded_at", "pk")


def alike(actor, need):
    """Return the other open needs of the same home and kind: what was voiced from away, or by two people, may be the same matter."""
    if need.household_id is None:
        return visible_needs(actor).none()
    rows = visible_needs(actor).filter(household=need.household_id, category=need.category, state__in=OPEN).exclude(pk=need.pk)
    return rows.only("number", "summary", "state").order_by("recorded_at", "pk")
