"""Tables of the labour register."""

from .away import Agreement, Belonging, Outpost, WageClaim
from .board import BoardPart, BoardStep, BoardTask
from .campaigns import Campaign, Proposal, Target
from .contacts import Change, Contact, RollMerge
from .day_markets import Card, DayOrder, DayWork, Market, Waiting
from .departed import Departed, DepartedSum
from .departures import Departure, Driver, FollowUp, Seat, Stop, Trip
from .employers import Complaint, Employer, Proof
from .fairs import Fair, Registration, Stall
from .loads import Chunk, Load
from .outreach import OptOut, Outreach, Reached
from .rolls import Roll, RollPart
from .rounds import Round
from .slips import Voiced, WorkSlip, WorkSlipMiss
from .tallies import Month, MonthSum, MonthWay, Since, Tally, Verified
from .vacancies import Start, Vacancy
from .workers import Spell, Worker

__all__ = [
    "Agreement", "Belonging", "BoardPart", "BoardStep", "BoardTask", "Campaign", "Card", "Change", "Chunk", "Complaint", "Contact", "DayOrder", "DayWork", "Departed", "DepartedSum",
    "Departure", "Driver",
    "Employer", "Fair", "FollowUp", "Load", "Market", "Month", "MonthSum", "MonthWay", "OptOut", "Outpost", "Outreach", "Proof", "Proposal",
    "Reached", "Registration", "Roll", "RollMerge", "RollPart", "Round", "Seat", "Since", "Spell", "Stall", "Start", "Stop", "Tally", "Target", "Trip", "Vacancy",
    "Verified", "Voiced", "WageClaim", "Waiting", "WorkSlip", "WorkSlipMiss", "Worker",
]  # fmt: skip
