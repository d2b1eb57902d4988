"""Tables of the labour register."""

from .tallies import Month, MonthSum, MonthWay, Since, Tally, Verified
from .workers import Spell, Worker

__all__ = ["Month", "MonthSum", "MonthWay", "Since", "Spell", "Tally", "Verified", "Worker"]
