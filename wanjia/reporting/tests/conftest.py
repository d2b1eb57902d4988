import pytest

from wanjia.casework.tests.factories import World


@pytest.fixture
def world(db):
    """The small world of casework."""
    return World()
