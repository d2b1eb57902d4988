"""The working-day table, a year at a time."""

from calendar import Calendar
from datetime import date
from uuid import UUID

from django.db.models.functions import Coalesce

from wanjia.kernel.calendar import WorkingCalendar
from wanjia.kernel.models import CalendarDay, Entry

from ..agreeing.queries import lines_since
from ..agreeing.rules import AGREES, can_agree
from ..models import ChangeState, DayChange
from . import notice

WRITES = ("orgs.load_workdays", "orgs.load_published_workdays", "orgs.keep_workday", "orgs.clear_workday", "orgs.agree_workdays")
WRITTEN = ("orgs.daychange", "kernel.calendarday")  # what such a line is about; the second in versions that kept no change


def year_of_days(year):
    """Return the twelve months of a year: [(month, weeks of (date or None, works, name))], from two queries."""
    calendar = WorkingCalendar.load()
    names = dict(CalendarDay.objects.filter(day__year=year).values_list("day", "name"))
    months = []
    for month in range(1, 13):
        weeks = [
            [(day if day.month == month else None, calendar.works(day), names.get(day, "")) for day in week]
            for week in Calendar().monthdatescalendar(year, month)
        ]
        months.append((month, weeks))
    return months


def published_years():
    """List the years that the table covers, the latest first."""
    return [day.year for day in CalendarDay.objects.filter(day__month=10, day__day=1).dates("day", "year", order="DESC")]


def is_provisional(year):
    """Tell whether due dates in this year are computed without a published table."""
    return date(year, 12, 31) > WorkingCalendar.load().through


def days_of(year):
    """The days of a year that differ from Monday to Friday, in order."""
    return CalendarDay.objects.filter(day__year=year).order_by("day")


def table_with(rows=(), without=()):
    """Return the table as it would stand with some CalendarDay rows kept and some days taken out."""
    days = dict(WorkingCalendar.load().exceptions) | {row.day: row.works for row in rows}
    return WorkingCalendar({day: works for day, works in days.items() if day not in without})


def latest_change():
    """Return the change of the table that was made last, or None: before there were any, the journal alone told."""
    return DayChange.objects.filter(state=ChangeState.MADE).annotate(made_at=Coalesce("decided_at", "at")).order_by("-made_at").first()


def changed_since(change):
    """List the days of a waiting change that another one has changed since it was asked for, in order."""
    lines = lines_since(change, "orgs.propose_workdays", WRITES).filter(subject=change._meta.label_lower)
    newer = DayChange.objects.filter(pk__in=[UUID(pk) for pk in lines.values_list("subject_id", flat=True)])
    return sorted(change.touched & {day for one in newer for day in one.touched})


def latest_source():
    """Return on what paper, or for what reason, the table was changed last, and who the two were where it took two."""
    if change := latest_change():
        return change.told
    line = Entry.objects.filter(subject__in=WRITTEN, act__in=WRITES).order_by("-seq").first()
    return line.reason if line else ""


def changes():
    """Return the changes of the table, the newest first."""
    return DayChange.objects.select_related("by", "decided_by")


def to_agree(actor):
    """List the changes that wait for the actor's word."""
    if not actor.has_duty(*AGREES):
        return []
    return [change for change in DayChange.objects.filter(state=ChangeState.WAITING) if can_agree(actor, change)]


def changed_rows(text, source):
    """Return the days of a pasted notice that differ from how they stand. Raises Refused when a line cannot be read."""
    standing = CalendarDay.objects.in_bulk()
    return [row for row in notice.read(text, source) if _differs(row, standing.get(row.day))]


def _differs(row, old):
    return old is None or (old.works, old.name) != (row.works, row.name)
