"""Quarters of the calendar."""

from datetime import date

from wanjia.policy.quarters import days_of, quarter_of


def test_a_day_lies_in_its_quarter() -> None:
    assert [quarter_of(date(2026, month, 1))[1] for month in (1, 3, 4, 6, 7, 9, 10, 12)] == [1, 1, 2, 2, 3, 3, 4, 4] and quarter_of(date(2026, 12, 31)) == (2026, 4)


def test_a_quarter_has_its_first_and_its_last_day() -> None:
    assert days_of(2026, 4) == (date(2026, 10, 1), date(2026, 12, 31)) and days_of(2024, 1) == (date(2024, 1, 1), date(2024, 3, 31))
