"""What the house itself found of a simulated year."""

from dataclasses import dataclass
from datetime import datetime

DAY_BROKE = "一天过不下去 / a day broke"


@dataclass
class Heard:
    """A story as it was told by whoever found it."""

    kind: str
    lines: list

    def told(self):
        """Return it as lines of text."""
        return self.lines


@dataclass
class Found:
    """One difference, told like a story."""

    kind: str
    what: str
    at: datetime

    def told(self):
        """Return it as lines of text."""
        return [f"{self.at:%Y-%m-%d} {self.kind}", f"  {self.what}"]
