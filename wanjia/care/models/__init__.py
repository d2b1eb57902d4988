"""The tables of care: who helps and how they were looked at; who is paired with whom; events and their pictures."""

from .events import Event, EventChild, EventHome, EventHost, EventItem, Shift
from .pairs import Pair
from .photos import Photo
from .teams import BackgroundCheck, Helper, Team, TeamMember

__all__ = ["BackgroundCheck", "Event", "EventChild", "EventHome", "EventHost", "EventItem", "Helper", "Pair", "Photo", "Shift", "Team", "TeamMember"]
