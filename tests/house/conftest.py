"""People whom several walks of the house send."""

import pytest

from wanjia.casework.tests.factories import worker
from wanjia.orgs.models import Line, Organisation, Tier
from wanjia.orgs.roles import Role


@pytest.fixture
def police(world):
    """A bureau whose line has no duty with families, and no tie with any home."""
    bureau = Organisation.objects.create(name="永善县公安局", tier=Tier.COUNTY, line=Line.POLICE, area=world.county)
    return worker("gongan", "某民警", bureau, Role.BUREAU_WORKER)
