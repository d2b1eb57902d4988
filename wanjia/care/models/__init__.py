"""The tables of care: who helps and how they were looked at; who is paired with whom; classes and canteens; wishes, gifts; events and their pictures."""

from .canteen import Canteen, Diner, Meal, MissedCall, Serving
from .classes import CareClass, Collector, Enrolment, Presence, Session
from .events import Event, EventChild, EventHome, EventHost, EventItem, Shift
from .gifts import Distribution, Gift, GiftStock
from .lines import Concern, LineContact, Paired, Rhythm
from .pairing import Entitled, PairProposal
from .pairs import Pair
from .photos import Photo
from .teams import BackgroundCheck, Helper, Team, TeamMember
from .wishes import Wish, WishClaim, WishMiss, WishMoney

__all__ = [
    "BackgroundCheck", "Canteen", "CareClass", "Collector", "Concern", "Diner", "Distribution", "Enrolment", "Entitled", "Event", "EventChild",
    "EventHome", "EventHost", "EventItem", "Gift", "GiftStock", "Helper", "LineContact", "Meal", "MissedCall", "Pair", "PairProposal", "Paired",
    "Photo", "Presence", "Rhythm", "Serving", "Session", "Shift", "Team", "TeamMember", "Wish", "WishClaim", "WishMiss", "WishMoney",
]
