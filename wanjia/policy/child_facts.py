"""What is known of a child and its parents, as `special_groups` reads it. What nobody said stays None."""

from dataclasses import dataclass
from datetime import date

LINES = {"father": ("父亲", "father"), "mother": ("母亲", "mother")}


@dataclass(frozen=True)
class Spell:
    """Something true of somebody from a day (None: not known since when) until before another (None: still true).

    code: a status code of scheme `kind`; grade for disabilities; paper: whether a document proves it.
    """

    kind: str
    code: str
    from_on: date | None = None
    to_on: date | None = None
    grade: str = ""
    paper: bool = False

    def on(self, day: date) -> bool:
        """Tell whether it holds on `day`."""
        return (self.from_on is None or self.from_on <= day) and (self.to_on is None or day < self.to_on)


@dataclass(frozen=True)
class ParentFacts:
    """What is known of one parent. spells: statuses; away: absences for work (kind "away", code the place).

    known: the parent is in the register; named: only a name was given. home_on: the last day on which somebody said that the
    parent is at home, or came back; None: nobody ever did, and being registered says nothing of where somebody is.
    presumed: nobody said who the parent is; it follows from the relations to the head, and each reason says so.
    """

    line: str
    known: bool = False
    spells: tuple[Spell, ...] = ()
    away: tuple[Spell, ...] = ()
    presumed: bool = False
    named: bool = False
    home_on: date | None = None

    def at_home(self, day: date) -> bool | None:
        """Tell whether the parent is at home on `day`: True, False (away for work), None (nobody said)."""
        if absence(self, day):
            return False
        return True if self.home_on and self.home_on <= day else None

    @property
    def zh(self) -> str:
        """The parent in Chinese words."""
        return LINES[self.line][0] + ("(按与户主的关系推定)" if self.presumed else "")

    @property
    def en(self) -> str:
        """The parent in English words."""
        return LINES[self.line][1] + (" (presumed from the relation to the head)" if self.presumed else "")


@dataclass(frozen=True)
class ChildFacts:
    """What is known of a child. schooling: a code of the register's Schooling; home: statuses of the home.

    rural_presumed: the kind of registration was not asked; the home lies under a villagers' committee. at_home: whether the child is
    at the home place; None: nobody said, which takes no child off a list and is said with each reason.
    """

    born_on: date | None
    has_hukou: bool | None = None
    rural: bool | None = None
    rural_presumed: bool = False
    schooling: str = ""
    at_home: bool | None = None
    spells: tuple[Spell, ...] = ()
    home: tuple[Spell, ...] = ()
    father: ParentFacts = ParentFacts("father")
    mother: ParentFacts = ParentFacts("mother")

    @property
    def parents(self) -> tuple[ParentFacts, ParentFacts]:
        """Both parents."""
        return self.father, self.mother


def absence(parent: ParentFacts, day: date) -> Spell | None:
    """Return the parent's absence for work on `day`, or None."""
    return next((spell for spell in parent.away if spell.on(day)), None)
