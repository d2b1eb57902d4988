"""Tables of the labour register."""

from .tallies import Since, Tally, Verified
from .workers import Spell, Worker

__all__ = ["Since", "Spell", "Tally", "Verified", "Worker"]
