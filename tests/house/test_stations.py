"""A station away stands in some unit's line, and reads none of that line's needs: its post sees what its own unit holds."""

import pytest

from wanjia.casework.duties import Duty
from wanjia.casework.rules import visible_needs
from wanjia.casework.tests.walk import bring
from wanjia.labour.tests import demand_world as d
from wanjia.orgs import scope
from wanjia.orgs.models import Organisation
from wanjia.orgs.roles import Role

from .worlds import World

pytestmark = pytest.mark.django_db


def test_a_station_reads_no_need_of_the_line_that_its_unit_stands_in(monkeypatch):
    world = World()
    home, ningbo = d.at_station(world)
    held = bring(world, "assigned")
    Organisation.objects.filter(pk=home.pk).update(line=held.holder.line)
    assert visible_needs(d.anew(ningbo)).count() == 0 and visible_needs(d.anew(world.labour)).count() == 0, "whoever serves labourers reads no needs"
    monkeypatch.setitem(scope.DUTIES, Role.STATION_AWAY, {*scope.DUTIES[Role.STATION_AWAY], Duty.HANDLE_NEEDS})
    assert visible_needs(d.anew(ningbo)).count() == 0, "nor with a duty that was given by mistake"
    monkeypatch.setattr(scope, "OWN_UNIT", set())  # the control: as any bureau's worker it would read them
    assert visible_needs(d.anew(ningbo)).count() == 1
