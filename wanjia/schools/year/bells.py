"""What a day is to a school: term or holidays, which weekday's bells ring, who comes and goes when. Pure but for reading the rows once.

One definition for guards, buses, lessons and whoever asks whether a school is open.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time, timedelta

from wanjia.kernel.calendar import WorkingCalendar

from ..models import Bell, SchoolDay, Term
from ..states import OtherDay


@dataclass(frozen=True)
class Day:
    """A day at school. weekday: whose bells ring, 1 is Monday; exam, reinforced: what is different about it; words: what the calendar says of it."""

    day: date
    weekday: int
    exam: bool = False
    reinforced: bool = False
    words: str = ""


@dataclass(frozen=True)
class Ring:
    """Grades that come or go at a time of a day. going: they leave."""

    at: time
    grades: tuple[int, ...]
    boarders: bool
    going: bool


class Year:
    """The days of schools between two days, read with four questions however many schools there are."""

    def __init__(self, schools, first, end):
        """schools: School rows with their area; first, end: the span of days, end no longer in it."""
        self.schools = {one.pk: one for one in schools}
        self.first, self.end = first, end
        self.calendar = WorkingCalendar.load()
        self.terms = [(one.area.stem, one) for one in Term.objects.filter(from_on__lt=end, to_on__gt=first).select_related("area")]
        self._read_days()
        self.bells = defaultdict(list)
        for bell in Bell.objects.filter(school__in=self.schools, from_on__lt=end).not_ended(first):
            self.bells[bell.school_id].append(bell)

    def _read_days(self):
        self.own, self.of_area = {}, defaultdict(list)
        for one in SchoolDay.objects.filter(dropped_at=None, day__gte=self.first, day__lte=self.end).select_related("area"):  # a Sunday asks about its Monday
            if one.school_id is None:
                self.of_area[one.day].append((one.area.stem, one))
            elif one.school_id in self.schools:
                self.own[one.school_id, one.day] = one

    def term_of(self, school, day):
        """Return the term in which the day lies, that of the smallest area, or None in the holidays."""
        near = [(stem, one) for stem, one in self.terms if school.area_id.startswith(stem) and one.from_on <= day < one.to_on]
        return max(near, key=lambda found: len(found[0]))[1] if near else None

    def told_of(self, school, day):
        """Return what the calendar says of the day: the school's own word before that of the smallest area."""
        near = [(stem, one) for stem, one in self.of_area.get(day, ()) if school.area_id.startswith(stem)]
        return self.own.get((school.pk, day)) or (max(near, key=lambda found: len(found[0]))[1] if near else None)

    def day(self, school, day):
        """Return the Day, or None when nobody has school."""
        told = self.told_of(school, day)
        if self.term_of(school, day) is None or (told and told.kind == OtherDay.FREE):
            return None
        if told and told.kind == OtherDay.MAKES_UP:
            return Day(day, told.weekday, words=told.words)
        weekday = day.isoweekday()
        if not self.calendar.works(day) and not self._rings_besides(school, day, weekday):
            return None
        if weekday > 5 and self.calendar.exceptions.get(day):  # an office's working Saturday has no bells of its own before the calendar names its weekday
            weekday = 0
        return Day(day, weekday, told is not None and told.kind == OtherDay.EXAM, told is not None and told.kind == OtherDay.REINFORCED, told.words if told else "")

    def _rings_besides(self, school, day, weekday):
        """Tell whether a school has bells on a Saturday or Sunday on which no office works: on a Sunday boarders come for a Monday with school."""
        if not any(str(weekday) in one.weekdays for one in self._bells(school, day)):
            return False
        if weekday == 7:
            return self._has_school(school, day + timedelta(days=1))
        return weekday == 6 and self.calendar.exceptions.get(day) is not False  # no Saturday of a week of holidays

    def _has_school(self, school, day):
        told = self.told_of(school, day)
        if self.term_of(school, day) is None or (told and told.kind == OtherDay.FREE):
            return False
        return bool(told and told.kind == OtherDay.MAKES_UP) or self.calendar.works(day)

    def _bells(self, school, day):
        return [one for one in self.bells[school.pk] if one.from_on <= day and (one.to_on is None or day < one.to_on)]

    def boarders(self, school, day):
        """Tell whether a school has bells for boarders alone: they come and go by these, and by no others."""
        return any(one.boarders for one in self._bells(school, day))

    def rings(self, school, day):
        """Return the Rings of a day in their order; none when nobody has school."""
        told = self.day(school, day)
        found = []
        for bell in self._bells(school, day) if told else ():
            if str(told.weekday) in bell.weekdays:
                grades = tuple(map(int, bell.grades.split()))
                found += [Ring(at, grades, bell.boarders, going) for at, going in ((bell.arrives, False), (bell.leaves, True)) if at]
        return sorted(found, key=lambda ring: (ring.at, ring.going, ring.grades))

    def days(self, school):
        """Yield the Days at school of the span, in order."""
        for offset in range((self.end - self.first).days):
            found = self.day(school, self.first + timedelta(days=offset))
            if found is not None:
                yield found

    def unnamed(self, school):
        """Return working Saturdays and Sundays of the term of which nobody said whose bells ring: they are asked for, not guessed."""
        return [one.day for one in self.days(school) if one.weekday == 0]
