"""Law in the year's school: a lecturer of the police, his records, his terms of office, lessons held or why not, terms that are closed.

What the book calls unlawful (an appointment without a query of records, a reason beside a lesson, a term closed while its school is silent) is tried and must be refused.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from wanjia.orgs.models import Line, Organisation
from wanjia.orgs.roles import Role

from ..figures.plans import SCHOOLS
from ..models import LawLesson, LessonClosing, LessonReason, Term
from .year import TERMS

TOPICS = ("traffic", "drowning", "bullying", "fraud")
OWED = 4  # class hours that a school is owed in a year
QUERY_DAYS, CLOSE_DAYS = 365, 14


@dataclass
class Lesson:
    """A lesson that counts. own: given by the school's own vice-principal; ours: by the lecturer of the book, in office there or not."""

    day: date
    term: str
    hours: int
    own: bool
    back: bool = False
    ours: bool = False


class Lessons:
    """One lecturer and one school. office: [(first day, first day no longer)] of his terms; reasons, closed: names of terms."""

    def __init__(self, schools):
        self.schools, self.dice, self.lecturer, self.asked = schools, schools.dice, None, None
        self.office, self.lessons, self.reasons, self.closed = [], {}, set(), set()
        unit = Organisation.objects.filter(area=schools.county, to_on=None, line=Line.POLICE).order_by("name").first()
        made = unit and schools.do("enter_lecturer", name="普法民警", unit=unit, organ="police", legal_since=date(2015, 1, 1), from_on=schools.today)
        self.lecturer = made or None

    def live(self, day):
        """Ask about his records, appoint him, hold a lesson, write a reason, close a term."""
        if self.lecturer is None:
            return
        if self.asked is None or day - self.asked > timedelta(days=300):
            if self.asked is None:
                self.schools.tempt("appoint_vice", lecturer_id=self.lecturer.pk, school=self.schools.school, from_on=day, to_on=day + timedelta(days=200), letter="一号")
            if self.dice.random() < 0.1 and self.schools.do("query_lecturer", lecturer_id=self.lecturer.pk, asked_on=day, clear=True):
                self.asked = day
        elif not self._serves(day) and self.dice.random() < 0.05:
            self._appoints(day)
        if self.dice.random() < 0.02 and (term := self._term(day)):
            self._holds(day, term)
        self._ends(day)

    def served(self, day):
        """Whether the lecturer was vice-principal of the school on a day."""
        return self._serves(day)

    def _serves(self, day):
        return any(first <= day < to for first, to in self.office)

    def _appoints(self, day):
        to = day + timedelta(days=100)
        if to <= self.asked + timedelta(days=QUERY_DAYS) and self.schools.do("appoint_vice", lecturer_id=self.lecturer.pk, school=self.schools.school, from_on=day, to_on=to, letter=f"聘{day:%m%d}"):
            self.office.append((day, to))

    def _term(self, day):
        return next((name for name, first, end in TERMS if first <= day < end), None)

    def _holds(self, day, term):
        own, hours = self._serves(day), self.dice.choice((1, 2))
        who = {"lecturer": self.lecturer} if own else {"given_by": "派出所值班民警"}
        told = {"day": day, "occasion": "lesson", "topic": self.dice.choice(TOPICS), "grades": [3, 4], "heard": 80, "way": "phone", "hours": hours}
        made = self.schools.do("tell_lesson", Role.HEADMASTER, school_id=self.schools.school.pk, **told, **who)
        if not made:
            return
        self.lessons[made.pk] = one = Lesson(day, term, hours, own, ours=own)
        self.schools.tempt("write_reason", Role.HEADMASTER, school_id=self.schools.school.pk, term=self._row(term), words="老师都忙,没有排上")
        if self.dice.random() < 0.2:
            one.back = bool(self.schools.do("take_back_lesson", Role.HEADMASTER, law_lesson_id=made.pk, reason="登记重了"))

    def _row(self, term):
        return Term.objects.get(area=self.schools.county, name=term)

    def _taught(self, term):
        return any(one.term == term and not one.back for one in self.lessons.values())

    def _ends(self, day):
        """From two weeks before the holidays on a term is closed, once the school had a lesson or wrote why not."""
        for name, first, end in TERMS:
            if name in self.closed or not first <= day or (end - day).days > CLOSE_DAYS or self.dice.random() > 0.2:
                continue
            if not self._taught(name) and name not in self.reasons:
                self.schools.tempt("close_term", term_id=self._row(name).pk)
                if self.schools.do("write_reason", Role.HEADMASTER, school_id=self.schools.school.pk, term=self._row(name), words="讲师一直没有空来"):
                    self.reasons.add(name)
            elif self.schools.do("close_term", term_id=self._row(name).pk):
                self.closed.add(name)

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """Hold lessons, reasons and closed terms against the book; on whole evenings figures too."""
        if self.lecturer is None or not whole:
            return
        rows = LawLesson.objects.values_list("pk", "day", "hours", "taken_back_at")
        self.schools.same("法治课和应有的不一样 / a lesson differs", {pk: (on, hours, back is not None) for pk, on, hours, back in rows},
                          {pk: (one.day, one.hours, one.back) for pk, one in self.lessons.items()})  # fmt: skip
        for model, names in ((LessonReason, self.reasons), (LessonClosing, self.closed)):
            found = set(model.objects.values_list("term__name", flat=True))
            if found != names:
                self.schools.violate("学期的普法账和应有的不一样 / what a term says differs", f"{model.__name__}:{found},应当是 {names}")
        begun = [name for name, first, _end in TERMS if first <= day]
        hours = sum(one.hours for one in self.lessons.values() if one.own and not one.back and one.day.year == day.year)
        self.schools.figures((SCHOOLS,), {
            "schools.all": 1, "schools.vice": (int(self._serves(day)), 1), "schools.taught": (int(bool(begun) and self._taught(begun[-1])), 1),
            "schools.hours_met": (int(hours >= OWED), 1),
        })  # fmt: skip
