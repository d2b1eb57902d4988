"""Leaders' days: of one county no leader is shown to, chosen by or proposed in another."""

import pytest

from tests.house.worlds import World
from wanjia.doors.asking import form_of
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Tier
from wanjia.registry.tests.factories import unit
from wanjia.schools.leading import commands
from wanjia.schools.models import Guard, LeaderDay

from . import acts_leading as acts
from .acts_year import far, who

pytestmark = pytest.mark.django_db


def test_a_leader_of_another_county_leads_here_no_day():
    world = World()
    what = acts.proposing(world)
    abroad = acts.leader(world, "丁远局长")
    Guard.objects.filter(pk=abroad.pk).update(unit=unit("东川区公安局", Tier.COUNTY, far()))
    Guard.objects.exclude(pk=abroad.pk).filter(leads=True).update(name="阿局长")  # the other comes first by name
    commands.propose_leader_days(**what, **who(world, "gates"))
    day = LeaderDay.objects.get()
    assert day.guard_id != abroad.pk
    form = form_of(commands.agree_leader_day.act)({"guard": str(abroad.pk)}, row=day, actor=who(world, "gates")["by"], day=MONDAY.date())
    assert not form.is_valid() and "丁远局长" not in str(form)
    form = form_of(commands.agree_leader_day.act)({"guard": str(day.guard_id)}, row=day, actor=who(world, "gates")["by"], day=MONDAY.date())
    assert form.is_valid(), "the negative control: the county's own is offered"
