"""A claim of wages that was written down by mistake is withdrawn with a reason: its days are free again, and nobody claims a day twice."""

import pytest
from django.db import IntegrityError, transaction

from tests.house.worlds import World
from wanjia.kernel.models import Entry
from wanjia.labour.models import WageClaim
from wanjia.labour.stations.commands import claim_wages, withdraw_claim
from wanjia.verdict import Refused

from . import demand_world as d

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def withdrawn(world, claim, reason="记成了另一个人"):
    """It was a mistake."""
    return withdraw_claim(own_id=claim.worker_id, claim=claim, reason=reason, **d.who(world.away))


def test_a_mistaken_claim_bars_its_days_no_longer(world):
    claim = d.claim(world)
    with pytest.raises(Refused, match=claim.number):
        claim_wages(own_id=claim.worker_id, **d.OWED | {"owes": 600}, **d.who(world.away))
    withdrawn(world, claim)
    right = claim_wages(own_id=claim.worker_id, **d.OWED | {"owes": 600}, **d.who(world.away))
    assert right.number != claim.number and WageClaim.objects.count() == 2, "the line stays"
    claim.refresh_from_db()
    assert claim.withdrawn_because == "记成了另一个人" and claim.withdrawn_by == world.away
    assert Entry.objects.filter(act="station.unclaim").exists()
    with pytest.raises(Refused, match=right.number):
        claim_wages(own_id=claim.worker_id, **d.OWED, **d.who(world.away))


def test_it_is_withdrawn_once_with_a_reason_and_by_its_own_station(world):
    claim = d.claim(world)
    with pytest.raises(Refused, match="至少写"):
        withdrawn(world, claim, "错")
    other = d.at_station(world, "驻深圳站", "shenzhen")
    with pytest.raises(Refused):
        withdraw_claim(own_id=claim.worker_id, claim=claim, reason="记成了另一个人", **d.who(other[1]))
    withdrawn(world, claim)
    with pytest.raises(Refused):
        withdrawn(world, claim)


def test_the_page_says_that_it_was_withdrawn(world, client):
    claim = d.claim(world)
    withdrawn(world, claim)
    client.force_login(d.anew(world.away), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/station/").content.decode()
    assert claim.number in page and "记成了另一个人" in page


def test_the_table_itself_takes_no_day_twice(world):
    claim = d.claim(world)
    facts = {name: getattr(claim, name) for name in ("worker", "outpost", "spell", "from_on", "last_on", "owes", "at")}
    with pytest.raises(IntegrityError), transaction.atomic():
        WageClaim.objects.create(number="X", **facts)
    withdrawn(world, claim)
    assert WageClaim.objects.create(number="X", **facts).pk, "the negative control: of one that was withdrawn it does"
