"""What the second book of care keeps. Days are dates; `to` is the first day no longer."""

from dataclasses import dataclass, field
from datetime import date

ALONE_DAYS = 365  # for how long a query of records counts, as the year's own people reckon


@dataclass
class Helper:
    """Somebody who helps. checks: [(on, until, clear, who recorded it)] in the order of recording."""

    pk: object
    unit: object
    name: str
    village: str
    capacity: int
    since: date
    left: date | None = None
    checks: list = field(default_factory=list)

    def last(self, day):
        """Return the last query of records up to `day`, or None."""
        return max(enumerate(one for one in self.checks if one[0] <= day), key=lambda one: (one[1][0], one[0]), default=(0, None))[1]

    def is_clear(self, day):
        """Whether he might be near children on `day`."""
        last = self.last(day)
        return self.since <= day and (self.left is None or day < self.left) and last is not None and last[2] and day < last[1]

    @property
    def barred_by(self):
        """Who recorded that he may not, None where the latest query says that he may, or there is none."""
        last = self.last(date.max)
        return last[3] if last is not None and not last[2] else None

    def is_barred(self, day):
        """Whether the last query says that he may not."""
        last = self.last(day)
        return last is not None and not last[2]


@dataclass
class Child:
    """A child. status: by which the register says that it is to have somebody; entitled: since the evening on which that was seen; school: where it is a pupil."""

    pk: object
    village: str
    name: str
    last4: str
    home: object
    school: str = ""
    status: object = None
    entitled: bool = False
    refused: set = field(default_factory=set)  # helpers whom it asked to be rid of
    pairs: list = field(default_factory=list)  # [Pair], the last one stands if it has no end

    @property
    def pair(self):
        """The pair that stands, or None."""
        return self.pairs[-1] if self.pairs and self.pairs[-1].to is None else None


@dataclass
class Pair:
    """Who accompanies a child since when."""

    helper: Helper
    since: date
    to: date | None = None
