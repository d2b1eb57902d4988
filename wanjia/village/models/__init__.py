"""What village self-governance keeps."""

from .appraisal import AppraisalRound, RedEntry
from .bodies import BodySeat, GoverningBody
from .branch import BranchActivity, BranchDay, BranchDecision, BranchRoll, PartyMember
from .branch_duties import BranchDuty, DutyHolding, Pledge
from .bylaws import Bylaw, BylawClause, BylawSpell, BylawVersion
from .calls import CallSignature, MeetingCall
from .cleanups import CleanUp, CleanUpSection
from .crafts import CraftBooking, Craftsman, MentorPair
from .customs import Feast, FeastCap, Stretch, StretchCheck, StretchKeeper
from .deciding import Filing, Objection, PublicNotice
from .dividends import DividendRun, DividendShare, ShareHolding
from .fees import FeeCharge, FeeClause, FeePayment, FeeRule, FeeRun, FeeWaiver
from .improving import Shortcoming, ShortcomingPhoto, StrictNotice, StrictObjection
from .levies import Levy, LevyLabour, LevyPayment, LevyRelief, LevyShare
from .mediation import MediationCase, MediationHome, MediationParty, MediationRecord
from .mediation_agreements import MediationAgreement, MediationTerm
from .meetings import AgendaItem, Meeting, MeetingSeat
from .money import CollectiveDeal, DealDue, MoneyAccount, MoneyLine, MoneyVoucher
from .planning import PlanAspect, PlanSketch, PlanWork, PlanZone, VillageAsset, VillagePlan, WorkNote
from .point_appeals import PointAppeal
from .point_lapses import PointLapse
from .points import PointAccount, PointClaim, PointEntry, PointItem, PointLine, PointObjection, PointScheme
from .polls import Poll, PollClass, PollCounter, PollHeap, PollHome, SealedBallot
from .proposing import FormerItem, Problem, Proposal
from .recruiting import Candidate, RecruitMentor, RecruitStep
from .reviewing import BranchReview, GradeSetAside, ReviewedMember
from .shop import Good, PointMonth, Redemption, StockMove
from .spending import FeePurse, FeeSpend, LevySpend
from .steps import StepMatter, StepRecord, StepResult
from .stories import RoleStory, Tip
from .ventures import Venture
from .yields import DeclaredIncome, PlotYield

__all__ = [
    "AgendaItem", "AppraisalRound", "BodySeat", "BranchActivity", "BranchDay", "BranchDecision", "BranchDuty", "BranchReview", "BranchRoll", "Bylaw", "BylawClause",
    "BylawSpell", "BylawVersion", "CallSignature", "Candidate", "CleanUp", "CleanUpSection", "CollectiveDeal", "CraftBooking", "Craftsman", "DealDue", "DeclaredIncome",
    "DividendRun", "DividendShare", "DutyHolding", "Feast", "FeastCap", "FeeCharge", "FeeClause", "FeePayment", "FeePurse", "FeeRule", "FeeRun", "FeeSpend", "FeeWaiver",
    "Filing", "FormerItem", "Good", "GoverningBody", "GradeSetAside", "Levy", "LevyLabour", "LevyPayment", "LevyRelief", "LevyShare", "LevySpend", "MediationAgreement", "MediationCase", "MediationHome",
    "MediationParty", "MediationRecord", "MediationTerm", "Meeting", "MeetingCall", "MeetingSeat", "MentorPair", "MoneyAccount", "MoneyLine", "MoneyVoucher", "Objection",
    "PartyMember", "PlanAspect", "PlanSketch", "PlanWork", "PlanZone", "Pledge", "PlotYield", "PointAccount", "PointAppeal", "PointClaim", "PointEntry", "PointItem",
    "PointLapse", "PointLine", "PointMonth", "PointObjection", "PointScheme", "Poll", "PollClass", "PollCounter", "PollHeap", "PollHome", "Problem", "Proposal", "PublicNotice",
    "RecruitMentor", "RecruitStep", "RedEntry", "Redemption", "ReviewedMember", "RoleStory", "SealedBallot", "ShareHolding", "Shortcoming", "ShortcomingPhoto", "StepMatter",
    "StepRecord", "StepResult", "StockMove", "Stretch", "StretchCheck", "StretchKeeper", "StrictNotice", "StrictObjection", "Tip", "Venture", "VillageAsset", "VillagePlan",
    "WorkNote",
]  # fmt: skip
