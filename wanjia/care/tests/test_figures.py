"""What is told by years: classes and meals are counted of the year of the day asked for, as far as it went; a past day can be asked."""

from datetime import date, timedelta

import pytest

from wanjia.care.classes import commands
from wanjia.care.models import Presence, Serving, Session
from wanjia.kernel.tests.tried import MONDAY
from wanjia.reporting.figures import queries as counting
from wanjia.reporting.figures.population import populations

from . import acts_classes as acts

DAY = MONDAY.date()


@pytest.mark.parametrize(("make", "rows", "figure"), [
    (acts.there, Session, "sessions.held"), (acts.there, Presence, "presences.there"), (acts.missed, Serving, "servings.missed"),
])  # fmt: skip
def test_what_happened_on_a_day_counts_from_that_day_to_the_end_of_its_year(world, make, rows, figure):
    make(world)
    days = (DAY - timedelta(days=1), DAY, date(2026, 12, 31), date(2027, 1, 1))
    assert [counting.count(rows.objects.all(), day, date(2027, 3, 1))[figure] for day in days] == [0, 1, 1, 0]
    assert counting.count(rows.objects.all(), None, DAY)[figure] == 1, "now is of the year that now is in"


def test_a_past_year_of_the_programme_shows_classes_and_canteens():
    assert {"sessions", "presences", "servings"} <= {one.name for one in populations(date(2025, 12, 31))}


def test_a_session_that_ended_later_was_open_on_the_day_before(world):
    acts.called(world)
    at = MONDAY + timedelta(days=1)
    commands.mark_presence(presence_id=Presence.objects.get().pk, result="excused", **acts.who(world) | {"at": MONDAY})
    commands.close_session(session_id=Session.objects.get().pk, **acts.who(world) | {"at": at})
    assert [counting.count(Session.objects.all(), day, date(2026, 12, 1))["sessions.closed"] for day in (DAY, at.date())] == [0, 1]
