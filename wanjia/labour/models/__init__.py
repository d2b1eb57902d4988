"""Tables of the labour register."""

from .away import Agreement, Belonging, Outpost
from .contacts import Change, Contact, Joined
from .day_markets import Card, DayOrder, DayWork, Market, Waiting
from .employers import Complaint, Employer, Proof
from .fairs import Fair, Registration, Stall
from .outreach import OptOut, Outreach, Reached
from .rounds import Round
from .tallies import Tally
from .vacancies import Start, Vacancy
from .workers import Spell, Worker

__all__ = [
    "Agreement", "Belonging", "Card", "Change", "Complaint", "Contact", "DayOrder", "DayWork", "Employer", "Fair", "Joined", "Market", "OptOut", "Outpost", "Outreach", "Proof", "Reached", "Registration", "Round", "Spell", "Stall", "Start", "Tally", "Vacancy", "Waiting", "Worker",
]  # fmt: skip
