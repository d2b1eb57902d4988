"""Tables of the labour register."""

from .loads import Chunk, Load
from .tallies import Tally
from .workers import Spell, Worker

__all__ = ["Chunk", "Load", "Spell", "Tally", "Worker"]
