"""Homes and people. What changes has dates; what is sensitive is sealed; what can be derived is not stored.

homes          households, people, dated memberships
circumstances  what is true of somebody from when to when: statuses, absences, parents, entrusted care
visits         planned and done visits, their sheets and findings
twins          the same person twice: the question, the decision, the merge
access         leave to read children's files beyond one's own duty
uploads        a workbook somebody sent, its rows, the headers an office confirmed, benefits paid
"""

from .access import AccessKind, FileAccess
from .circumstances import Absence, CareEntrustment, CareKind, DatedStatus, GroupReview, Parentage, ParentLine
from .homes import (
    AT_SCHOOL,
    Household,
    HousingSafety,
    HukouKind,
    IdAbsent,
    IncomeSource,
    LabourAbility,
    Membership,
    Person,
    Schooling,
    Sex,
    ShownOnLists,
    Somebody,
)
from .twins import Merge, TwinQuestion, TwinVerdict
from .uploads import Benefit, KnownHeader, Upload, UploadContent, UploadRow
from .visits import Visit, VisitDraft, VisitFinding, VisitMethod, VisitPurpose, VisitSheet

__all__ = ["AT_SCHOOL",
    "Absence", "AccessKind", "Benefit", "CareEntrustment", "CareKind", "DatedStatus", "FileAccess", "GroupReview", "Household", "HousingSafety", "HukouKind", "IdAbsent",
    "IncomeSource", "KnownHeader", "LabourAbility", "Membership", "Merge", "ParentLine", "Parentage", "Person", "Schooling", "Sex", "ShownOnLists", "Somebody", "TwinQuestion",
    "TwinVerdict", "Upload", "UploadContent", "UploadRow", "Visit", "VisitDraft", "VisitFinding", "VisitMethod", "VisitPurpose", "VisitSheet",
]  # fmt: skip
