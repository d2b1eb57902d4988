"""What village self-governance keeps."""

from .bodies import BodySeat, GoverningBody
from .bylaws import Bylaw, BylawClause, BylawSpell, BylawVersion
from .deciding import Filing, Objection, PublicNotice
from .meetings import AgendaItem, Meeting, MeetingSeat
from .points import PointAccount, PointClaim, PointEntry, PointItem, PointLine, PointObjection, PointScheme
from .polls import Poll, PollClass, PollHeap, PollHome, SealedBallot
from .proposing import Problem, Proposal
from .shop import Good, PointMonth, Redemption, StockMove
from .steps import StepMatter, StepRecord, StepResult

__all__ = [
    "AgendaItem",
    "BodySeat",
    "Bylaw",
    "BylawClause",
    "BylawSpell",
    "BylawVersion",
    "Filing",
    "Good",
    "GoverningBody",
    "Meeting",
    "MeetingSeat",
    "Objection",
    "PointAccount",
    "PointClaim",
    "PointEntry",
    "PointItem",
    "PointLine",
    "PointMonth",
    "PointObjection",
    "PointScheme",
    "Poll",
    "PollClass",
    "PollHeap",
    "PollHome",
    "Problem",
    "Proposal",
    "PublicNotice",
    "Redemption",
    "SealedBallot",
    "StepMatter",
    "StepRecord",
    "StepResult",
    "StockMove",
]  # fmt: skip
