"""What schools keep."""

from .buses import Attendant, Bus, BusDriver, BusLine, BusSeat, BusStop, Operator, Receiver, Rider
from .riding import BusSlip, BusSlipMiss, BusTrip, Ride
from .year import Bell, Gate, School, SchoolDay, Term

__all__ = [
    "Attendant", "Bell", "Bus", "BusDriver", "BusLine", "BusSeat", "BusSlip", "BusSlipMiss", "BusStop", "BusTrip", "Gate", "Operator", "Receiver", "Ride", "Rider",
    "School", "SchoolDay", "Term",
]  # fmt: skip
