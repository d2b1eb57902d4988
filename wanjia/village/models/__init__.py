"""What village self-governance keeps."""

from .bodies import BodySeat, GoverningBody
from .customs import Feast, FeastCap, Stretch, StretchCheck, StretchKeeper
from .deciding import Filing, Objection, PublicNotice
from .fees import FeeCharge, FeeClause, FeePayment, FeePurse, FeeRule, FeeRun, FeeSpend, FeeWaiver
from .meetings import AgendaItem, Meeting, MeetingSeat
from .points import PointAccount, PointClaim, PointEntry, PointItem, PointLine, PointObjection, PointScheme
from .polls import Poll, PollClass, PollHeap, PollHome, SealedBallot
from .shop import Good, PointMonth, Redemption, StockMove

__all__ = [
    "AgendaItem",
    "BodySeat",
    "Feast",
    "FeastCap",
    "FeeCharge",
    "FeeClause",
    "FeePayment",
    "FeePurse",
    "FeeRule",
    "FeeRun",
    "FeeSpend",
    "FeeWaiver",
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
    "PublicNotice",
    "Redemption",
    "SealedBallot",
    "StockMove",
    "Stretch",
    "StretchCheck",
    "StretchKeeper",
]  # fmt: skip
