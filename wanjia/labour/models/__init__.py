"""Tables of the labour register."""

from .away import Agreement, Belonging, Outpost
from .campaigns import Campaign, Proposal, Target
from .employers import Complaint, Employer, Proof
from .tallies import Tally
from .vacancies import Start, Vacancy
from .workers import Spell, Worker

__all__ = [
    "Agreement", "Belonging", "Campaign", "Complaint", "Employer", "Outpost", "Proof", "Proposal", "Spell", "Start", "Tally", "Target", "Vacancy", "Worker",
]  # fmt: skip
