"""Tables of the labour register."""

from .contacts import Change, Contact, Joined
from .day_markets import Card, DayOrder, DayWork, Market, Waiting
from .rounds import Round
from .tallies import Tally
from .workers import Spell, Worker

__all__ = ["Card", "Change", "Contact", "DayOrder", "DayWork", "Joined", "Market", "Round", "Spell", "Tally", "Waiting", "Worker"]
