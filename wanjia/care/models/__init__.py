"""The tables of care: who helps and how they were looked at; who is paired with whom."""

from .pairs import Pair
from .teams import BackgroundCheck, Helper, Team, TeamMember

__all__ = ["BackgroundCheck", "Helper", "Pair", "Team", "TeamMember"]
