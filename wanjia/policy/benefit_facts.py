"""What is known of somebody who may be owed something, as `benefits` reads it. What nobody said stays None or empty."""

from dataclasses import dataclass
from datetime import date, timedelta

from .child_facts import ChildFacts, Spell
from .special_groups import age_on
from .statuses import months_after, scheme

ADULT = 18


@dataclass(frozen=True)
class Paid:
    """A subsidy that was paid, under the words of whoever paid it, for a span of days."""

    words: str
    first: date
    last: date


@dataclass(frozen=True)
class Claimant:
    """One person, child or home, with everything the conditions ask. of: "person", "child" or "home".

    spells: statuses of the person, whatever their days; home: those of the home. away: absences for work, code the place. others_able:
    whether somebody else of the home can work; None: of somebody nobody said. child: the facts of a minor, or of a young grown-up
    as they were on the eve of the eighteenth birthday (`asked_on`). heads: how many live in the home.
    """

    of: str
    born_on: date | None = None
    has_hukou: bool | None = None
    labour: str = ""
    work: str = ""
    schooling: str = ""
    spells: tuple[Spell, ...] = ()
    home: tuple[Spell, ...] = ()
    away: tuple[Spell, ...] = ()
    paid: tuple[Paid, ...] = ()
    others_able: bool | None = None
    child: ChildFacts | None = None
    income_yuan: int | None = None
    income_year: int | None = None
    heads: int = 0

    def age(self, day: date) -> int | None:
        """Return full years, or None."""
        return None if self.born_on is None else age_on(self.born_on, day)


def asked_on(born_on: date | None, day: date) -> date:
    """Return the day on which a child's groups are asked: `day`, or the eve of the eighteenth birthday for who is grown up."""
    if born_on is None or age_on(born_on, day) < ADULT:
        return day
    return months_after(born_on, 12 * ADULT) - timedelta(days=1)


def held(spells: tuple[Spell, ...], key: str, day: date) -> Spell | None:
    """Return the spell "scheme:code" that is in force on `day`, by its own days and by its scheme's, or None."""
    kind, code = key.split(":")
    if not scheme(kind).in_force(code, day):
        return None
    return next((one for one in spells if (one.kind, one.code) == (kind, code) and one.on(day)), None)
