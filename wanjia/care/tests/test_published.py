"""Numbers about children as they leave the circle of those who may see the rows: by page, on paper, by the API."""

from datetime import date, timedelta

import pytest

from wanjia.care.models import Entitled
from wanjia.care.programme import queries as programme
from wanjia.indicators.definitions import everything
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import publishing
from wanjia.registry.models import Person
from wanjia.reporting.figures.population import populations
from wanjia.reporting.models import PublishedCounts
from wanjia.reporting.published import commands, queries
from wanjia.verdict import Refused

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()
LAST = DAY.replace(day=1) - timedelta(days=1)
BACKEND = "django.contrib.auth.backends.ModelBackend"


def entitled(world, n, village=None):
    """So many children of a village who are to have somebody since a year ago."""
    for _each in range(n):
        child = Person.objects.create(name="某童", sex="女", birth_on=date(2015, 5, 1), village=village or world.xinmin, registered_at=MONDAY)
        Entitled.objects.create(child=child, since_on=DAY - timedelta(days=400), due_on=DAY + timedelta(days=50), alone=False)


def seen(client, actor, **asked):
    """What the page of the programme says to an actor: {figure: (n on the screen, n on paper, its link)}."""
    client.force_login(type(actor).objects.get(pk=actor.pk), backend=BACKEND)
    page = client.get("/care/programme/", asked)
    return {row["id"]: (row["n"], row["paper"]["n"], row["url"]) for _block, rows, _some in page.context["blocks"] for row in rows}, page


def test_outside_the_circle_a_small_number_is_not_told(world, client):
    entitled(world, 2)
    commands.publish_all(MONDAY)
    inside, _page = seen(client, world.care)
    outside, page = seen(client, world.auditor)
    assert inside["entitled.children"][:2] == (2, None) and inside["entitled.children"][2]
    assert outside["entitled.children"] == (None, None, "")
    assert "不足 3 人的" in page.content.decode()


def test_what_is_published_is_of_the_month_before_and_stays(world, client):
    entitled(world, 4)
    commands.publish_all(MONDAY)
    entitled(world, 1)  # written down later, with a day of before
    commands.publish_all(MONDAY + timedelta(hours=2))
    outside, _page = seen(client, world.auditor)
    assert outside["entitled.children"][:2] == (4, 4)
    assert seen(client, world.care)[0]["entitled.children"][:2] == (5, 4)
    assert PublishedCounts.objects.filter(population="entitled", day=LAST).count() == 1


def test_without_the_circle_everybody_would_read_it(world, client, monkeypatch):
    """Negative control: with every reader in the circle the auditor reads the two."""
    entitled(world, 2)
    commands.publish_all(MONDAY)
    of = next(one for one in populations() if one.name == "entitled")
    monkeypatch.setitem(of.__dict__, "circle", lambda actor, area: True)
    assert seen(client, world.auditor)[0]["entitled.children"][0] == 2


def test_the_api_tells_the_same(world, client):
    entitled(world, 2)
    commands.publish_all(MONDAY)
    rows = {}
    for actor in (world.auditor, world.leader):
        client.force_login(type(actor).objects.get(pk=actor.pk), backend=BACKEND)
        rows[actor] = {row["id"]: row for row in client.get("/api/figures", {"area": world.county.code}).json()["figures"]}
    assert rows[world.auditor]["entitled.children"]["n"] is None and rows[world.auditor]["entitled.children"]["shown"] == queries.HIDDEN
    assert rows[world.leader]["entitled.children"]["n"] == 2


def test_nothing_is_told_before_it_was_published(world, client):
    entitled(world, 9)
    assert seen(client, world.auditor)[0]["entitled.children"] == (None, None, "")


def test_the_clock_alone_publishes(world):
    with pytest.raises(Refused):
        commands.publish_counts(population="entitled", day=LAST, by=world.care, at=MONDAY)
    assert commands.publish_counts(population="entitled", day=LAST, by=CLOCK, at=MONDAY)
    assert commands.publish_counts(population="entitled", day=LAST, by=CLOCK, at=MONDAY) is None


def test_every_figure_about_children_has_its_table(world):
    """A population with a child behind its rows says whose they are, and each of its figures stands in a table; none is told that stands in none."""
    edition = publishing.in_force(DAY)
    about = {of.name: of for of in populations() if of.whom}
    assert {one.population for one in edition.tables} == about.keys()
    for name, of in about.items():
        assert of.circle and set(edition.table(name).figures) <= everything(name).keys()
        assert name == "needs" or set(edition.table(name).figures) == everything(name).keys(), name
    behind = {of.name for of in populations() if of.place.startswith(("child__", "household__")) or any(field.name == "child" for field in of.rows._meta.get_fields() if field.concrete)}
    assert behind <= about.keys()


def test_a_place_that_is_not_there_is_nobodys(world):
    told = queries.Told(DAY)
    assert told.n("entitled.children", "530699000000") is None and told.last_of(["entitled.children"]) is None
    assert programme.published({}, programme.Year(world.county, DAY.year, None, DAY), world.care)[1] == set()
