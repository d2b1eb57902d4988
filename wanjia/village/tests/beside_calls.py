"""One of everything that calls keep, for who walks all addresses (tests/fuzz, tests/journeys)."""

from ..call_states import CallState
from ..models import MeetingCall
from . import call_factories as made

KNOWN = {"meeting_call_id": MeetingCall}


def plant(world):
    """Make them: a call that is due, one that lacks a signature."""
    made.call(world, CallState.BOUND)
    made.call(world)
