"""The demo county lives its days by real commands: what it leaves is one truth, and work waits in the morning."""

from datetime import date, datetime, time, timedelta

import pytest

from wanjia.casework.demo.living import County, live
from wanjia.casework.models import Need, Step
from wanjia.casework.states import NeedState as S
from wanjia.kernel import journal
from wanjia.kernel.calendar import CHINA
from wanjia.orgs.checking.queries import differences
from wanjia.orgs.models import Area
from wanjia.registry.households.commands import register_household
from wanjia.registry.models import Visit
from wanjia.registry.states import VisitState
from wanjia.site.demo.world import build_world

FRIDAY = date(2026, 11, 27)


def nobody(_sentence):
    """Nobody listens to how far it is."""


@pytest.fixture
def county(db):
    """细沙乡 with two homes in each village, opened before the days to be lived."""
    opened = datetime.combine(FRIDAY - timedelta(days=40), time(8), tzinfo=CHINA)
    world = build_world(at=opened, townships=["细沙乡"])
    for village in Area.objects.filter(parent__short_name="细沙乡", to_on=None).order_by("code"):
        for name in ("赵有田", "钱有谷"):
            register_household(village_code=village.code, head={"name": name, "id_absent_reason": "other"}, by=world.user("xisha"), at=opened)
    return world.county


def test_a_county_lives_and_stays_one_truth(county):
    days, acts, refused = live(county.code, nobody, until=FRIDAY, span=26)
    evening = datetime.combine(FRIDAY, time(23), tzinfo=CHINA)

    assert days == 20 and acts > 150
    assert len(refused) < acts // 50, refused
    assert [one.plain() for one in differences(evening)] == []
    assert journal.verify()[1] is None
    assert Step.objects.filter(by=None).exclude(by_name__startswith="诉求人").count() == 0
    states = set(Need.objects.values_list("state", flat=True))
    assert {S.IN_PROGRESS, S.CLOSED, S.RETURNED, S.REOPENED} <= states
    waiting = Visit.objects.filter(state=VisitState.PLANNED, planned_on__gt=FRIDAY)
    assert set(waiting.values_list("household__village", flat=True)) == set(Area.objects.filter(parent__short_name="细沙乡", to_on=None).values_list("pk", flat=True))


def test_started_again_it_lives_the_days_that_are_missing(county):
    live(county.code, nobody, until=FRIDAY - timedelta(days=3), span=4)
    assert live(county.code, nobody, until=FRIDAY - timedelta(days=3), span=4)[0] == 0
    assert live(county.code, nobody, until=FRIDAY, span=4)[0] == 3


def test_a_day_is_kept_whole_or_not_at_all(county, monkeypatch):
    monkeypatch.setattr(County, "plan", lambda _county: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        live(county.code, nobody, until=FRIDAY, span=2)
    assert not Need.objects.exists() and not Visit.objects.exists()
