"""The calendar is changed by two: the ledger office asks, a township's leader agrees; the button stands before the list, on a phone too."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from wanjia.casework.models import Need
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.kernel.models import CalendarDay

from .conftest import Person

pytestmark = [pytest.mark.journey, pytest.mark.slow]
LISTED = 30


def in_sight(person, words):
    """Tell whether a button stands in the first screen, without scrolling."""
    box = person.page.get_by_role("button", name=words).bounding_box()
    return box["y"] + box["height"] <= person.page.viewport_size["height"]


def kept(person, name):
    if where := os.environ.get("WANJIA_PICTURES"):
        person.page.screenshot(path=f"{where}/{name}.png", full_page=False)


@pytest.mark.parametrize("width", [375, 1440])
def test_two_units_change_the_calendar(chromium, house, width):
    at = timezone.now()
    needs = [house.need(at=at) for _n in range(LISTED)]
    off = WorkingCalendar.load().add(today(at), 1).on
    ledger, leader = (Person(chromium, house, user.username, width) for user in (house.ledger, house.township_leader))
    ledger.go("/calendar")
    ledger.page.get_by_text("修改一天").click()
    ledger.page.fill("input[name=day]", off.isoformat())
    ledger.page.locator("input[name=works][value='no']").check(force=True)
    ledger.page.locator("form[action='/calendar/day'] input[name=source]").fill("县里通知")
    ledger.page.get_by_role("button", name="保存").click()
    ledger.page.get_by_text(f"将改变 {LISTED} 件诉求的期限").first.wait_for()
    kept(ledger, f"preview-{width}")
    assert in_sight(ledger, "提交,等另一个单位同意")
    ledger.page.get_by_role("button", name="提交,等另一个单位同意").click()
    ledger.page.get_by_text("在那以前日历和期限都不变").first.wait_for()
    kept(ledger, f"sent-{width}")
    leader.go("/")
    leader.page.get_by_text("有 1 项日历改动等您同意").click()
    leader.page.get_by_text("看改了什么,再决定").click()
    kept(leader, f"decide-{width}")
    assert in_sight(leader, "同意改日历")
    assert leader.sees(needs[0].number)
    assert not leader.sees(needs[0].summary), "an auditor may agree, and opens no need"
    leader.page.get_by_role("button", name="同意改日历").click()
    leader.page.get_by_text("已同意,日历已改").first.wait_for()
    kept(leader, f"agreed-{width}")
    assert not CalendarDay.objects.get(day=off).works
    assert Need.objects.get(pk=needs[0].pk).due_on > needs[0].due_on >= today(at) + timedelta(days=1)
    assert ledger.faults == leader.faults == []
