"""What village self-governance keeps."""

from .bodies import BodySeat, GoverningBody
from .branch import BranchActivity, BranchDay, BranchDecision, BranchRoll, PartyMember
from .branch_duties import BranchDuty, DutyHolding, Pledge
from .cleanups import CleanUp, CleanUpSection
from .deciding import Filing, Objection, PublicNotice
from .meetings import AgendaItem, Meeting, MeetingSeat
from .points import PointAccount, PointClaim, PointEntry, PointItem, PointLine, PointObjection, PointScheme
from .polls import Poll, PollClass, PollHeap, PollHome, SealedBallot
from .recruiting import Candidate, RecruitMentor, RecruitStep
from .shop import Good, PointMonth, Redemption, StockMove

__all__ = [
    "AgendaItem", "BodySeat", "BranchActivity", "BranchDay", "BranchDecision", "BranchDuty", "BranchRoll", "Candidate", "CleanUp", "CleanUpSection", "DutyHolding", "Filing", "Good",
    "GoverningBody", "Meeting", "MeetingSeat", "Objection", "PartyMember", "Pledge", "PointAccount", "PointClaim", "PointEntry", "PointItem", "PointLine", "PointMonth",
    "PointObjection", "PointScheme", "Poll", "PollClass", "PollHeap", "PollHome", "PublicNotice", "RecruitMentor", "RecruitStep", "Redemption", "SealedBallot", "StockMove",
]  # fmt: skip
