"""Tables of the labour register."""

from .tallies import Month, MonthSum, Since, Tally, Verified
from .workers import Spell, Worker

__all__ = ["Month", "MonthSum", "Since", "Spell", "Tally", "Verified", "Worker"]
