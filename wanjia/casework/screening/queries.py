"""Who waits to be judged."""

from wanjia.casework.duties import Duty

from ..rules import visible_needs
from ..states import NeedState


def waiting(actor):
    """Return the needs that wait to be judged, the first to fall due first."""
    return visible_needs(actor, duty=Duty.SCREEN_NEEDS).filter(state=NeedState.REGISTERED).order_by("step_due_on", "recorded_at", "pk")
