"""Every page that lists: as many questions to the database for many rows as for few. Generated from the addresses."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wanjia.casework.states import NeedState
from wanjia.casework.tests.walk import bring
from wanjia.orgs.models import Post
from wanjia.orgs.roles import Role
from wanjia.registry.visits.commands import plan_visit

from .acts import MONDAY, World, report, upload
from .test_pages import NO_PAGE, names

# Pages whose questions grow with the rows, each with its reason.
GROWS = {}
LISTS = [name for name, wanted in names() if not wanted and name not in NO_PAGE and not name.startswith(("account", "mfa"))]


def more(world, turn):
    """Add another row of everything that lists show."""
    for state in (NeedState.REGISTERED, NeedState.ADMITTED, NeedState.TRIAGED, NeedState.ASSIGNED, NeedState.DONE_REPORTED, NeedState.VERIFIED):
        bring(world, state, involves_child=True)
    home = world.register.register(f"李{'一二三四'[turn]}", date(1980, 1, 2), 31 + 2 * turn)
    world.register.join(f"李小{'一二三四'[turn]}", "女儿", date(2016, 5, 20), 50 + 2 * turn, home=home)
    world.register.register("王建国", date(1985, 3, 2), 61 + 2 * turn)
    plan_visit(household_id=home.pk, planned_on=date(2026, 11, 5), visitor_ids=[world.clerk.pk, world.visitor.pk], by=world.visitor, at=MONDAY)
    upload(world, "judged")
    report(world)


def asked(client, name):
    """Count the questions of one page, its caches warm."""
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as questions:
        answer = client.get(reverse(name))
    assert answer.status_code < 500
    return len(questions), answer.headers.get("Content-Type", "")


@pytest.fixture
def watched(db, client):
    """A world with one row of everything, and somebody who holds every post of the county."""
    world = World()
    for role in Role:
        Post.objects.create(user=world.clerk, organisation=world.office, role=role, from_on=date(2020, 1, 1))
    more(world, 0)
    client.force_login(type(world.clerk).objects.get(pk=world.clerk.pk), backend="django.contrib.auth.backends.ModelBackend")
    return world, client


@pytest.mark.timeout(900)
@pytest.mark.parametrize("half", [0, 1])
def test_no_list_asks_more_for_more_rows(watched, half):
    (world, client), lists = watched, sorted(LISTS)[half::2]
    few = {name: asked(client, name) for name in lists}
    for turn in (1, 2, 3):
        more(world, turn)
    many = {name: asked(client, name) for name in lists}
    pages = [name for name in lists if few[name][1].startswith("text/html")]
    grown = {name: (few[name][0], many[name][0]) for name in pages if many[name][0] > few[name][0] and name not in GROWS}
    assert grown == {}
    assert len(pages) > 25
