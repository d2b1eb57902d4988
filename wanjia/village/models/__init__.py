"""What village self-governance keeps."""

from .appraisal import AppraisalRound, RedEntry
from .bodies import BodySeat, GoverningBody
from .deciding import Filing, Objection, PublicNotice
from .improving import Shortcoming, StrictNotice, StrictObjection
from .meetings import AgendaItem, Meeting, MeetingSeat
from .points import PointAccount, PointClaim, PointEntry, PointItem, PointLine, PointObjection, PointScheme
from .polls import Poll, PollClass, PollHeap, PollHome, SealedBallot
from .shop import Good, PointMonth, Redemption, StockMove
from .stories import RoleStory, Tip

__all__ = [
    "AgendaItem", "AppraisalRound", "BodySeat", "Filing", "Good", "GoverningBody", "Meeting", "MeetingSeat", "Objection", "PointAccount", "PointClaim", "PointEntry", "PointItem",
    "PointLine", "PointMonth", "PointObjection", "PointScheme", "Poll", "PollClass", "PollHeap", "PollHome", "PublicNotice", "RedEntry", "Redemption", "RoleStory", "SealedBallot",
    "Shortcoming", "StockMove", "StrictNotice", "StrictObjection", "Tip",
]  # fmt: skip
