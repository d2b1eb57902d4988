"""A number and the rows behind it are one: each figure of helpers, pairs, classes, canteens, wishes and gifts opens as many rows as it says."""

import pytest
from django.utils import timezone

from tests.house.worlds import World
from wanjia.care.drilling.queries import SAYS, population_called
from wanjia.indicators.definitions import everything
from wanjia.kernel.calendar import today
from wanjia.kernel.tests.tried import MONDAY
from wanjia.reporting.figures import queries as counting

from . import acts_classes as classes
from . import acts_events as events
from . import acts_gifts as gifts
from . import acts_helpers as helpers
from . import acts_pairing as pairing
from . import acts_wishes as wishes

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()  # the pages are of today, what they open of the day on which the world is made
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world():
    world = World()
    for make in (helpers.belonging, pairing.paired, classes.there, classes.missed, wishes.confirmed, gifts.handed, events.ticked):
        make(world)
    return world


def opened(client, world, figure):
    """How many rows the page of a figure lists for the township's clerk, who sees all of these."""
    page = client.get("/care/rows/", {"figure": figure, "area": world.xisha.pk, "as_of": DAY.isoformat()})
    assert page.status_code == 200, figure
    return page.context["page"].paginator.count


def test_each_number_opens_as_many_rows_as_it_says(client, world):
    client.force_login(type(world.clerk).objects.get(pk=world.clerk.pk), backend=BACKEND)
    day, seen = today(timezone.now()), 0
    for name in SAYS:
        of = population_called(name)
        told = counting.count(counting.in_area(of, world.xisha.stem), DAY, day)
        for figure in everything(name):
            assert opened(client, world, figure) == told[figure], figure
            seen += told[figure] > 0
    assert seen >= 11


def test_a_page_that_shows_all_rows_for_one_number_would_be_seen(client, world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(counting, "rows_of", lambda _figure, rows, *_day: rows)
    client.force_login(type(world.clerk).objects.get(pk=world.clerk.pk), backend=BACKEND)
    assert opened(client, world, "servings.served") == 1


def test_a_number_is_a_link_where_the_reader_sees_its_rows_and_stands_alone_elsewhere(client, world):
    """Who answers for care in a county counts the meals of elders and sees none of them: the number leads to no empty list."""
    linked = {}
    for name in ("clerk", "care"):
        client.force_login(type(world.clerk).objects.get(pk=getattr(world, name).pk), backend=BACKEND)
        blocks = client.get("/care/programme/", {"area": world.xisha.pk if name == "clerk" else world.county.pk, "year": DAY.year}).context["blocks"]
        urls = {row["id"]: bool(row["url"]) for _title, rows, _any in blocks for row in rows}
        linked[name] = [urls[figure] for figure in ("servings.served", "presences.roll", "sessions.held", "helpers.active", "entitled.children")]
    assert linked == {"clerk": [True] * 5, "care": [False, False, False, True, True]}


def test_the_rows_name_no_child(client, world):
    client.force_login(type(world.clerk).objects.get(pk=world.clerk.pk), backend=BACKEND)
    for figure in ("presences.there", "entitled.children"):
        assert world.register.child.name not in client.get("/care/rows/", {"figure": figure}).content.decode()


@pytest.mark.parametrize("query", [{}, {"figure": "nothing"}, {"figure": "needs.received"}, {"figure": "servings.served", "area": "999"}, {"figure": "servings.served", "as_of": "x"}])
def test_what_is_no_number_of_care_is_not_found(client, world, query):
    client.force_login(type(world.clerk).objects.get(pk=world.clerk.pk), backend=BACKEND)
    assert client.get("/care/rows/", query).status_code == 404
