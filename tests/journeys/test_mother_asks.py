"""A mother asks where the bus is: a slip printed at school, the code typed without an account; how many stops away, how late and why, aboard, at school. Nobody's name, no other home's stop."""

import os
from datetime import datetime, time, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from wanjia.doors import moment
from wanjia.kernel.calendar import CHINA
from wanjia.schools.models import BusSeat, BusSlip, BusTrip, Ride
from wanjia.schools.tests import acts_buses as acts

pytestmark = [pytest.mark.journey, pytest.mark.slow]
LOOKS = os.environ.get("WANJIA_LOOKS", "")
WEDNESDAY = acts.DAY + timedelta(days=2)


@pytest.fixture
def clock(monkeypatch):
    """What every page takes for now: half past six on a Wednesday, until it is set on."""
    hand = SimpleNamespace(at=datetime.combine(WEDNESDAY, time(6, 30), CHINA))
    monkeypatch.setattr(moment, "timezone", SimpleNamespace(now=lambda: hand.at))
    hand.strikes = lambda hour, minute: setattr(hand, "at", datetime.combine(WEDNESDAY, time(hour, minute), CHINA))
    return hand


def keep(at, name):
    """Nothing overflows; a picture where somebody wants to look."""
    assert at.page.evaluate("document.documentElement.scrollWidth") <= at.page.viewport_size["width"], name
    if LOOKS:
        at.page.screenshot(path=f"{LOOKS}/{name}.png", full_page=True)


def ready(house):
    """Her child gets on at the second stop, another one at the first."""
    acts.runs_today(house)
    other = acts.another(house)
    BusSeat.objects.filter(rider=acts.rider(house)).update(stop=acts.line(house).stops.get(turn=2))
    BusSeat.objects.create(rider=other, stop=acts.line(house).stops.get(turn=1), from_on=acts.START)
    return acts.rider(house), other


def printed(head, rider):
    """A fresh slip from the child's own page; returns the code on the paper."""
    head.go(reverse("schools:rider", args=[rider.pk]))
    head.press("打印接送车小条").press("打印接送车小条")
    return head.page.locator(".slip-code").inner_text().strip()


def test_a_mother_asks_where_the_bus_is(house, sits, clock):
    mine, other = ready(house)
    head, bus, mother = sits("xiaozhang"), sits("zhaoguan", width=375), sits(width=375)
    code = printed(head, mine)
    assert mine.child.name not in head.page.locator("main").inner_text()
    keep(head, "slip-paper-1440")

    def asks(*words):
        """She looks again; what she reads names nobody, and no stop but her own hour."""
        mother.go(f"/b/{code}")
        for word in words:
            assert mother.sees(word), (word, mother.page.locator("body").inner_text())
        body = mother.page.content()
        for never in (mine.child.name, mine.child.shown_name, other.child.name, other.child.shown_name, "大岩子", "河边"):
            assert never not in body, never

    mother.go("/b/").fill(code="2222-2222").press("查看")
    assert mother.sees("没有这个编码")
    mother.fill(code=f"{code[:4].lower()} {code[4:]}").press("查看")
    asks("今天的车还没有开始点名", "07:15", "3号车")
    keep(mother, "mother-before-375")

    clock.strikes(6, 55)
    bus.go(reverse("schools:trip_open", args=[acts.line(house).pk])).fill(way="to_school").press("开始点名")
    trip = BusTrip.objects.get()
    asks("预计 07:15 到您这一站")

    clock.strikes(7, 9)
    roll = reverse("schools:bus_trip", args=[trip.pk])
    bus.go(reverse("schools:trip_delay", args=[trip.pk])).fill(minutes="12", why="路上落石").press("说车晚了")
    keep(bus, "bus-late-375")
    bus.go(roll).page.locator(f"#n{Ride.objects.get(rider=other).number} button", has_text="上车").first.click()
    bus.page.wait_for_function("n => document.querySelector(n)?.textContent.includes('车上')", arg=f"#n{Ride.objects.get(rider=other).number}")
    asks("车晚 12 分钟:路上落石", "预计 07:27 到您这一站", "离您还有 1 站", "07:09 最后一次点名")
    keep(mother, "mother-late-375")

    clock.strikes(7, 28)
    bus.go(roll).page.locator(f"#n{Ride.objects.get(rider=mine).number} button", has_text="上车").first.click()
    bus.page.wait_for_function("n => document.querySelector(n)?.textContent.includes('车上')", arg=f"#n{Ride.objects.get(rider=mine).number}")
    asks("07:28 上的车")
    keep(mother, "mother-aboard-375")

    clock.strikes(7, 40)
    bus.go(roll).fill(counted="2").press("到校下车")
    bus.go(roll).fill(looked="on").press("收车")
    asks("到校下车", "07:40", "这趟车已经收车,车上没有人")
    keep(mother, "mother-at-school-375")

    old, code = code, printed(head, mine)
    asks("到校下车")
    mother.go(f"/b/{old}")
    assert mother.sees("没有这个编码") and BusSlip.objects.filter(ended_at=None).count() == 1, "a new slip ends the one before"

    clock.at += timedelta(days=3)
    asks("今天学校不上课,不出车")
