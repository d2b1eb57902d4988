from datetime import date

import pytest

from ..statuses.commands import record_home_status
from .factories import NOW, World


@pytest.fixture
def world(db):
    """The small world."""
    return World()


@pytest.fixture
def status(world):
    """The Wang home has been on the allowance since July."""
    return record_home_status(household_id=world.home.pk, scheme="relief", code="minimum", from_on=date(2026, 7, 2), by=world.li, at=NOW)
