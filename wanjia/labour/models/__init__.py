"""Tables of the labour register."""

from .contacts import Change, Contact, RollMerge
from .rounds import Round
from .tallies import Tally
from .workers import Spell, Worker

__all__ = ["Change", "Contact", "RollMerge", "Round", "Spell", "Tally", "Worker"]
