"""What the second books of `wanjia simulate` share: an act that the book calls lawful goes through, one that it calls unlawful does not; what differs is told like a story."""

import random
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


class InParts(Lived):
    """A year that several parts live, each with a book of its own: live(day), night(day), judge(day, whole=)."""

    def __init__(self, year):
        super().__init__(year)
        self.parts, self.swept = [], True

    def part(self, kind):
        """Return the part of a kind, which began before: what one part lives, another reads in its book."""
        return next(one for one in self.parts if type(one) is kind)

    def dice_of(self, name):
        """Return dice of a part's own: what else is lived falls as it fell without."""
        return random.Random(f"{name} {self.year.seed} {self.year.code}")

    def manned(self):
        """Tell whether somebody holds the posts without which no part can live."""
        return True

    def live(self, day, *, off):
        """Let each part live the day; nobody works while the machine is off."""
        self.swept = not off
        for part in self.parts if not off and self.manned() else ():
            part.live(day)

    def night(self, day):
        """What the evening's round has seen is known from now on."""
        for part in self.parts if self.swept else ():
            part.night(day)

    def judge(self, day, *, whole):
        """Hold rows and, on whole evenings, figures against the book."""
        for part in self.parts:
            part.judge(day, whole=whole)
