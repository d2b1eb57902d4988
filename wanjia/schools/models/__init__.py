"""What schools keep."""

from .buses import Attendant, Bus, BusDriver, BusLine, BusSeat, BusStop, Operator, Receiver, Rider
from .fares import BusFare, Settlement, SettlementRow
from .guards import Busy, Consent, Guard, GuardAbsence, Qualification
from .plans import PlanContact, PlanMark, PlanRisk, PlanSignature, PlanVersion, Post
from .riding import BusSlip, BusSlipMiss, BusTrip, Ride
from .roster import Attendance, DutySwap, GateAlarm, GateDuty, GateTalk, GateTrouble, LeaderDay
from .routes import Unserved
from .year import Bell, Gate, School, SchoolDay, Term

__all__ = [
    "Attendance", "Attendant", "Bell", "Bus", "BusDriver", "BusFare", "BusLine", "BusSeat", "BusSlip", "BusSlipMiss", "BusStop", "BusTrip", "Busy", "Consent", "DutySwap",
    "Gate", "GateAlarm", "GateDuty", "GateTalk", "GateTrouble", "Guard", "GuardAbsence", "LeaderDay", "Operator", "PlanContact", "PlanMark", "PlanRisk", "PlanSignature",
    "PlanVersion", "Post", "Qualification", "Receiver", "Ride", "Rider", "School", "SchoolDay", "Settlement", "SettlementRow", "Term", "Unserved",
]  # fmt: skip
