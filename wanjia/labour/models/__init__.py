"""Tables of the labour register."""

from .away import Agreement, Belonging, Outpost
from .campaigns import Campaign, Proposal, Target
from .contacts import Change, Contact, Joined
from .departures import Departure, Driver, FollowUp, Seat, Stop, Trip
from .employers import Complaint, Employer, Proof
from .rounds import Round
from .tallies import Tally
from .vacancies import Start, Vacancy
from .workers import Spell, Worker

__all__ = [
    "Agreement", "Belonging", "Campaign", "Change", "Complaint", "Contact", "Departure", "Driver", "Employer", "FollowUp", "Joined", "Outpost", "Proof", "Proposal", "Round", "Seat", "Spell",
    "Start", "Stop", "Tally", "Target", "Trip", "Vacancy", "Worker",
]  # fmt: skip
