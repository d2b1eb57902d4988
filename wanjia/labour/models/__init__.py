"""Tables of the labour register."""

from .day_markets import Card, DayOrder, DayWork, Market, Waiting
from .tallies import Tally
from .workers import Spell, Worker

__all__ = ["Card", "DayOrder", "DayWork", "Market", "Spell", "Tally", "Waiting", "Worker"]
