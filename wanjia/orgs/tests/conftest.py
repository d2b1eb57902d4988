"""Fixtures of the orgs tests."""

import pytest
from django.test import Client

from wanjia.orgs.models import Organisation
from wanjia.orgs.roles import Role

from . import factories
from .factories import person


@pytest.fixture
def world(db):
    """The small world; its people by account."""
    return factories.build_world()


@pytest.fixture
def land(db):
    """The areas alone."""
    factories.build_areas()
    return factories


@pytest.fixture
def signed_in(world):
    """Sign somebody in by the front door; return their browser."""

    def enter(username):
        client = Client()
        answer = client.post("/accounts/login/", {"login": username, "password": factories.PASSWORD})
        assert answer.status_code == 302, answer.content.decode()
        return client

    return enter


@pytest.fixture
def ledger(world):
    return Organisation.objects.get(name="永善县台账办")


@pytest.fixture
def officer(world, ledger):
    return person("weibao", ledger, Role.PROTECTION_OFFICER)


@pytest.fixture
def admin2(world, ledger):
    return person("admin2", ledger, Role.ADMINISTRATOR)
