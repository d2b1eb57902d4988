"""Several ids at once, of which one lies elsewhere: the whole is refused and nothing of it is written, on pages and over the API."""

import json
from datetime import date

import pytest
from django.urls import reverse

from tests.house.acts import World, visit
from wanjia.casework.assignment import rules as assignment
from wanjia.casework.models import Support
from wanjia.casework.states import NeedState
from wanjia.casework.tests.walk import bring
from wanjia.registry.models import Visit
from wanjia.registry.visits import rules as visits
from wanjia.verdict import ALLOWED

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def posted(client, user, address, sent, *, api):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    if api:
        return client.post(address, json.dumps(sent), content_type="application/json").status_code
    return client.post(address, sent).status_code


def helped(client, world, *, api):
    """Hand a need out with two helpers, the second of another township; return whether any helps."""
    need = bring(world, NeedState.TRIAGED)
    address = f"/api/needs/{need.pk}/assign" if api else reverse("casework:assign", args=[need.pk])
    sent = {"holder": str(world.civil.pk), "helpers": [str(world.education.pk), str(world.elsewhere.pk)], "words": "请办理"}
    posted(client, world.clerk, address, sent, api=api)
    return Support.objects.filter(need=need, organisation=world.elsewhere).exists(), Support.objects.exists()


@pytest.mark.parametrize("api", [True, False], ids=["api", "page"])
def test_a_unit_of_another_place_among_helpers_refuses_the_whole(client, world, api):
    assert helped(client, world, api=api) == (False, False)


def test_unasked_the_api_would_take_the_far_helper(client, world, monkeypatch):
    """Negative control: as it was."""
    monkeypatch.setattr(assignment, "can_help", lambda _need, _helpers: ALLOWED)
    assert helped(client, world, api=True) == (True, True)


def recorded(client, world):
    """Record a visit over the API with a visitor of another township; return whether that visitor stands there."""
    planned = visit(world)
    sent = {"done_on": date(2026, 11, 2).isoformat(), "method": "home", "visitor_ids": [str(world.visitor.pk), str(world.stranger.pk)]}
    status = posted(client, world.visitor, f"/api/visits/{planned.pk}/record", sent, api=True)
    return status, Visit.objects.get(pk=planned.pk).visitors.filter(pk=world.stranger.pk).exists()


def voiced(client, world):
    """Record a visit with two findings, the second of somebody of another home; return the status and how many were kept."""
    far = world.register.register("钱界外", date(1970, 1, 1), 33, village=world.xinmin, by=world.stranger).memberships.get().person
    planned = visit(world)
    ids = {"visitor_ids": [str(world.visitor.pk), str(world.register.yang.pk)], "done_on": "2026-11-02"}
    said = [{"category": "aid", "words": "想申请低保", "requester_id": str(one.pk)} for one in (world.register.head, far)]
    status = posted(client, world.visitor, f"/api/visits/{planned.pk}/record", {**ids, "findings": said}, api=True)
    return status, planned.findings.count()


def test_somebody_of_another_home_among_those_who_ask_refuses_the_whole(client, world):
    """A need made of it would bear the name and the last four of whoever has this id."""
    assert voiced(client, world) == (403, 0)


def test_unasked_the_far_person_would_ask(client, world, monkeypatch):
    """Negative control: as it was."""
    monkeypatch.setattr(visits, "of_the_home", lambda _findings, _members: ALLOWED)
    assert voiced(client, world) == (200, 2)


def test_somebody_of_another_place_among_visitors_refuses_the_whole(client, world):
    assert recorded(client, world) == (403, False)


def test_unasked_the_far_visitor_would_stand_there(client, world, monkeypatch):
    """Negative control: as it was."""
    monkeypatch.setattr(visits, "can_go", lambda _household, _visitors: ALLOWED)
    assert recorded(client, world) == (200, True)
