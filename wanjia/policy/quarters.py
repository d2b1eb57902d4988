"""Quarters of the calendar: which one a day lies in, which days it has. Pure."""

from datetime import date, timedelta

from .statuses import months_after


def quarter_of(day: date) -> tuple[int, int]:
    """Return (year, quarter) of a day."""
    return day.year, (day.month + 2) // 3


def days_of(year: int, n: int) -> tuple[date, date]:
    """Return the first and the last day of a quarter."""
    first = date(year, n * 3 - 2, 1)
    return first, months_after(first, 3) - timedelta(days=1)
