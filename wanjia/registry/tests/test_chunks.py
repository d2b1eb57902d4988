"""A chunk holds whole homes, and asks the database for little more than it writes."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from wanjia.registry.applying import commands as applying
from wanjia.registry.importing import staging


@pytest.fixture
def asked(monkeypatch):
    """Rows by the home they name; returns how many rows were asked for each time."""
    counts = []

    def some(rows, after, count):
        counts.append(count)
        return [SimpleNamespace(number=n, content={"户编号": home}) for n, home in enumerate(rows, 1) if n > after][:count]

    monkeypatch.setattr(staging, "_some", some)
    return counts


def cut(homes, size):
    return [[homes[row.number - 1] for row in chunk] for chunk in staging.chunks(homes, size, together="户编号")]


def test_a_home_is_never_cut_apart(asked):
    assert cut("AABBBBCDD", 3) == [list("AABBBB"), list("CDD")]


def test_a_home_longer_than_a_look_stays_whole(asked):
    assert [len(chunk) for chunk in cut("A" * 30 + "BC", 2)] == [30, 2]


def test_rows_without_a_home_are_cut_where_the_clock_says(asked):
    assert cut(["", "", "", "", ""], 2) == [["", ""], ["", ""], [""]]


def test_a_home_without_end_is_cut_at_last(asked):
    assert max(map(len, cut("A" * 500, 8))) <= 8 + staging.HOME + staging.BESIDE


def test_no_chunk_asks_for_many_rows_that_it_does_not_write(asked):
    cut([f"H{n // 2}" for n in range(64)], 8)
    assert max(asked) <= 8 + staging.BESIDE


@pytest.mark.django_db
def test_each_chunk_bears_the_moment_of_its_own_writing(monkeypatch):
    begun, clock, seen = datetime(2026, 11, 2, 1, tzinfo=UTC), iter(range(100)), []
    monkeypatch.setattr(applying, "_next_chunk", lambda _pk, _pace, _by, at: seen.append(at) or len(seen) < 3)
    monkeypatch.setattr(applying.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(applying, "drop_values", lambda _pk: None)
    monkeypatch.setattr(applying, "finish_upload", lambda **_what: None)
    monkeypatch.setattr(applying.Pace, "rest", lambda _pace: None)
    applying.apply_upload(SimpleNamespace(pk="00000000-0000-0000-0000-000000000000", forecast={"counts": {}}), by=None, at=begun)
    assert seen == [begun + timedelta(seconds=n) for n in (1, 2, 3)]
