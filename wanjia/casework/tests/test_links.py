"""Whatever number is shown, its link opens exactly what it counts: dashboard, desk, ledger tabs, export, every area and day."""

import re
from html import unescape

import pytest
from django.db import transaction
from django.utils import timezone

from wanjia.casework.figures.population import NEEDS
from wanjia.casework.ledger.queries import TABS
from wanjia.casework.models import Need
from wanjia.casework.tests.factories import MONDAY, World
from wanjia.casework.tests.walk import bring
from wanjia.indicators.definitions import everything
from wanjia.kernel.calendar import today
from wanjia.reporting.figures.queries import count, rows_for

from ..dashboard import queries as dashboard
from ..exporting.forms import Question
from ..exporting.queries import selected
from .wander import wander


@pytest.fixture(scope="module")
def _days(django_db_setup, django_db_blocker):
    """Ten days of acts, done once for all tests of this file; each of them undoes what it adds."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = World()
        for _at in wander(world, 7):
            pass
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def wandered(_days, db):
    return _days


def test_every_figure_opens_its_rows_in_every_area_on_every_day(wandered):
    now = today(timezone.now())
    for actor, area in ((wandered.ledger, wandered.county), (wandered.ledger, wandered.xisha), (wandered.clerk, wandered.xisha), (wandered.handler, wandered.county)):
        for day in (None, today(MONDAY), now):
            counted = count(rows_for(NEEDS, actor, area), day, now, items=everything("needs"))
            for id_, n in counted.items():
                assert (id_, dashboard.rows(actor, area, day, now, figure=id_).count()) == (id_, n)


DESK = re.compile(r'class="figure[^"]*" href="([^"]+)"><span\s+class="words">[^<]+</span><span\s+class="value">(\d+)</span>')


@pytest.mark.parametrize("who", ["ledger", "clerk", "handler", "teacher", "visitor"])
def test_each_number_of_the_desk_opens_what_it_counts(wandered, client, who):
    client.force_login(getattr(wandered, who))
    found = [(unescape(url), int(n)) for url, n in DESK.findall(client.get("/").content.decode()) if "/needs/" in url or "tab=" in url]
    assert len(found) >= 3
    for url, n in found:
        page = client.get(url)
        assert (url, page.context["page"].paginator.count) == (url, n)


def test_what_my_unit_holds_opens_all_of_it(wandered, client):
    """The fault that was found: 本单位手里 18 opened one row."""
    for state in ("assigned", "accepted", "in_progress"):
        bring(wandered, state)
    held = Need.objects.filter(holder=wandered.civil, state__in=["assigned", "accepted", "in_progress", "reopened", "done_reported", "verified"])
    client.force_login(wandered.handler)
    page = client.get("/needs/?mine=1&tab=running")
    assert page.context["page"].paginator.count == held.count() >= 3


def test_each_tab_counts_what_it_lists_and_the_export_takes_the_same(wandered, client):
    client.force_login(wandered.ledger)
    now = today(timezone.now())
    tabs = client.get("/needs/").context["tabs"]
    assert {word for word, _words, _n in tabs} == set(TABS)
    for word, _words, n in tabs:
        assert client.get(f"/needs/?tab={word}").context["page"].paginator.count == n
        question = Question({"tab": word}, actor=wandered.ledger)
        assert question.is_valid()
        assert selected(wandered.ledger, question.cleaned_data, now).count() == n
