"""What becomes of what was voiced in a visit: an app above brings it (AFTER_VISITS), the register knows no ledger."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class After:
    """What an app does once a visit is recorded, or once more was voiced at the same door.

    take(visit, by=, at=): make its rows, in the same transaction; what it refuses waits, and the visit stands all the same.
    page(request, visit) → the answer to the act, its page at the door; None for whoever has none.
    """

    take: Callable
    page: Callable
