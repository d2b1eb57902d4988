"""What schools keep."""

from .families import ParentClass, ParentHome
from .guards import Busy, Consent, Guard, GuardAbsence, Qualification
from .lessons import LawLesson, Lecturer, LessonAlarm, LessonClosing, LessonReason, PlannedLesson, RecordQuery, VicePrincipal
from .plans import PlanContact, PlanMark, PlanRisk, PlanSignature, PlanVersion, Post
from .roster import Attendance, DutySwap, GateAlarm, GateDuty, GateTalk, GateTrouble, LeaderDay
from .year import Bell, Gate, School, SchoolDay, Term

__all__ = [
    "Attendance", "Bell", "Busy", "Consent", "DutySwap", "Gate", "GateAlarm", "GateDuty", "GateTalk", "GateTrouble", "Guard", "GuardAbsence", "LawLesson", "LeaderDay",
    "Lecturer", "LessonAlarm", "LessonClosing", "LessonReason", "ParentClass", "ParentHome", "PlanContact", "PlanMark", "PlanRisk", "PlanSignature", "PlanVersion", "PlannedLesson", "Post", "Qualification", "RecordQuery",
    "School", "SchoolDay", "Term", "VicePrincipal",
]  # fmt: skip
