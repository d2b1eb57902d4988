"""What schools keep."""

from .buses import Attendant, Bus, BusDriver, BusLine, BusSeat, BusStop, Operator, Receiver, Rider
from .drills import BusDrill
from .families import ParentClass, ParentHome
from .fares import BusFare, Settlement, SettlementRow
from .guards import Busy, Consent, Guard, GuardAbsence, Qualification
from .hazards import Hazard, HazardDelay, HazardPhoto, Inspection, InspectionUnit, MendOrder, Recheck
from .lessons import LawLesson, Lecturer, LessonAlarm, LessonClosing, LessonReason, PlannedLesson, RecordQuery, VicePrincipal
from .notices import NoticeReceipt, NoticeStep, SafetyNotice
from .patrols import Patrol, PatrolFinding, PatrolForce, PatrolPlan
from .plans import PlanContact, PlanMark, PlanRisk, PlanSignature, PlanVersion, Post
from .riding import BellAlarm, BusSlip, BusSlipMiss, BusTrip, Ride
from .roads import RoadCount, RoadForce, RoadOperation, RoadReport
from .roster import Attendance, DutySwap, GateAlarm, GateDuty, GateTalk, GateTrouble, LeaderDay
from .routes import Unserved
from .venues import InspectionRound, RoundTeam, RoundVenue, TeamUnit, Venue
from .year import Bell, Gate, School, SchoolDay, Term

__all__ = [
    "Attendance", "Attendant", "Bell", "BellAlarm", "Bus", "BusDrill", "BusDriver", "BusFare", "BusLine", "BusSeat", "BusSlip", "BusSlipMiss", "BusStop", "BusTrip", "Busy", "Consent", "DutySwap",
    "Gate", "GateAlarm", "GateDuty", "GateTalk", "GateTrouble", "Guard", "GuardAbsence", "Hazard", "HazardDelay", "HazardPhoto", "Inspection", "InspectionRound", "InspectionUnit",
    "LawLesson", "LeaderDay", "Lecturer", "LessonAlarm", "LessonClosing", "LessonReason", "MendOrder", "NoticeReceipt", "NoticeStep", "Operator", "ParentClass", "ParentHome", "Patrol", "PatrolFinding", "PatrolForce", "PatrolPlan", "PlanContact", "PlanMark",
    "PlanRisk", "PlanSignature", "PlanVersion", "PlannedLesson", "Post", "Qualification", "Receiver", "Recheck", "RecordQuery", "Ride", "Rider", "RoadCount", "RoadForce", "RoadOperation", "RoadReport", "RoundTeam",
    "RoundVenue", "SafetyNotice", "School", "SchoolDay", "Settlement", "SettlementRow", "TeamUnit", "Term", "Unserved", "Venue", "VicePrincipal",
]  # fmt: skip
