"""Tables of the labour register."""

from .away import Agreement, Belonging, Outpost
from .employers import Complaint, Employer, Proof
from .tallies import Tally
from .vacancies import Start, Vacancy
from .workers import Spell, Worker

__all__ = ["Agreement", "Belonging", "Complaint", "Employer", "Outpost", "Proof", "Spell", "Start", "Tally", "Vacancy", "Worker"]
