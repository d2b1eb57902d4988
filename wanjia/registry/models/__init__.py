"""Homes and people. What changes has dates; what is sensitive is sealed; what can be derived is not stored.

homes          households, people, dated memberships
circumstances  what is true of somebody from when to when: statuses, absences, parents, entrusted care
visits         planned and done visits, their sheets and findings
twins          the same person twice: the question, the decision, the merge
access         leave to read children's files beyond one's own duty
aid            aid to be cut, refused, or given before its papers: written decisions
uploads        a workbook somebody sent, its rows, the headers an office confirmed, benefits paid
"""

from .access import AccessKind, FileAccess
from .aid import AidCut, AidRefusal, CutKind, Told, UrgentAid
from .circumstances import Absence, CareEntrustment, CareKind, DatedStatus, GroupReview, Parentage, ParentLine
from .homes import (
    CHILDS_STAGES,
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

__all__ = ["CHILDS_STAGES",
    "Absence", "AccessKind", "AidCut", "AidRefusal", "Benefit", "CareEntrustment", "CareKind", "CutKind", "DatedStatus", "FileAccess", "GroupReview", "Household", "HousingSafety", "HukouKind", "IdAbsent",
    "IncomeSource", "KnownHeader", "LabourAbility", "Membership", "Merge", "ParentLine", "Parentage", "Person", "Schooling", "Sex", "ShownOnLists", "Somebody", "Told", "TwinQuestion",
    "TwinVerdict", "Upload", "UploadContent", "UploadRow", "UrgentAid", "Visit", "VisitDraft", "VisitFinding", "VisitMethod", "VisitPurpose", "VisitSheet",
]  # fmt: skip
