"""What apps bring of open promises (HANDOVERS), who leaves them and who takes them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Leaving:
    """Who leaves on a day: a person out of a unit, or the unit itself (person None). gone: the posts that end; left: those that the person keeps."""

    unit: Any
    person: Any
    day: date
    gone: tuple[Any, ...] = ()
    left: tuple[Any, ...] = ()
    moved: bool = False  # the unit goes on elsewhere


@dataclass(frozen=True)
class Taker:
    """Who takes over: a unit, and the person in it who answers from now on (None: nobody of it could)."""

    unit: Any
    person: Any


@dataclass(frozen=True)
class Family:
    """One kind of open promises.

    rows(Leaving) → the query set of what is held, asking nothing yet; place: the path to the code of the area that a row lies in; adrift(day) →
    {(id of the user or None, id of the unit)} of those whose owner is gone; take({key: Taker}, Leaving, why=, by=, at=): locks the rows in the
    order of their keys and hands them over; raises Refused where a taker cannot.
    """

    key: str
    words: Any
    rows: Callable[..., Any]
    place: str
    adrift: Callable[..., set[tuple[Any, Any]]]
    take: Callable[..., None]

    def held(self, leaving: Leaving) -> dict[Any, str]:
        """Return {key: code of the area it lies in} of what is held."""
        return dict(self.rows(leaving).values_list("pk", self.place))
