"""The demo county lives its days by real commands: what it leaves is one truth, and work waits in the morning."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from wanjia.casework.demo import living
from wanjia.casework.demo.living import County, live
from wanjia.casework.drawing import commands as drawing
from wanjia.casework.ladder.words import ACTS as CLIMBS
from wanjia.casework.models import Milestone, Need, Session, Step
from wanjia.casework.states import NeedState as S
from wanjia.kernel import journal
from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.checking.queries import differences
from wanjia.orgs.models import Area, User
from wanjia.registry.households.commands import register_household
from wanjia.registry.models import Visit
from wanjia.registry.states import VisitState
from wanjia.site.demo.world import build_world, propose_deputy

FRIDAY = date(2026, 11, 27)


def nobody(_sentence):
    """Nobody listens to how far it is."""


@pytest.fixture
def world(db):
    """细沙乡 with two homes in each village, opened before the days to be lived."""
    opened = datetime.combine(FRIDAY - timedelta(days=40), time(8), tzinfo=CHINA)
    world = build_world(at=opened, townships=["细沙乡"])
    for village in Area.objects.filter(parent__short_name="细沙乡", to_on=None).order_by("code"):
        for name in ("赵有田", "钱有谷"):
            register_household(village_code=village.code, head={"name": name, "id_absent_reason": "other"}, by=world.user("xisha"), at=opened)
    return world


@pytest.fixture
def county(world, monkeypatch):
    """The county of that world, whose monthly draw falls alike in every run: what is rechecked, and so who has time for what, hangs on it."""
    monkeypatch.setattr(drawing.secrets, "token_hex", lambda n: "5" * 2 * n)
    return world.county


def idle(accounts):
    """Return the accounts whose desk shows nothing that waits: no visit, no row, no queue, no notice."""
    found = []
    for name in accounts:
        client = Client()
        client.force_login(User.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
        page = client.get("/").content.decode()
        if not (re.search(r'class="queue"|class="notice|<td', page[page.index("<main") :]) or "条岗位变动" in page):
            found.append(name)
    return found


def test_a_county_lives_and_stays_one_truth(county, monkeypatch):
    evening = datetime.combine(FRIDAY, time(23), tzinfo=CHINA)
    monkeypatch.setattr(timezone, "now", lambda: evening)  # what stood that evening, whatever day this is read on
    days, acts, refused = live(county.code, nobody, until=FRIDAY, span=26)

    assert days == 20 and acts > 150
    assert len(refused) < acts // 40, refused  # whoever asks again for what is under way is refused, as in an office
    assert [one.plain() for one in differences(evening)] == []
    assert journal.verify()[1] is None
    assert Step.objects.filter(by=None).exclude(by_name__startswith="诉求人").exclude(act__in=CLIMBS.values()).count() == 0, "the clock climbs, and nobody else acts unnamed"
    states = set(Need.objects.values_list("state", flat=True))
    assert {S.IN_PROGRESS, S.CLOSED, S.RETURNED, S.REOPENED} <= states
    assert set(Session.objects.values_list("state", flat=True)) == {"called", "held", "signed"}
    clocks = {name: Need.objects.exclude(**{name: value}).count() for name, value in (("asked_for", ""), ("stopped_on", None))}
    assert min(clocks.values()) > 0 < Milestone.objects.filter(done_on=None).count(), clocks
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


def test_whoever_signs_in_finds_something_that_waits(world, monkeypatch):
    """All of them but the administrator, who has work when somebody asks for an account, and a bureau's leader on a day on which nothing of the
    bureau is late, and those of the labour register, of care and of schools, which these days do not live; without the last evening, many have nothing."""
    names = [name for name, _role, _unit in world.accounts]
    yesterday = today(timezone.now()) - timedelta(days=1)
    with monkeypatch.context() as without:
        without.setattr(living, "leave_waiting", lambda _county: None)
        without.setattr(living, "leave_for_the_table", lambda _county, _morning: None)
        live(world.county.code, nobody, until=yesterday - timedelta(days=7), span=4)
        assert len(idle(names)) > 1, "the control"
    for area in (world.county.code, *world.elsewhere):
        live(area, nobody, until=yesterday, span=12)
    propose_deputy(world, at=timezone.now())
    assert {"admin"} <= set(idle(names)) <= {
        "admin", "minzheng-juzhang", "wenlv-juzhang", "yingji-juzhang", "weijian-juzhang", "nongye-juzhang", "fenxi", "zhu-ningbo", "jiuye", "guanai", "bangfu", "xuean", "huxue", "xiaozhang", "zhaoguan",
    }
