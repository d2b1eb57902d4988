"""Tables of the labour register."""

from .away import Agreement, Belonging, Outpost
from .campaigns import Campaign, Proposal, Target
from .contacts import Change, Contact, Joined
from .employers import Complaint, Employer, Proof
from .rounds import Round
from .tallies import Tally
from .vacancies import Start, Vacancy
from .workers import Spell, Worker

__all__ = [
    "Agreement", "Belonging", "Campaign", "Change", "Complaint", "Contact", "Employer", "Joined", "Outpost", "Proof", "Proposal", "Round", "Spell", "Start", "Tally", "Target", "Vacancy",
    "Worker",
]  # fmt: skip
