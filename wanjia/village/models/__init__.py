"""What village self-governance keeps."""

from .bodies import BodySeat, GoverningBody
from .bylaws import Bylaw, BylawClause, BylawSpell, BylawVersion
from .deciding import Filing, Objection, PublicNotice
from .mediation import MediationCase, MediationHome, MediationParty, MediationRecord
from .mediation_agreements import MediationAgreement, MediationTerm
from .meetings import AgendaItem, Meeting, MeetingSeat
from .points import PointAccount, PointClaim, PointEntry, PointItem, PointLine, PointObjection, PointScheme
from .polls import Poll, PollClass, PollHeap, PollHome, SealedBallot
from .proposing import Problem, Proposal
from .shop import Good, PointMonth, Redemption, StockMove
from .steps import StepMatter, StepRecord, StepResult

__all__ = [
    "AgendaItem", "BodySeat", "Filing", "Good", "GoverningBody", "Meeting", "MeetingSeat", "Objection", "PointAccount", "PointClaim", "PointEntry", "PointItem", "PointLine", "PointMonth",
    "Bylaw", "BylawClause", "BylawSpell", "BylawVersion", "Problem", "Proposal", "StepMatter", "StepRecord", "StepResult",
    "PointObjection", "PointScheme", "Poll", "PollClass", "PollHeap", "PollHome", "PublicNotice", "Redemption", "SealedBallot", "StockMove",
    "AgendaItem", "BodySeat", "Filing", "Good", "GoverningBody", "MediationAgreement", "MediationCase", "MediationHome", "MediationParty", "MediationRecord", "MediationTerm", "Meeting",
    "MeetingSeat", "Objection", "PointAccount", "PointClaim", "PointEntry", "PointItem", "PointLine", "PointMonth", "PointObjection", "PointScheme", "Poll", "PollClass", "PollHeap", "PollHome",
    "PublicNotice", "Redemption", "SealedBallot", "StockMove",
]  # fmt: skip
