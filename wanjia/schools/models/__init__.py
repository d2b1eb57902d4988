"""What schools keep."""

from .buses import Attendant, Bus, BusDriver, BusLine, BusSeat, BusStop, Operator, Receiver, Rider
from .fares import BusFare, Settlement, SettlementRow
from .riding import BusSlip, BusSlipMiss, BusTrip, Ride
from .routes import Unserved
from .year import Bell, Gate, School, SchoolDay, Term

__all__ = [
    "Attendant", "Bell", "Bus", "BusDriver", "BusFare", "BusLine", "BusSeat", "BusSlip", "BusSlipMiss", "BusStop", "BusTrip", "Gate", "Operator", "Receiver", "Ride", "Rider",
    "School", "SchoolDay", "Settlement", "SettlementRow", "Term", "Unserved",
]  # fmt: skip
