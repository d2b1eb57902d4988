"""What schools keep."""

from .guards import Busy, Consent, Guard, GuardAbsence, Qualification
from .hazards import Hazard, HazardPhoto, Inspection, InspectionUnit, MendOrder, Recheck
from .plans import PlanContact, PlanMark, PlanRisk, PlanSignature, PlanVersion, Post
from .roster import Attendance, DutySwap, GateAlarm, GateDuty, GateTalk, GateTrouble, LeaderDay
from .venues import InspectionRound, RoundTeam, RoundVenue, TeamUnit, Venue
from .year import Bell, Gate, School, SchoolDay, Term

__all__ = [
    "Attendance", "Bell", "Busy", "Consent", "DutySwap", "Gate", "GateAlarm", "GateDuty", "GateTalk", "GateTrouble", "Guard", "GuardAbsence", "Hazard", "HazardPhoto",
    "Inspection", "InspectionRound", "InspectionUnit", "LeaderDay", "MendOrder", "PlanContact", "PlanMark", "PlanRisk", "PlanSignature", "PlanVersion", "Post", "Qualification",
    "Recheck", "RoundTeam", "RoundVenue", "School", "SchoolDay", "TeamUnit", "Term", "Venue",
]  # fmt: skip
