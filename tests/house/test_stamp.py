"""A stamped world is the world that its acts build, or it is not laid: the stamp's own proof can fail, and it is laid nowhere else."""

from datetime import date

import pytest
from django.db import IntegrityError

from tests import stamp
from wanjia.kernel.models import CalendarDay, Head

from . import acts

pytestmark = pytest.mark.django_db
DAY = date(2031, 5, 1)


def a_day():
    """The smallest world: one row, and what was built besides."""
    CalendarDay.objects.create(day=DAY, works=False, name="节")
    return {"days": [DAY]}


@pytest.fixture
def taken():
    """A stamp of the smallest world, taken here."""
    one = stamp.Stamp(a_day)
    one.take()
    assert not CalendarDay.objects.filter(day=DAY).exists(), "the tables stay as they were"
    return one


def test_the_worlds_of_the_suite_are_laid_where_a_test_begins():
    """Else every test would build its world again, and nobody would notice but the clock."""
    assert acts.World and stamp.STAMPS
    assert [one.build for one in stamp.STAMPS if not one.fits()] == []


def test_what_is_laid_is_what_was_built_and_is_each_tests_own(taken):
    assert taken.fits()
    answer = taken.lay()
    assert CalendarDay.objects.get(day=DAY).name == "节" and answer == {"days": [DAY]}
    answer["days"].clear()
    CalendarDay.objects.all().delete()
    assert taken.lay() == {"days": [DAY]}


@pytest.mark.parametrize("spoilt", ["lost", "other"])
def test_a_stamp_that_lays_other_rows_is_not_taken(monkeypatch, spoilt):
    laying = stamp._laying

    def spoil(before, after):
        told = {table: [tuple("另" if one == "节" else one for one in row) for row in rows] for table, rows in after.items()}
        return laying(before, told) if spoilt == "other" else []

    monkeypatch.setattr(stamp, "_laying", spoil)
    with pytest.raises(AssertionError, match="not those that its acts wrote"):
        stamp.Stamp(a_day).take()


def test_a_world_that_changes_or_takes_away_what_stood_is_not_taken():
    Head.objects.create(pk=1, seq=5)
    with pytest.raises(IntegrityError):
        stamp.Stamp(lambda: Head.objects.update(seq=6)).take()
    with pytest.raises(AssertionError):
        stamp.Stamp(lambda: Head.objects.all()._raw_delete("default")).take()


def test_elsewhere_the_acts_build_it(taken, own_ring, settings):
    assert taken.fits(), "control: a ring of the same keys"
    a_day()
    assert not taken.fits(), "a table holds more"
    CalendarDay.objects.all().delete()
    with open(settings.WANJIA_KEYRING, "a", encoding="utf-8") as ring:
        ring.write(" ")
    assert not taken.fits(), "another ring"
