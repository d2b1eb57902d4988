"""The tables of care: who helps and how they were looked at; who is paired with whom."""

from .lines import Concern, LineContact, Paired, Rhythm
from .pairs import Pair
from .teams import BackgroundCheck, Helper, Team, TeamMember

__all__ = ["BackgroundCheck", "Concern", "Helper", "LineContact", "Pair", "Paired", "Rhythm", "Team", "TeamMember"]
