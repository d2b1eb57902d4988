"""Tables of the labour register."""

from .tallies import Tally
from .workers import Spell, Worker

__all__ = ["Spell", "Tally", "Worker"]
