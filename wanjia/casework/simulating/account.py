"""One need as it must be: what the second book knows of it."""

from dataclasses import dataclass, field
from datetime import date, datetime

ENDED = ("closed", "declined", "withdrawn")


@dataclass
class Line:
    """One acknowledged line of a need: which act, when, who in whose name, what was said of it."""

    act: str
    at: datetime
    by: str
    unit: str
    says: str = ""


@dataclass
class Part:
    """What a helping unit is asked to do (a sub-task): whose it is, since when, by which day, how it stands."""

    pk: object
    unit: object
    asked_on: date
    due_on: date
    agreed: bool = False  # written down at a consultation
    bound: bool = False  # and the helper said so itself: it is not sent back
    calls: bool = False
    state: str = "asked"
    returns: int = 0
    late: bool = False
    urged_on: date | None = None
    words: str = ""  # what is asked, sign by sign

    def expected(self):
        """Return {column: what must stand there}."""
        return {"unit_id": self.unit, "state": self.state, "due_on": self.due_on, "returns": self.returns, "late": self.late, "agreed_id": self.agreed}


@dataclass
class Mark:
    """One step of a plan. row: the ledger's own, by which an act names it; of: the report that it belongs to."""

    row: object
    due_on: date
    of: datetime
    done_on: date | None = None


@dataclass
class Account:
    """One need as it must be."""

    pk: object
    number: str
    village: str
    home: object
    category: str
    child: bool
    recorded_on: date
    state: str = "registered"
    holder: object = None
    given_by: object = None
    handler: object = None
    reasonable: str = ""
    urgency: str = ""
    difficulty: str = ""
    outcome: str = ""
    confirmed: str = ""
    confirmed_by: str = ""
    callback_failed: bool = False
    due_on: date = None
    days: int | None = None  # working days by which the date is counted; None: a day chosen by hand
    graded_on: date | None = None
    first_due_on: date | None = None
    provisional: bool = False
    late_since: date | None = None
    step: str = ""
    step_from: date | None = None
    step_due_on: date | None = None
    stops: list = field(default_factory=list)
    stopped_from: date | None = None
    extended_from: date | None = None
    asked: str = ""
    asked_until: date | None = None
    asked_in: int | None = None
    told: bool = True
    papers_stopped: bool = False
    planned_on: date | None = None
    returns: int = 0
    reopenings: int = 0
    withdrawal: bool = False
    drawn: bool | None = None
    done_at: datetime | None = None
    ended_at: datetime | None = None
    missed: list = field(default_factory=list)
    heard: str = ""  # what a callback of this round heard last
    rechecked: bool = False
    look_by: date | None = None  # it stands on the list of rechecks, to be looked at by this day
    contradicted_on: date | None = None
    matter: object = None
    related: object = None
    again: str = ""  # whether somebody said that it is what was struck off before
    follows: object = None
    by_slip: bool = False  # voiced from away
    slip: str = ""  # whose slip the home holds: "", "handler" or "caller"
    slip_word: str = ""
    raised: str = ""  # the tier from which it was raised, until somebody to whom the desk above handed it has signed
    arbitrated: bool = False  # its unit was named by a session after a second return
    handed_on: date | None = None
    given_on: date | None = None  # handed over or reopened: from here the day for sending back is counted
    contested: bool = False  # its holder asks a session whose it is
    parts: dict = field(default_factory=dict)  # {sub-task: Part}
    said_no: set = field(default_factory=set)  # (unit, words): who sent which part back since a session last decided
    consulted: int = 0
    marks: list = field(default_factory=list)
    urged_on: date | None = None
    part: set = field(default_factory=set)
    lines: list = field(default_factory=list)
    dates: set = field(default_factory=set)  # days on which something happened: compared that evening
    pace: float = 1.0
    wish: object = None  # what it is about (a voice)
    spoilt: bool = False  # a violation was told of it: it is left alone from then on

    def expected(self):
        """Return {column of the ledger: what must stand there}."""
        same = ("state", "reasonable", "outcome", "confirmed", "confirmed_by", "callback_failed", "due_on", "first_due_on", "late_since", "step_due_on",
                "extended_from", "returns", "reopenings", "urgency", "difficulty", "planned_on", "contradicted_on", "again")  # fmt: skip
        return {name: getattr(self, name) for name in same} | {
            "holder_id": self.holder, "handler_id": self.handler, "step_clock": self.step, "runs_on": self.stops[-1][1] if self.stops else None,
            "asked_for": self.asked, "withdrawal_asked_at": self.withdrawal, "contested_at": self.contested, "version": len(self.lines), "due_days": self.days, "raised_from": self.raised,
            "matter_id": self.matter, "related_id": self.related, "follows_id": self.follows, "recheck_due_on": self.look_by,
        }  # fmt: skip

    @property
    def is_open(self):
        return self.state not in ENDED

    def is_stopped(self, day):
        """Tell whether its clock stands still on a day."""
        return bool(self.stops) and self.stops[-1][0] <= day < self.stops[-1][1]

    @property
    def still(self):
        """The parts that the lead waits for: asked, taken on, or sent back and not decided on."""
        return [part for part in self.parts.values() if part.state in ("asked", "taken", "sent_back")]

    @property
    def plan(self):
        """The steps of the plan that was reported last."""
        return [mark for mark in self.marks if mark.of == self.done_at]

    @property
    def is_planned(self):
        """Whether it stands on the planned list."""
        return self.outcome == "planned" and self.state in ("done_reported", "verified")

    @property
    def is_drawn(self):
        return self.child or bool(self.drawn)


class Accounts:
    """The accounts of a book, in the order in which they were begun."""

    def __init__(self):
        self.of, self._open = {}, None

    def __iter__(self):
        return iter(self.of.values())

    def add(self, one):
        """Take in a new account."""
        self.of[one.pk] = one
        if self._open is not None:
            self._open.append(one)

    def open(self):
        """Every account that is open, and some that ended today, in the order of the book: most of a year's needs have long ended."""
        if self._open is None:
            self._open = [one for one in self if one.is_open]
        return self._open

    def turn_over(self):
        """A new page for the next day."""
        self._open = None
        for one in self:
            one.dates.clear()

    def reopened(self, one):
        """An account that has ended may be open again."""
        if one.state in ENDED:
            self._open = None
