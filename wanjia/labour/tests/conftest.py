import pytest

from .factories import World, recounted, told


@pytest.fixture
def world(db):
    """The small world; what was done in it leaves the sums true."""
    yield World()
    assert told() == recounted(), "the sums are not those of the rows"
