"""The day on which a rung falls due (policy/ladder.py), over calendars that anybody may have edited: beside days that are counted one by one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanjia.kernel.calendar import WorkingCalendar
from wanjia.policy.ladder import Clock, Rung, editions, fallen, falls_due, told

DAY = timedelta(days=1)
MONDAY = date(2026, 11, 2)

offsets = st.integers(-10, 120)
# Days made free and days made worked, wherever somebody put them: whole weeks of rest among them.
edited = st.dictionaries(offsets, st.booleans(), max_size=60)
calendars = edited.map(lambda days: WorkingCalendar({MONDAY + n * DAY: works for n, works in days.items()}))
shares = st.integers(1, 99)
given_days = st.integers(1, 40)
starts = st.integers(0, 13).map(lambda n: MONDAY + n * DAY)
# [first, end): a stop may begin on the day of the start and before, and end on any day after.
stops = st.lists(st.tuples(st.integers(-3, 40), st.integers(1, 20)).map(lambda stop: (stop[0], stop[0] + stop[1])), max_size=3)


def counted(start, days, stopped, calendar):
    """List the days that count, one by one: the working days after `start` on which nothing stood still, `days` of them."""
    found, day = [], start
    while len(found) < days:
        day += DAY
        if calendar.works(day) and day not in stopped:
            found.append(day)
    return found


def still(start, ranges):
    """Return every day of these stops."""
    return {start + n * DAY for first, end in ranges for n in range(first, end)}


def stood(start, end, stopped, calendar):
    return sum(calendar.works(day) for day in stopped if start < day <= end)


def reminder(share, start, end, n, calendar):
    return falls_due(Rung("need", 1, share=share), Clock(start, end, n), None, calendar)


@given(calendars, starts, given_days, shares)
def test_a_reminder_comes_when_so_many_of_its_days_have_gone_by(calendar, start, days, share):
    each = counted(start, days, set(), calendar)
    assert reminder(share, start, each[-1], 0, calendar) == each[min(share * days // 100, days - 1)]


@given(calendars, starts, given_days, shares, stops)
def test_a_stop_that_is_over_counts_for_nothing(calendar, start, days, share, ranges):
    stopped = still(start, ranges)
    each = counted(start, days, stopped, calendar)
    day, end = each[min(share * days // 100, days - 1)], each[-1]
    found = reminder(share, start, end, stood(start, end, stopped, calendar), calendar)
    assert found >= day, "nobody is reminded before so many days have gone by"
    if not any(day < one <= end and calendar.works(one) for one in stopped):
        assert found == day, "wherever it lay: inside, on the first day, up to the very morning"


@pytest.mark.parametrize(("first", "end"), [(1, 2), (1, 6), (3, 8), (9, 11)], ids=["the first day", "the first week", "inside", "up to the morning of the reminder"])
def test_stops_at_the_edges(first, end):
    calendar, stopped = WorkingCalendar({}), still(MONDAY, [(first, end)])
    each = counted(MONDAY, 10, stopped, calendar)
    assert reminder(80, MONDAY, each[-1], stood(MONDAY, each[-1], stopped, calendar), calendar) == each[8]


def test_a_stop_left_out_is_seen():
    """Negative control: whoever forgets the stopped days reminds on another day."""
    stopped = still(MONDAY, [(1, 15)])
    each = counted(MONDAY, 10, stopped, calendar := WorkingCalendar({}))
    assert reminder(80, MONDAY, each[-1], 0, calendar) != each[8]


@given(calendars, starts, st.integers(-5, 60), st.integers(0, 70), shares)
def test_it_falls_on_a_working_day_after_the_start_whatever_the_facts(calendar, start, length, stopped, share):
    found = reminder(share, start, start + length * DAY, stopped, calendar)
    assert calendar.works(found)
    assert found > start or length <= 0
    assert found <= max(calendar.add(start + length * DAY - DAY, 1).on, calendar.add(start, 1).on)


@given(calendars, starts, given_days, st.lists(shares, min_size=2, max_size=2).map(sorted))
def test_a_larger_share_is_never_earlier(calendar, start, days, both):
    end = calendar.add(start, days).on
    assert reminder(both[0], start, end, 0, calendar) <= reminder(both[1], start, end, 0, calendar)


@given(calendars, starts, st.integers(0, 30), st.integers(1, 20), st.integers(0, 10), st.none() | st.integers(0, 60))
def test_past_the_end_it_counts_from_the_end_and_waits_for_the_rung_below(calendar, start, length, after, behind, below):
    end, before = start + length * DAY, None if below is None else start + below * DAY
    found = falls_due(Rung("need", 3, after=after, behind=behind), Clock(start, end), before, calendar)
    if behind and before is None:
        assert found is None
    else:
        least = counted(end, after, set(), calendar)[-1]
        assert found == (max(least, counted(before, behind, set(), calendar)[-1]) if behind else least)


@given(calendars, starts, given_days, st.integers(0, 90))
def test_a_round_each_morning_climbs_each_rung_of_the_file_once_and_in_order(calendar, start, days, wait):
    """Whoever was off for `wait` days catches up: what was passed is yielded once, and no raise comes before its supervision was."""
    clock, rungs = Clock(start, calendar.add(start, days).on), editions()[-1].of("need")
    climbed, day = {}, start + wait * DAY
    for _n in range(400):
        for level, due in fallen(rungs, clock, dict(climbed), day, calendar):
            assert level not in climbed and due <= day
            climbed[level] = day
        day = calendar.add(day, 1).on
    assert list(climbed) == [rung.level for rung in rungs]
    for rung in rungs:
        assert not rung.behind or calendar.between(climbed[rung.level - 1], climbed[rung.level]) >= rung.behind


def test_no_rung_of_a_hand_over_waits_for_the_one_below():
    """A standing hand-over keeps no day on which it climbed (orgs/handing/queries.py)."""
    assert not [rung for edition in editions() for rung in edition.of("handover") if rung.behind]


@pytest.mark.parametrize(("level", "unit"), [(1, "own"), (2, "own"), (3, "town"), (4, "county"), (5, "leaders")])
def test_each_rung_is_told_one_further_up(level, unit):
    chain = ["own", "town", "county", "leaders"]
    assert told(chain, level) == unit
    assert told(chain[:1], level) == "own" and told([], level) is None
