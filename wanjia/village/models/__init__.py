"""What village self-governance keeps."""

from .bodies import GoverningBody
from .points import PointAccount, PointClaim, PointEntry, PointItem, PointLine, PointObjection, PointScheme
from .shop import Good, PointMonth, Redemption, StockMove

__all__ = ["Good", "GoverningBody", "PointAccount", "PointClaim", "PointEntry", "PointItem", "PointLine", "PointMonth", "PointObjection", "PointScheme", "Redemption", "StockMove"]
