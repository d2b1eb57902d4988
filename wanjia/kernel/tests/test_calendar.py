"""Promise 14: due dates follow the Chinese working calendar. Five years against the published table, by another hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanjia.kernel import calendar
from wanjia.kernel.calendar import WorkingCalendar, seed_days
from wanjia.kernel.models import CalendarDay

chinese = pytest.importorskip("chinese_calendar")
YEARS = range(2022, 2027)


@pytest.fixture(scope="module")
def published():
    return WorkingCalendar({row.day: row.works for row in seed_days()})


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_the_year_agrees_with_the_published_table(published, year):
    days = [date(year, 1, 1) + timedelta(days=offset) for offset in range(366 if year % 4 == 0 else 365)]

    assert [day for day in days if published.works(day) != chinese.is_workday(day)] == []


def test_the_test_above_would_see_one_wrong_day(published):
    """The negative control: forget one make-up day, and a day disagrees."""
    spoilt = WorkingCalendar({day: works for day, works in published.exceptions.items() if day != date(2024, 2, 4)})

    assert spoilt.works(date(2024, 2, 4)) != chinese.is_workday(date(2024, 2, 4))


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        pytest.param(date(2024, 2, 8), 1, date(2024, 2, 9), id="last day before Spring Festival is worked"),
        pytest.param(date(2024, 2, 9), 1, date(2024, 2, 18), id="over Spring Festival to the make-up Sunday"),
        pytest.param(date(2023, 9, 28), 3, date(2023, 10, 9), id="over National Day with two make-up days"),
        pytest.param(date(2026, 2, 13), 1, date(2026, 2, 14), id="a Saturday worked before the feast"),
        pytest.param(date(2025, 12, 31), 2, date(2026, 1, 5), id="over the year's end, Sunday worked"),
        pytest.param(date(2024, 3, 1), 0, date(2024, 3, 1), id="no days"),
    ],
)
def test_working_days_are_added(published, start, days, due):
    found = published.add(start, days)

    assert (found.on, found.provisional) == (due, False)


def test_days_between_undo_days_added(published):
    for days in range(0, 60, 7):
        start = date(2024, 1, 29)
        assert published.between(start, published.add(start, days).on) == days


def test_days_between_count_backwards_when_late(published):
    assert published.between(date(2024, 2, 19), date(2024, 2, 9)) == -2


def test_beyond_the_published_year_a_due_date_is_provisional(published):
    assert published.through == date(2026, 12, 31)
    assert not published.add(date(2026, 12, 30), 1).provisional
    late = published.add(date(2026, 12, 30), 2)
    assert (late.on, late.provisional) == (date(2027, 1, 4), True)  # over New Year's Day and a weekend: said to be provisional


@pytest.mark.parametrize("day", [date(2027, 1, 1), date(2028, 5, 1), date(2028, 5, 2), date(2029, 10, 1), date(2029, 10, 2), date(2029, 10, 3)])
def test_a_feast_that_the_law_fixes_is_no_working_day_though_its_year_is_not_published(published, day):
    assert day.weekday() < 5
    assert published.provisional(day)
    assert not published.works(day)
    assert published.between(day - timedelta(days=1), day) == 0


def test_a_published_make_up_day_on_a_fixed_feast_is_believed(published):
    """The table speaks first: a day that a notice names works as the notice says."""
    assert WorkingCalendar({**published.exceptions, date(2027, 5, 2): True}).works(date(2027, 5, 2))


def test_one_day_edited_in_a_far_year_does_not_publish_that_year(published):
    edited = WorkingCalendar({**published.exceptions, date(2028, 3, 3): False})

    assert edited.through == date(2026, 12, 31)


def test_an_empty_table_makes_everything_provisional():
    assert WorkingCalendar({}).add(date(2024, 1, 1), 1).provisional


@given(start=st.dates(date(2021, 6, 1), date(2030, 6, 1)), days=st.integers(0, 1500))
def test_days_between_are_those_that_a_walk_through_them_meets(published, start, days):
    end = start + timedelta(days=days)
    walked = sum(published.works(start + timedelta(days=offset)) for offset in range(1, days + 1))
    assert (published.between(start, end), published.between(end, start)) == (walked, -walked)


def test_the_table_is_read_in_one_query(db, django_assert_num_queries):
    CalendarDay.objects.bulk_create(seed_days())

    with django_assert_num_queries(1):
        assert not WorkingCalendar.load().works(date(2024, 10, 1))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2025, 12, 31, 15, 59, 59, tzinfo=UTC), date(2025, 12, 31)),
        (datetime(2025, 12, 31, 16, 0, 0, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(1970, 1, 1, 0, 0, tzinfo=UTC), date(1970, 1, 1)),
    ],
)
def test_a_day_is_a_day_in_china(moment, day):
    assert calendar.today(moment) == day


def test_a_chinese_day_begins_at_sixteen_hundred_utc():
    assert calendar.day_start(date(2026, 1, 1)) == datetime(2025, 12, 31, 16, tzinfo=UTC)


def test_each_published_day_names_its_notice():
    rows = list(seed_days())

    assert all("国务院办公厅" in row.source for row in rows)
    assert len({row.day for row in rows}) == len(rows)
