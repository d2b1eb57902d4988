"""What a home pays for the bus and what the subsidy covers (半价乘车), in fen, so that every fen has an owner. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Owed:
    """One rider's month. full = home + subsidy, in fen."""

    rides: int
    full: int
    home: int
    subsidy: int


def owed(rides: Iterable[tuple[int, int]]) -> Owed:
    """Return what a month comes to. rides: (full fare in fen, the home's share in percent) of each time that the child rode.

    The home's part is rounded down to a whole fen once for the month, so half fare is never more than half.
    """
    rows = list(rides)
    full = sum(fare for fare, _share in rows)
    home = sum(fare * share for fare, share in rows) // 100
    return Owed(len(rows), full, home, full - home)


def total(months: Iterable[Owed]) -> Owed:
    """Return the sum of riders' months."""
    rows = list(months)
    return Owed(sum(one.rides for one in rows), sum(one.full for one in rows), sum(one.home for one in rows), sum(one.subsidy for one in rows))
