"""What village self-governance keeps."""

from .bodies import BodySeat, GoverningBody
from .deciding import Filing, Objection, PublicNotice
from .dividends import DividendRun, DividendShare, ShareHolding
from .meetings import AgendaItem, Meeting, MeetingSeat
from .money import CollectiveDeal, DealDue, MoneyAccount, MoneyLine, MoneyVoucher
from .planning import PlanAspect, PlanWork, PlanZone, VillageAsset, VillagePlan, WorkNote
from .points import PointAccount, PointClaim, PointEntry, PointItem, PointLine, PointObjection, PointScheme
from .polls import Poll, PollClass, PollHeap, PollHome, SealedBallot
from .shop import Good, PointMonth, Redemption, StockMove
from .yields import DeclaredIncome, PlotYield

__all__ = [
    "AgendaItem", "BodySeat", "CollectiveDeal", "DealDue", "DeclaredIncome", "DividendRun", "DividendShare", "Filing", "Good", "GoverningBody", "Meeting", "MeetingSeat", "MoneyAccount", "MoneyLine", "MoneyVoucher", "Objection", "PlanAspect", "PlanWork", "PlanZone", "PlotYield", "PointAccount", "PointClaim", "PointEntry", "PointItem", "PointLine", "PointMonth",
    "PointObjection", "PointScheme", "Poll", "PollClass", "PollHeap", "PollHome", "PublicNotice", "Redemption", "SealedBallot", "ShareHolding", "StockMove", "VillageAsset", "VillagePlan", "WorkNote",
]  # fmt: skip
