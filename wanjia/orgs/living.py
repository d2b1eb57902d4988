"""What the second books of `wanjia simulate` share: an act that the book calls lawful goes through, one that it calls unlawful does not; what differs is told like a story."""

from dataclasses import dataclass
from datetime import datetime

from wanjia.kernel.calendar import today
from wanjia.kernel.command import COMMANDS
from wanjia.verdict import Refused

LAWFUL, UNLAWFUL, BROKE = "一件该准的事没有准 / a lawful act was refused", "一件不该准的事准了 / an unlawful act went through", "一件事做不下去 / an act broke"


@dataclass(frozen=True)
class Differs:
    """One violation."""

    kind: str
    what: str
    at: datetime

    def told(self):
        """Return it as lines of text."""
        return [f"{self.at:%Y-%m-%d} {self.kind}", f"  {self.what}"]


class Lived:
    """Acts of a simulated year. year: the year in hand, with its clock."""

    def __init__(self, year):
        self.year, self.acts, self.refusals = year, 0, 0

    @property
    def today(self):
        """The day of the year's clock."""
        return today(self.year.clock.moment)

    def tick(self):
        """Move the clock on by an act."""
        return self.year.clock.tick()

    def ask(self, name, by, /, *, lawful=True, given=None, **what):
        """Do a command by its whole name; return its answer, or True; None where nobody is there to do it, or it was refused. given: words of it that are called like ours."""
        if by is None:
            return None
        try:
            answer = COMMANDS[name](by=by, at=self.tick(), **what, **(given or {}))
        except Refused as refusal:
            self.refusals += 1
            if lawful:
                self.violate(LAWFUL, f"{name}: {refusal.reason}")
            return None
        except Exception as fault:
            self.violate(BROKE, f"{name}: {type(fault).__name__}: {fault}")
            return None
        self.acts += 1
        if not lawful:
            self.violate(UNLAWFUL, f"{name} {what}")
        return answer or True

    def same(self, kind, found, should):
        """Hold {key: row} against the book's; each key that differs is a violation."""
        for key in found.keys() | should.keys():
            if found.get(key) != should.get(key):
                self.violate(kind, f"{key}:{found.get(key)},应当是 {should.get(key)}")

    def violate(self, kind, what):
        """Keep a violation."""
        self.year.violated(Differs(kind, what, self.year.clock.moment))

    def know(self, _known):
        """Nothing is learnt from who judged beside."""

    def turn_over(self):
        """Nothing is kept for a day alone."""
