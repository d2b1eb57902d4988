"""The tables of care: who helps and how they were looked at; who is paired with whom; classes and canteens; small wishes, gifts for a roll."""

from .canteen import Canteen, Diner, Meal, MissedCall, Serving
from .classes import CareClass, Collector, Enrolment, Presence, Session
from .gifts import Distribution, Gift, GiftStock
from .lines import Concern, LineContact, Paired, Rhythm
from .pairing import Entitled, PairProposal
from .pairs import Pair
from .teams import BackgroundCheck, Helper, Team, TeamMember
from .wishes import Wish, WishClaim, WishMiss, WishMoney

__all__ = [
    "BackgroundCheck", "Canteen", "CareClass", "Collector", "Concern", "Diner", "Distribution", "Enrolment", "Entitled", "Gift", "GiftStock", "Helper", "LineContact", "Meal", "MissedCall", "Pair", "PairProposal",
    "Paired", "Presence", "Rhythm", "Serving", "Session", "Team", "TeamMember", "Wish", "WishClaim", "WishMiss", "WishMoney",
]
