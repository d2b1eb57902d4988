"""Which edition of a dated rule is in force on a day: the one answer of every file of rules that comes in editions."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar


class Begun(Protocol):
    """An edition from its first day on."""

    @property
    def starts(self) -> date:
        """Its first day."""


class Dated(Begun, Protocol):
    """An edition: from its first day on, until the first day no longer (None: until further notice)."""

    @property
    def ends(self) -> date | None:
        """The first day on which it no longer holds."""


E = TypeVar("E", bound=Dated)
B = TypeVar("B", bound=Begun)


def held_on(editions: Sequence[E], on: date) -> E | None:
    """Return the latest of these, the oldest first, that is in force on a day, or None before the first and in a gap."""
    return next((one for one in reversed(editions) if one.starts <= on and (one.ends is None or on < one.ends)), None)


def begun_by(editions: Sequence[B], on: date) -> B:
    """Return the latest of these, the oldest first, that had begun on a day; before the first, the first: rules that have no gap."""
    return next((one for one in reversed(editions) if one.starts <= on), editions[0])
