import pytest

from .factories import World


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
