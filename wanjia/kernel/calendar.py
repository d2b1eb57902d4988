"""Working days in China: Monday to Friday, less public holidays, plus the weekend days worked to make up for them.

The table is data that an administrator edits each year when the State Council publishes it. Past the last published year
dates are computed from Monday to Friday, less the days that the law itself fixes in the solar calendar (全国年节及纪念日放假办法,
as amended 2024-11: 1 January, 1 and 2 May, 1 to 3 October), and said to be provisional (暂定), never guessed silently. The feasts
of the moon and of 清明 are not computed: those dates may still move, which is what provisional says.
"""

import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.translation import ngettext

from wanjia.shapes import Shape

from .models import CalendarDay

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
SEED = Path(__file__).with_name("calendar.toml")
SOON = 22  # working days: as many as a month has; longer lateness is said in months and years
FIXED_FEASTS = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}  # (month, day), in every year by law
READ = Shape(lambda: CalendarDay.objects.order_by().values_list(Cast("day", CharField()), "works"))


@dataclass(frozen=True)
class Due:
    """A due date; provisional when it lies beyond the published calendar."""

    on: date
    provisional: bool = False


class WorkingCalendar:
    """The table in memory: exceptions {day: works}; `through`, the last published day."""

    def __init__(self, exceptions: Mapping[date, bool] | Iterable[tuple[date, bool]]) -> None:
        self.exceptions = dict(exceptions)

    @classmethod
    def load(cls) -> "WorkingCalendar":
        """Read the table: one query."""
        # As text, and read as days here: Django's way takes ten times as long for SQLite's, and nearly every page counts days.
        return cls((date.fromisoformat(day), works) for day, works in READ())

    @cached_property
    def through(self) -> date:
        """Return the last day of the last year that the table covers.

        A year counts when its National Day is in the table: one day edited by hand in a far year does not publish that year.
        """
        return date(max(self._published, default=1), 12, 31)

    @cached_property
    def _published(self) -> set[int]:
        return {day.year for day in self.exceptions if (day.month, day.day) == (10, 1)}

    def works(self, day: date) -> bool:
        """Tell whether `day` is a working day; in a year not published, a feast that the law fixes is none."""
        if day in self.exceptions:
            return self.exceptions[day]
        return day.weekday() < 5 and (day.year in self._published or (day.month, day.day) not in FIXED_FEASTS)

    def provisional(self, day: date) -> bool:
        """Tell whether what is counted up to `day` is provisional (暂定): it lies past the last published day."""
        return day > self.through

    def add(self, start: date, days: int) -> Due:
        """Return the Due date `days` working days after `start` (the start day itself does not count)."""
        day = start
        left = days
        while left > 0:
            day += timedelta(days=1)
            left -= self.works(day)
        return Due(day, provisional=self.provisional(day))

    def between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and including `end`; negative when `end` lies before `start`."""
        if end < start:
            return -self.between(end, start)
        # Weeks, then what differs from a plain week: a list says fifty dates, some of them years late.
        weeks, rest = divmod((end - start).days, 7)
        plain = 5 * weeks + sum((start.weekday() + offset) % 7 < 5 for offset in range(1, rest + 1))
        first, last = bisect_right(self._unlike, start), bisect_right(self._unlike, end)
        unlike = sum(1 if self.exceptions[day] else -1 for day in self._unlike[first:last])
        return plain + unlike - sum(start < day <= end for year in range(start.year, end.year + 1) for day in self._feasts(year))

    @cached_property
    def _unlike(self) -> list[date]:
        """The days of the table that are not as a plain week has them, in order."""
        return sorted(day for day, works in self.exceptions.items() if works != (day.weekday() < 5))

    def _feasts(self, year: int) -> list[date]:
        """List the days that the law alone frees in a year not published."""
        days = [] if year in self._published else [date(year, month, day) for month, day in FIXED_FEASTS]
        return [day for day in days if day.weekday() < 5 and day not in self.exceptions]


def today(at: datetime) -> date:
    """Return the Chinese day of a moment."""
    return at.astimezone(CHINA).date()


def day_start(day: date) -> datetime:
    """Return the moment, in UTC, at which a Chinese day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=CHINA).astimezone(UTC)


def seed_days() -> Iterator[CalendarDay]:
    """Yield CalendarDay rows of the published years, from the file kept beside this one."""
    for edition in tomllib.loads(SEED.read_text())["edition"]:
        for name, days in edition["rest"].items():
            yield from (CalendarDay(day=day, works=False, name=name, source=edition["source"]) for day in _span(days))
        for day in edition["work"]:
            yield CalendarDay(day=day, works=True, name="调休上班", source=edition["source"])


def _span(days: list[date]) -> list[date]:
    first, last = days[0], days[-1]
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def lateness(days: int, due_on: date, day: date) -> str:
    """Say how late: in working days while that can be pictured, then in months and years."""
    if days <= SOON:
        return ngettext(" %(n)s 个工作日", " %(n)s 个工作日", days) % {"n": days}
    months = (day.year - due_on.year) * 12 + day.month - due_on.month - (day.day < due_on.day)
    if months < 12:
        return ngettext(" %(n)s 个月", " %(n)s 个月", max(months, 1)) % {"n": max(months, 1)}
    return ngettext(" %(n)s 年多", " %(n)s 年多", months // 12) % {"n": months // 12}
