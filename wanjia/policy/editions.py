"""Which edition of a dated rule is in force on a day: the one answer of every file of rules that comes in editions."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar


class Dated(Protocol):
    """An edition: from its first day on, until the first day no longer (None: until further notice)."""

    @property
    def starts(self) -> date:
        """Its first day."""

    @property
    def ends(self) -> date | None:
        """The first day on which it no longer holds."""


E = TypeVar("E", bound=Dated)


def held_on(editions: Sequence[E], on: date) -> E | None:
    """Return the latest of these, the oldest first, that is in force on a day, or None before the first and in a gap."""
    return next((one for one in reversed(editions) if one.starts <= on and (one.ends is None or on < one.ends)), None)
