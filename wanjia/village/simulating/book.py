"""What the second book of a village keeps: plain numbers and days, reckoned from what was acknowledged."""

from dataclasses import dataclass, field
from datetime import date

NEEDED = {"council": lambda due, there: 2 * there > due, "representatives": lambda due, there: 3 * there >= 2 * due, "collective": lambda due, there: 3 * there >= 2 * due}
CARRIED = {
    "council": lambda _due, there, votes: 2 * votes > there, "representatives": lambda _due, there, votes: 2 * votes > there,
    "collective": lambda due, _there, votes: 3 * votes >= 2 * due,
}  # fmt: skip
PASSED = ("item_passed", "item_amended")


@dataclass
class Held:
    """A meeting. due, there: how many could come and came; wrote: the accounts that kept or closed it, or wrote down what it decided; signed: by a second hand, or on paper."""

    kind: str
    day: date
    state: str = "meeting_called"
    due: int | None = None
    there: int = 0
    signed: bool = False
    wrote: list = field(default_factory=list)

    @property
    def enough(self):
        """Whether so many came that it may decide."""
        return NEEDED[self.kind](self.due, self.there) and self.there > 0

    def carries(self, votes):
        """Whether so many votes pass something here."""
        return self.enough and CARRIED[self.kind](self.due, self.there, votes)


@dataclass
class Item:
    """What is put to a body. goes_on: what was put off, sent on or sent back is a new item."""

    kind: str
    matter: str = ""
    state: str = "item_proposed"
    held: object = None
    decided: date | None = None
    wrote: object = None
    goes_on: bool = False
    filing: object = None
    notice: object = None
    done: bool = False


@dataclass
class Filed:
    """A decision filed: its item, its year and number, the township's word."""

    item: object
    day: date
    number: tuple
    word: str = ""


@dataclass
class Posted:
    """A public notice. objections: {key: [told on, outcome]}."""

    item: object
    since: date
    until: date
    by: object
    gone: date | None = None
    objections: dict = field(default_factory=dict)

    @property
    def waits(self):
        """Whether an objection waits for its answer."""
        return any(not outcome for _day, outcome in self.objections.values())

    def is_up(self, day):
        """Whether it hangs on a day."""
        return self.gone is None and self.since <= day and (day <= self.until or self.waits)
