"""One of everything that craftsmen and ventures keep, for who walks all addresses (tests/fuzz, tests/journeys)."""

from ..craft_states import BookingState, CraftState
from ..models import CraftBooking, Craftsman, MentorPair, Venture
from . import craft_factories as made

KNOWN = {"craftsman_id": Craftsman, "mentor_pair_id": MentorPair, "craft_booking_id": CraftBooking, "venture_id": Venture}


def plant(world):
    """Make them: a craftsman who is shown, one who waits, a pair, a booking that is asked for, one that failed, a venture that waits."""
    made.craftsman(world)
    made.craftsman(world, CraftState.WRITTEN, 1, called="二组岩师傅")
    made.pair(world)
    made.booking(world)
    made.booking(world, BookingState.FAILED)
    made.venture(world)
