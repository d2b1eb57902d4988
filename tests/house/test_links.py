"""No page shows its reader a link that only leads to a refusal."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from wanjia.casework.models import Need
from wanjia.casework.states import NeedState
from wanjia.casework.tests.walk import bring

from .acts import World
from .worlds import visited

pytestmark = pytest.mark.django_db
LEFT_OUT = re.compile(r"logout|^/s/|\.css|\.js|\.svg|static")


@pytest.fixture
def filled():
    """A world whose need is one of a known home with a child."""
    world = World()
    return world, bring(world, NeedState.DONE_REPORTED, household=world.register.home)


def refused_links(user, pages):
    """Return {(page, link)} of links that answer 403, and how many were followed."""
    client, found, followed = Client(), set(), set()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    for page in pages:
        answer = client.get(page)
        if answer.status_code != 200:
            continue
        for link in map(unescape, re.findall(r'<a[^>]* href="(/[^"]*)"', answer.content.decode())):
            if LEFT_OUT.search(link) or link in followed:
                continue
            followed.add(link)
            if client.get(link).status_code == 403:
                found.add((page, link))
    return found, len(followed)


@pytest.mark.parametrize("who", ["caller", "clerk", "auditor", "admin", "leader", "handler", "visitor"])
def test_no_page_leads_its_reader_to_a_refusal(filled, who):
    world, need = filled
    home, area = world.register.home, world.county.code
    pages = [
        "/", reverse("casework:ledger"), reverse("casework:need", args=[need.pk]), reverse("registry:households"), reverse("registry:people"),
        reverse("registry:children"), reverse("registry:household", args=[home.pk]), reverse("registry:person", args=[world.register.head.pk]),
        f"{reverse('reporting:dashboard')}?area={area}", reverse("orgs:sponsorships"), reverse("reporting:documents"),
    ]  # fmt: skip
    found, followed = refused_links(getattr(world, who), pages)
    assert followed > 5
    assert not found, found


def test_what_was_just_registered_at_the_door_stands_with_its_promise_and_its_slip():
    world, client = World(), Client()
    visit_id = visited(world)
    client.force_login(world.visitor, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("casework:needs_of_visit", args=[visit_id])
    answer = client.post(page, {"version": 0}, follow=True)
    need = Need.objects.get()
    text = answer.content.decode()
    assert need.number in text
    assert "前给您答复" in text, "the promise is not said at the door"
    assert "slip-code" in text, "the slip is not there to be scanned"
    again = client.get(page).content.decode()
    assert reverse("casework:slip", args=[need.pk]) in again, "another slip is not one tap away"
