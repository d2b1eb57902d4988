"""Tables of the labour register."""

from .contacts import Change, Contact, Joined
from .rounds import Round
from .tallies import Tally
from .workers import Spell, Worker

__all__ = ["Change", "Contact", "Joined", "Round", "Spell", "Tally", "Worker"]
