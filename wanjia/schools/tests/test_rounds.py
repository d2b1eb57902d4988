"""Pages of rounds and hazards: what is overdue is so on each of them, a list asks once however long it is, and no place is planned for a day that is gone."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.house.worlds import World
from wanjia.doors import moment
from wanjia.kernel.tests.tried import MONDAY
from wanjia.schools.inspection_states import HazardState, RoundState
from wanjia.schools.models import RoundVenue
from wanjia.schools.rounds import commands as rounds

from .inspection_factories import DAY, hazard, leader, officer, round_of, venue

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """The house's world."""
    return World()


def at(days):
    """A moment so many days on."""
    return MONDAY + timedelta(days=days)


def test_a_round_that_begins_late_plans_nothing_for_days_that_are_gone(world):
    one = round_of(world, RoundState.DRAFT)
    for n in range(6):
        venue(world, f"第{n}网吧")
    rounds.begin_round(inspection_round_id=one.pk, by=leader(world), at=at(4))
    assert {stop.planned_on >= DAY + timedelta(days=4) for stop in one.stops.all()} == {True}
    other = round_of(world, RoundState.DRAFT, name="过了期限才开始的")
    rounds.begin_round(inspection_round_id=other.pk, by=leader(world), at=at(20))
    assert {stop.planned_on for stop in other.stops.all()} == {DAY + timedelta(days=20)}


def test_the_list_asks_no_more_for_ten_places_than_for_two(world, client):
    one = round_of(world)
    client.force_login(officer(world), backend="django.contrib.auth.backends.ModelBackend")
    asked = []
    for n in (2, 10):
        for k in range(n):
            RoundVenue.objects.get_or_create(round=one, venue=venue(world, f"第{k}网吧"), defaults={"team": one.teams.get()})
        with CaptureQueriesContext(connection) as told:
            assert all(stop.looks for stop in client.get(reverse("schools:round", args=[one.pk])).context["page"])
        asked.append(len(told))
    assert asked[1] <= asked[0]


@pytest.mark.parametrize(("state", "late"), [(HazardState.RECHECK, False), (HazardState.ORDERED, True)])
def test_every_page_shows_the_same_hazards_red(world, client, monkeypatch, state, late):
    """A day after its day: what is told to be mended waits for its recheck on every page, what is not is overdue on every page."""
    one = hazard(world, state, due_on=DAY - timedelta(days=1), found_on=DAY - timedelta(days=5))
    monkeypatch.setattr(moment, "timezone", SimpleNamespace(now=lambda: MONDAY))
    client.force_login(leader(world), backend="django.contrib.auth.backends.ModelBackend")
    stop_of = one.inspection.stop
    pages = {name: client.get(reverse(f"schools:{name}", args=[pk])) for name, pk in (("venue", stop_of.venue_id), ("inspection", one.inspection_id), ("hazard", one.pk), ("round", stop_of.round_id))}
    red = {name: "tag tone-red nowrap" in pages[name].content.decode() for name in ("venue", "inspection")}
    red |= {"hazard": pages["hazard"].context["late"], "round": bool(pages["round"].context["overdue"])}
    listed = client.get(reverse("schools:hazards"), {"tab": "open"})
    red["list"] = f'tone-red">{one.due_on:%Y-%m-%d}' in listed.content.decode()
    assert red == dict.fromkeys(red, late) and listed.context["late"] == int(late)
