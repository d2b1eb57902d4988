"""Which tries to reach somebody count: in the hours in which people are up, and each some hours after the one before. Pure.

Three tries within a minute, or two of them around midnight, are one try. Source: the county's rule of 回访未果 (on two days at least, at different hours).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any


@dataclass(frozen=True)
class Trying:
    """How often, on how many days, how many hours apart; from which hour of the day until which a try counts."""

    tries: int
    days: int
    apart: int
    first: int
    last: int

    def counted(self, moments: Iterable[datetime]) -> list[datetime]:
        """Return those that count, in their order. moments: by the clock on the wall where somebody was sought."""
        found: list[datetime] = []
        for one in sorted(moments):
            if self.first <= one.hour < self.last and (not found or one - found[-1] >= timedelta(hours=self.apart)):
                found.append(one)
        return found

    def enough(self, moments: Iterable[datetime]) -> bool:
        """Tell whether that is enough: so many that count, on so many days, not always at the same hour."""
        found = self.counted(moments)
        return len(found) >= self.tries and len({one.date() for one in found}) >= self.days and len({one.hour for one in found}) >= 2


def trying(row: dict[str, Any]) -> Trying:
    """Return the rule of a table: tries, days, apart_hours, from_hour, to_hour."""
    return Trying(row["tries"], row["days"], row["apart_hours"], row["from_hour"], row["to_hour"])
