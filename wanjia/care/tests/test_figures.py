"""What is told by years: classes and meals are counted of the year of the day asked for, as far as it went; a past day can be asked, and stays what it was."""

from datetime import date, timedelta

import pytest

from wanjia.care.classes import commands
from wanjia.care.events import queries as events
from wanjia.care.models import EventHome, Presence, Serving, Session, Wish
from wanjia.care.wishes import commands as wishes
from wanjia.kernel.tests.tried import MONDAY
from wanjia.reporting.figures import queries as counting
from wanjia.reporting.figures.population import populations

from . import acts_classes as acts
from . import acts_events, acts_wishes

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


def test_a_wish_that_was_taken_back_later_had_been_published_till_then(world):
    what = acts_wishes.published(world)
    wishes.reject_wish(**what, reason="买不到", **acts_wishes.who(world, "care", MONDAY + timedelta(days=3)))
    told = [counting.count(Wish.objects.all(), DAY + timedelta(days=n), date(2026, 12, 1)) for n in (0, 2, 3)]
    assert [(one["wishes.made"], one["wishes.published"]) for one in told] == [(1, 1), (1, 1), (0, 0)]


# Who came first to an event that the reader does not see.


def came_twice(world, client):
    """A home came to an event of another township first, then to one of its own. Return what the township's worker is told, and the rows that open."""
    acts_events.ticked(world)
    home = EventHome.objects.get().household
    other = type(world.xisha).objects.create(code="530625299000", name="某乡", level=world.xisha.level, parent=world.county)
    far = acts_events.Event.objects.create(area=other, unit=world.office, name="外乡活动", day=DAY - timedelta(days=9), venue="操场", state="event_held", recorded_at=MONDAY)
    EventHome.objects.create(event=far, household=home, came=True, marked="list", noted_at=MONDAY)
    acts_events.attending.EventChild.objects.create(event=far, child=world.register.child, marked="list", noted_at=MONDAY)
    client.force_login(acts_events.who(world)["by"], backend="django.contrib.auth.backends.ModelBackend")
    told = client.get("/care/events/").context["three"]
    return (told["homes"], told["children"]), tuple(len(client.get(f"/care/events/{page}/").context["page"]) for page in ("homes", "children"))


def test_the_number_of_homes_opens_as_many_rows(world, client):
    assert came_twice(world, client) == ((1, 1), (1, 1))


def test_looking_at_every_event_the_row_is_left_out(world, client, monkeypatch):
    """Negative control."""
    homes, children = events.first_homes, events.first_children
    monkeypatch.setattr(events, "first_homes", lambda rows, among: homes(rows))
    monkeypatch.setattr(events, "first_children", lambda rows, among: children(rows))
    assert came_twice(world, client) == ((1, 1), (0, 0))
