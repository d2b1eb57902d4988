"""The tables of care: who helps and how they were looked at; who is paired with whom; classes and canteens."""

from .canteen import Canteen, Diner, Meal, MissedCall, Serving
from .classes import CareClass, Collector, Enrolment, Presence, Session
from .pairing import Entitled, PairProposal
from .pairs import Pair
from .teams import BackgroundCheck, Helper, Team, TeamMember

__all__ = [
    "BackgroundCheck", "Canteen", "CareClass", "Collector", "Diner", "Enrolment", "Entitled", "Helper", "Meal", "MissedCall", "Pair", "PairProposal", "Presence", "Serving", "Session", "Team",
    "TeamMember",
]
