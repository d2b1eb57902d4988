"""The small world of the house tests, with roles of care."""

import pytest

from tests.house.worlds import World


@pytest.fixture
def world(db):
    """The places, units and people of the house tests."""
    return World()
