"""Tables of the labour register."""

from .away import Agreement, Belonging, Outpost
from .campaigns import Campaign, Proposal, Target
from .contacts import Change, Contact, RollMerge
from .departures import Departure, Driver, FollowUp, Seat, Stop, Trip
from .employers import Complaint, Employer, Proof
from .loads import Chunk, Load
from .rounds import Round
from .tallies import Month, MonthSum, MonthWay, Since, Tally, Verified
from .vacancies import Start, Vacancy
from .workers import Spell, Worker

__all__ = [
    "Agreement", "Belonging", "Campaign", "Change", "Chunk", "Complaint", "Contact", "Departure", "Driver", "Employer", "FollowUp", "Load", "Month", "MonthSum", "MonthWay",
    "Outpost", "Proof", "Proposal", "RollMerge", "Round", "Seat", "Since", "Spell", "Start", "Stop", "Tally", "Target", "Trip", "Vacancy", "Verified", "Worker",
]  # fmt: skip
