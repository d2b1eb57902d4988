"""What is told by years: classes and meals are counted of the year of the day asked for, as far as it went; a past day can be asked, and stays what it was."""

from datetime import date, timedelta

import pytest

from wanjia.care.classes import commands
from wanjia.care.drilling import queries as drilling
from wanjia.care.drilling.queries import population_called
from wanjia.care.events import queries as events
from wanjia.care.events import rules as event_rules
from wanjia.care.gifts import commands as gifts
from wanjia.care.models import EventHome, Gift, Presence, Serving, Session, Wish
from wanjia.care.wishes import commands as wishes
from wanjia.indicators.definitions import definition
from wanjia.kernel.tests.tried import MONDAY
from wanjia.reporting.figures import queries as counting
from wanjia.reporting.figures.population import populations

from . import acts_classes as acts
from . import acts_events, acts_gifts, acts_wishes

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


def told_of_gifts(day):
    return [counting.count(Gift.objects.all(), day + timedelta(days=n), date(2026, 12, 1))["gifts.roll"] for n in (0, 2, 3, 4)]


def test_a_pupil_who_left_was_on_the_roll_till_then(world):
    acts_gifts.opened(world)
    gifts.leave_roll(gift_id=Gift.objects.get().pk, reason="转学", **acts_gifts.who(world) | {"at": MONDAY + timedelta(days=3)})
    assert told_of_gifts(DAY) == [1, 1, 0, 0]
    assert Gift.objects.exclude(state="left_school").count() == 0, "negative control: by its state of today no day would count it"


def test_a_pupil_who_came_later_was_not_on_the_roll_before(world):
    what = acts_gifts.opened(world)
    child = world.register.join("王小二", "儿子", date(2016, 5, 1), 40, schooling="primary")
    type(child).objects.filter(pk=child.pk).update(school_name=type(child).objects.get(pk=world.register.child.pk).school_name, grade="四年级")
    gifts.renew_roll(**what, **acts_gifts.who(world) | {"at": MONDAY + timedelta(days=3)})
    assert told_of_gifts(DAY) == [1, 1, 2, 2]


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


# A home is counted where it lies; its rows are opened there, whoever held the event.


def far_first(world):
    """A home came to an event of another township first, then to one of its own; with it a child that is put together with another record and one that died since.
    A home of elsewhere came to the township's own event.
    """
    acts_events.ticked(world)
    home, event = EventHome.objects.get().household, acts_events.Event.objects.get()
    other = type(world.xisha).objects.create(code="530625299000", name="某乡", level=world.xisha.level, parent=world.county)
    village = type(world.xisha).objects.create(code="530625299201", name="某村", level=world.datong.level, parent=other)
    far = acts_events.Event.objects.create(area=other, unit=world.office, name="外乡活动", day=DAY - timedelta(days=9), venue="操场", state="event_held", recorded_at=MONDAY)
    known = {"schooling": "primary", "birth_on": date(2016, 5, 1), "registered_at": MONDAY, "village": world.datong}
    one = type(world.register.child)
    twin, dead = one.objects.create(name="两次登记", merged_into=world.register.child, **known), one.objects.create(name="走了的", died_on=DAY, **known)
    guest = one.objects.create(name="外乡孩子", **known | {"village": village})
    guests = type(home).objects.create(number="530625299201001", village=village, registered_at=MONDAY)
    for which, households, children in ((far, [home], [twin, dead]), (event, [guests], [guest, dead])):
        for household in households:
            EventHome.objects.create(event=which, household=household, came=True, marked="list", noted_at=MONDAY)
        for child in children:
            acts_events.attending.EventChild.objects.create(event=which, child=child, marked="list", noted_at=MONDAY)
    return far


DAYS = (DAY - timedelta(days=10), DAY - timedelta(days=9), DAY, date(DAY.year + 1, 1, 2))


def told_and_opened(world, client):
    """Return [(who, figure, area, day, the number, how many rows it opens)] of homes and children, for every area of the reader's and every day."""
    found, today = [], date(DAY.year + 1, 3, 1)
    for name, areas in (("clerk", (world.xisha, world.datong)), ("care", (world.county, world.xisha, world.datong))):
        actor = acts_events.who(world, name)["by"]
        client.force_login(actor, backend="django.contrib.auth.backends.ModelBackend")
        for figure in ("events.households", "events.students"):
            of = population_called(definition(figure).population)
            for area in areas:
                for day in DAYS:
                    assert of.circle(actor, area), (name, area)
                    n = counting.count(counting.in_area(of, area.stem), day, today)[figure]
                    found.append((name, figure, area.pk, day, n, drilling.rows(actor, definition(figure), area, day, today).count()))
    return found


def test_homes_and_children_open_as_many_rows_as_their_number_for_every_area_and_day(world, client):
    far_first(world)
    told = told_and_opened(world, client)
    assert [row for row in told if row[-1] != row[-2]] == []
    assert {row[1]: row[4] for row in told if row[0] == "clerk" and row[2] == world.xisha.pk and row[3] == DAY} == {"events.households": 1, "events.students": 2}
    assert {row[1]: row[4] for row in told if row[0] == "care" and row[2] == world.county.pk and row[3] == DAY} == {"events.households": 2, "events.students": 3}


def test_rows_of_the_readers_own_events_alone_would_be_fewer(world, client, monkeypatch):
    """Negative control."""
    far_first(world)
    monkeypatch.setitem(drilling.OPENED, "event_homes", lambda actor, day: event_rules.visible_homes(actor, duty=event_rules.READS))
    monkeypatch.setitem(drilling.OPENED, "event_children", lambda actor, day: event_rules.visible_attending(actor, day.year))
    assert {row[1] for row in told_and_opened(world, client) if row[-1] < row[-2]} == {"events.households", "events.students"}


def test_a_row_of_another_places_event_leads_to_no_page_that_is_not_the_readers(world, client):
    far = far_first(world)
    client.force_login(acts_events.who(world)["by"], backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/care/rows/", {"figure": "events.households", "area": world.xisha.pk, "as_of": DAY.isoformat()})
    assert [(what.split()[0], address) for _title, what, address in page.context["rows"]] == [(far.name, "")]
    own = client.get("/care/events/").context["page"].object_list[0]
    assert client.get(f"/care/events/{own.pk}/").status_code == 200 and client.get(f"/care/events/{far.pk}/").status_code == 404


def test_the_list_of_events_counts_the_homes_and_children_that_it_opens(world, client):
    far_first(world)
    client.force_login(acts_events.who(world)["by"], backend="django.contrib.auth.backends.ModelBackend")
    told = client.get("/care/events/").context["three"]
    assert [told["homes"], told["children"]] == [len(client.get(f"/care/events/{page}/").context["page"]) for page in ("homes", "children")] == [1, 2]
    everybody = events.three(event_rules.visible_events(acts_events.who(world)["by"]), DAY.year)
    assert (everybody["homes"], everybody["children"]) == (2, 3), "negative control: who came from elsewhere opens no row"
