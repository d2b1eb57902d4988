"""A guard falls ill at 06:30: told by telephone, alarmed at once to who answers for the gate, three who could stand in by name, one tap sends one of them; at the gate he is marked with one tap."""

import os
from datetime import datetime, time, timedelta
from types import SimpleNamespace

import pytest

from wanjia.doors import moment
from wanjia.kernel.calendar import CHINA
from wanjia.schools.models import Attendance, GateAlarm, GateDuty
from wanjia.schools.tests.factories import school
from wanjia.schools.tests.gate_factories import DAY, duty, force, ground, guard, roster

pytestmark = [pytest.mark.journey, pytest.mark.slow]
LOOKS = os.environ.get("WANJIA_LOOKS", "")
WEDNESDAY = DAY + timedelta(days=2)


@pytest.fixture
def clock(monkeypatch):
    """What every page takes for now: half past six on a Wednesday of the roster, until it is set on."""
    hand = SimpleNamespace(at=datetime.combine(WEDNESDAY, time(6, 30), CHINA))
    monkeypatch.setattr(moment, "timezone", SimpleNamespace(now=lambda: hand.at))
    return hand


def keep(at, name):
    """Keep a picture where somebody wants to look."""
    if LOOKS:
        at.page.screenshot(path=f"{LOOKS}/{name}.png", full_page=True)


def test_a_guard_falls_ill_at_half_past_six(house, sits, clock):
    ground(house)
    force(house)
    guard(house, "谢老师")
    guard(house, "余老师")
    roster(house)
    ill = duty(house)
    assert ill.from_at == time(7, 10) and ill.guard is not None

    head = sits("xiaozhang", width=375)
    head.go(f"/schools/guards/{ill.guard_id}/away/").fill(why="ill", way="phone").press("登记不能到岗")
    alarm = GateAlarm.objects.get(place=ill.place, party=ill.party, day=WEDNESDAY, from_at=ill.from_at)
    assert (alarm.stage, alarm.person, alarm.covered_at) == ("hour", house.headmaster, None) and alarm.raised_at < datetime.combine(WEDNESDAY, ill.from_at, CHINA)
    able = head.page.locator(f"form[action='/schools/duties/{ill.pk}/give/']")
    names = able.locator("button").first.inner_text(), able.count()
    assert names[1] == 3 and ill.guard.name not in able.all_inner_texts()
    assert head.sees("改动最少") and head.sees("整体最好")
    keep(head, "ill-absence-375")

    police = sits("huxue")
    police.go("/schools/alarms/")
    assert police.sees(ill.post.name) and police.sees("文校长")
    keep(police, "ill-alarms-1440")

    able.first.locator("button").click()
    head.sent()
    ill.refresh_from_db()
    stands_in = ill.guard
    assert stands_in is not None and stands_in.name in names[0] and ill.lost is None
    alarm.refresh_from_db()
    assert alarm.covered_at is not None, "whoever was told is told that it is over"
    police.go("/schools/alarms/")
    assert not GateDuty.objects.filter(school=school(house), day=WEDNESDAY, from_at=ill.from_at, guard=None).exclude(party="parent").exists()

    clock.at = datetime.combine(WEDNESDAY, time(7, 15), CHINA)
    head.go("/schools/gates/")
    keep(head, "ill-gates-375")
    head.page.locator(f"form[action='/schools/attendance/{ill.pk}/mark/'], form[action='/schools/duties/{ill.pk}/mark/']").get_by_role("button", name="到岗").click()
    head.sent()
    assert Attendance.objects.get().guard == stands_in and Attendance.objects.get().came
