"""Lessons and drills of riding: of the school while its children ride, each once a term; one written down by mistake is owed again.

What the book calls unlawful (one in the holidays, the same twice on one day) is tried and must be refused.
"""

from datetime import timedelta

from wanjia.orgs.roles import Role

from ..drills import queries as drills
from ..models import BusDrill
from .buses import Buses

KINDS = ("bus_lesson", "bus_drill")
DUE, WARNED = 45, 10  # days after the term began; days before that from which on what is missing is told


class Drills:
    """What was held. held: {key: [name of the term, kind, day, taken back]}."""

    def __init__(self, schools):
        self.schools, self.dice, self.held = schools, schools.dice_of("drills"), {}

    def _rides(self):
        return any(one.rider for one in self.schools.part(Buses).children)

    def live(self, day):
        """Hold one now and then, take one back; try one in the holidays."""
        if self.dice.random() > 0.03:
            return
        told = {"school_id": self.schools.school.pk, "kind": self.dice.choice(KINDS), "day": day, "came": 60, "words": "从安全门撤离,系安全带"}
        term = self.schools.term(day)
        if term is None:
            self.schools.tempt("tell_drill", **told)
        elif made := self.schools.do("tell_drill", self.dice.choice((Role.SCHOOLS_OFFICER, Role.HEADMASTER)), **told):
            self.held[made.pk] = row = [term[0], told["kind"], day, False]
            self.schools.tempt("tell_drill", **told)
            if self.dice.random() < 0.25:
                row[3] = bool(self.schools.do("take_back_drill", bus_drill_id=made.pk, reason="登记错了"))

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """Hold what was held against the book, and what the officer is told is missing."""
        found = {pk: [*row, back is not None] for pk, *row, back in BusDrill.objects.values_list("pk", "term__name", "kind", "day", "taken_back_at")}
        self.schools.same("乘车安全教育和应有的不一样 / a drill of riding differs", found, self.held)
        by = self.schools.hand(Role.SCHOOLS_OFFICER)
        if by and (n := drills.alarmed(by, day)) != (should := self._missing(day)):
            self.schools.violate("没做的乘车安全教育没有提醒 / a drill that is missing is not told", f"{n},应当是 {should}")

    def _missing(self, day):
        term = self.schools.term(day)
        if term is None or not self._rides() or day < term[1] + timedelta(days=DUE - WARNED):
            return 0
        return len(set(KINDS) - {kind for name, kind, _day, back in self.held.values() if name == term[0] and not back})
