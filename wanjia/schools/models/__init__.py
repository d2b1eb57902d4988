"""What schools keep."""

from .guards import Busy, Consent, Guard, GuardAbsence, Qualification
from .plans import PlanContact, PlanMark, PlanRisk, PlanSignature, PlanVersion, Post
from .roster import Attendance, DutySwap, GateAlarm, GateDuty, GateTalk, GateTrouble, LeaderDay
from .year import Bell, Gate, School, SchoolDay, Term

__all__ = [
    "Attendance", "Bell", "Busy", "Consent", "DutySwap", "Gate", "GateAlarm", "GateDuty", "GateTalk", "GateTrouble", "Guard", "GuardAbsence", "LeaderDay", "PlanContact", "PlanMark",
    "PlanRisk", "PlanSignature", "PlanVersion", "Post", "Qualification", "School", "SchoolDay", "Term",
]  # fmt: skip
