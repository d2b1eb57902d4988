import pytest

from wanjia.orgs.roles import Role

from .factories import World, worker


@pytest.fixture
def world(db):
    """The small world."""
    return World()


@pytest.fixture
def as_user(client):
    """Sign somebody in."""

    def sign_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def boss(world):
    return worker("xisha-lingdao", "何分管", world.township, Role.TOWNSHIP_LEADER)


@pytest.fixture
def client_of(client):
    def go(user, path, data=None):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client.get(path) if data is None else client.post(path, data)

    return go
