"""One of everything that events and pictures keep, and what may stand in their gaps: gathered in beside.py."""

from ..models import Event, EventHome, Photo, Shift
from . import acts_events as events

KNOWN = {"event_id": Event, "arrival_id": EventHome, "shift_id": Shift, "photo_id": Photo}
MAKE = (events.invited, events.on_duty, events.item, events.taken, events.finished, events.shown)


def plant(world):
    """Make them by the acts: homes are invited, somebody helps, items stand, a picture waits, one is covered, one shown."""
    for make in MAKE:
        make(world)
