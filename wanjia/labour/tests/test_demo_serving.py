"""What the demo plants beside the drive: something of each mechanism, by two people, up to yesterday, once; and something that waits for whoever opens it."""

from datetime import date, timedelta

import pytest

from tests.house.worlds import World
from wanjia.kernel.calendar import CHINA, today
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Tier
from wanjia.orgs.roles import Role
from wanjia.registry.tests.factories import unit, worker

from ..day_markets.queries import owing
from ..demo import offering, serving
from ..employers.queries import to_confirm
from ..models import Agreement, Belonging, Fair, Market, Outpost, Reached, Registration, Worker
from ..stations.rules import own_workers
from . import demand_world
from .factories import entered

NOW = (MONDAY + timedelta(days=20)).astimezone(CHINA).replace(hour=17, minute=0)


@pytest.fixture
def world(db):
    """Two firms with their vacancies, somebody in Ningbo, a station that signs in."""
    one = World()
    begun = NOW - offering.BEGAN
    lone = one.register.register("孙单身", date(1990, 1, 1), 33).memberships.get().person
    entered(Worker(person=lone, village=one.datong, entered_on=today(begun), verified_on=today(begun)))
    demand_world.working(one)
    office = unit("永善县驻宁波劳务服务站", Tier.COUNTY, one.county)
    one.station = worker("zhu-nb", "驻站员", office, Role.STATION_AWAY)
    for n, (name, place, phone) in enumerate(offering.FIRMS):
        firm = demand_world.employer(one, name=name, code=offering.code_of(n), place=place, phone=phone)
        facts = {"place": place, "pay_from": 4800, "pay_to": 6500, "from_on": today(begun), "until_on": today(begun) + timedelta(days=75)}
        row = offering.write_vacancy(employer_id=firm.pk, **demand_world.OFFER | facts, by=one.clerk, at=begun)
        offering.confirm_vacancy(vacancy_id=row.pk, checked="phone", words="打电话问过厂里", by=one.labour, at=begun)
    return one


def planted(world):
    return serving.live("530625", world.clerk, world.labour, NOW - offering.BEGAN, NOW)


def test_something_of_each_is_planted_once_up_to_that_evening(world):
    told = planted(world)
    assert {model.__name__: model.objects.count() for model in (Market, Fair, Agreement, Outpost, Registration)} == {
        "Market": 1, "Fair": 1, "Agreement": 1, "Outpost": 3, "Registration": 3}  # fmt: skip
    assert told["belongings"] == Belonging.objects.count() and told["reached"] == Reached.objects.count()
    assert not Entry.objects.filter(at__gt=NOW).exists()
    before = Entry.objects.count()
    assert not planted(world) and Entry.objects.count() == before


def test_something_waits_for_whoever_opens_it(world):
    planted(world)
    assert owing(world.clerk, today(NOW)) == 1, "a day's wage that was not paid in full"
    assert to_confirm(world.labour).count() == 1, "a paper of the second firm"
    assert Registration.objects.filter(state="offered").count() == 1 and Market.objects.get().orders.filter(left=3).exists()
    assert own_workers(world.station, today(NOW)).count() == 1
