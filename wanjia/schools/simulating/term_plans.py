"""The plan of a term's lessons: what the school is still owed is worked by the engine, put in force, changed by hand, and held.

What the book calls unlawful (a plan of a term in which nothing is owed, a lesson held before its day or twice, one moved to a day without school) is tried and must be refused.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from unittest.mock import patch

from wanjia.orgs.roles import Role

from ..lecturing import drawing
from ..models import LawLesson, PlannedLesson
from .lessons import CLOSE_DAYS, Lesson, Lessons
from .year import RUN

A_TERM, MOST = 2, 8  # lessons that a plan gives the school; lessons that a lecturer gives in a term


@dataclass
class Planned:
    """A lesson of the plan that stands. day: None where nobody comes; held: the key of the lesson it became."""

    term: str
    topic: str
    day: date | None
    held: object = None


class TermPlans:
    """The plan of each term. rows: {key: Planned} of the versions that stand."""

    def __init__(self, schools):
        self.schools, self.dice, self.rows = schools, schools.dice_of("term plans"), {}
        self.book = schools.part(Lessons)

    def live(self, day):
        """Draw a term, hold what is due, move something."""
        term = self.schools.term(day)
        if not self.book.lecturer or term is None or term[0] in self.book.closed:
            return
        if self.dice.random() < 0.05:
            self._draws(day, term)
        for pk, one in self.rows.items():
            if one.held is None and one.day and one.term == term[0]:
                self._goes_on(pk, one, day)

    def _given(self, term):
        """How many lessons that count the school had in a term, and how many of them its lecturer gave."""
        there = [one for one in self.book.lessons.values() if one.term == term and not one.back]
        return len(there), sum(one.ours for one in there)

    def _draws(self, day, term):
        since, (n, ours) = day + timedelta(days=1), self._given(term[0])
        asked = {"term_id": self.book._row(term[0]).pk, "since": since}
        self.schools.tempt("draw_lessons", Role.HEADMASTER, **asked)
        if since >= term[2]:
            self.schools.tempt("draw_lessons", **asked)
            return
        cleared = self.book.asked is not None and since < self.book.asked + timedelta(days=365)
        able = cleared and ours < MOST and n < A_TERM
        if made := self._works(asked, lawful=able):
            self._kept(made, term, since, A_TERM - n)

    def _works(self, asked, *, lawful):
        """Have it worked, within this process, and put it in force; return the version. One that nobody is owed is refused by its own reason."""
        from wanjia.solving.runs import commands as runs
        from wanjia.solving.runs import process

        with patch.object(runs, "start_process", lambda *_words: None), patch.object(drawing, "time", SimpleNamespace(perf_counter=lambda: 0.0)):
            plan = self.schools.do("draw_lessons", **asked)
            if not plan:
                return None
            plan = process.run(plan, at=self.schools.tick())
        if (plan.state == "ready") != lawful:
            self.schools.violate("学期计划算得和应有的不一样 / a term's plan came, or did not, against the book", f"{plan.state} {plan.fault}")
        return plan if plan.state == "ready" and self.schools.do("activate_plan", app="solving", plan_id=plan.pk) else None

    def _kept(self, plan, term, since, owed):
        """Take the version into the book; each lesson on a day of school before the closing, no topic twice, no day twice."""
        self.rows = {pk: one for pk, one in self.rows.items() if one.term != term[0]}
        found = {row.pk: Planned(term[0], row.topic, row.day) for row in PlannedLesson.objects.filter(plan=plan)}
        days, topics = [one.day for one in found.values() if one.day], [one.topic for one in found.values()]
        last = max(since, term[2] - timedelta(days=CLOSE_DAYS))
        fits = all(since <= on < last and self.schools.at_school(on) and on not in RUN for on in days)
        free = [on for on in (since + timedelta(days=n) for n in range((last - since).days)) if self.schools.at_school(on) and on not in RUN]
        if len(found) != owed or not fits or len(set(days)) != len(days) or len(set(topics)) != len(topics) or len(days) < min(owed, len(free)):
            self.schools.violate("学期计划和应有的不一样 / a term's plan is not of what is owed", f"{term[0]}:{sorted(map(str, days))} {topics},应当排 {owed} 课")
        self.rows |= found

    def _goes_on(self, pk, one, day):
        told = {"planned_lesson_id": pk, "grades": [5, 6], "heard": 70, "way": "phone", "hours": 1}
        if one.day > day:
            if self.dice.random() < 0.02:
                self.schools.tempt("hold_planned", Role.HEADMASTER, day=day, **told)
                self._moves(pk, one, day)
        elif self.dice.random() < 0.5 and (made := self.schools.do("hold_planned", Role.HEADMASTER, day=one.day, **told)):
            one.held = made.pk
            self.book.lessons[made.pk] = Lesson(one.day, one.term, 1, self.book.served(one.day), ours=True)
            self.schools.tempt("hold_planned", Role.HEADMASTER, day=one.day, **told)

    def _moves(self, pk, one, day):
        on = one.day + timedelta(days=self.dice.randrange(1, 5))
        taken = any(other.day == on for key, other in self.rows.items() if key != pk)
        within = (term := self.schools.term(on)) and term[0] == one.term
        fits = within and self.schools.at_school(on) and on not in RUN and on < self.book.asked + timedelta(days=365)
        what = {"planned_lesson_id": pk, "day": on, "lecturer": self.book.lecturer, "topic": one.topic}
        if not fits:
            self.schools.tempt("move_planned", **what)
        elif not taken and self.schools.do("move_planned", **what):
            one.day = on

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """Hold the plan that stands against the book, and that what was held of it is a lesson once."""
        if not whole:
            return
        rows = PlannedLesson.objects.filter(plan__standing__isnull=False).values_list("pk", "topic", "day", "lesson")
        self.schools.same("学期计划和应有的不一样 / a planned lesson differs", {pk: row for pk, *row in rows}, {pk: [one.topic, one.day, one.held] for pk, one in self.rows.items()})
        kept = LawLesson.objects.filter(pk__in=[one.held for one in self.rows.values() if one.held], taken_back_at=None).count()
        if kept != (should := sum(one.held is not None for one in self.rows.values())):
            self.schools.violate("上过的计划课和法治课对不上 / what was held of the plan is no lesson", f"{kept},应当是 {should}")
