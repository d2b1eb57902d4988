import pytest

from .factories import World


@pytest.fixture
def world(db):
    """The small world."""
    return World()
