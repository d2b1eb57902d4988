"""What village self-governance keeps."""

from .appraisal import AppraisalRound, RedEntry
from .bodies import BodySeat, GoverningBody
from .bylaws import Bylaw, BylawClause, BylawSpell, BylawVersion
from .deciding import Filing, Objection, PublicNotice
from .mediation import MediationCase, MediationHome, MediationParty, MediationRecord
from .mediation_agreements import MediationAgreement, MediationTerm
from .improving import Shortcoming, StrictNotice, StrictObjection
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
from .stories import RoleStory, Tip

    "AgendaItem", "AppraisalRound", "BodySeat", "Filing", "Good", "GoverningBody", "Meeting", "MeetingSeat", "Objection", "PointAccount", "PointClaim", "PointEntry", "PointItem",
    "PointLine", "PointMonth", "PointObjection", "PointScheme", "Poll", "PollClass", "PollHeap", "PollHome", "PublicNotice", "RedEntry", "Redemption", "RoleStory", "SealedBallot",
    "Shortcoming", "StockMove", "StrictNotice", "StrictObjection", "Tip",
]  # fmt: skip
