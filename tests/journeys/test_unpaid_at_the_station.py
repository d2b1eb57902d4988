"""Wages that are owed, at the counter of a township's station: a day's work in another county, not paid; one press, and one need with one owner at home.

The bureau of labour takes it, and it is one case for all: the station reads its number beside the day's work, and cannot open it twice.
"""

import os
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps

from wanjia.labour.models import DayOrder, DayWork
from wanjia.labour.tests.demand_world import code
from wanjia.orgs.models import Level, Line, Tier
from wanjia.orgs.roles import Role

from .conftest import PASSWORD

pytestmark = [pytest.mark.journey, pytest.mark.slow]
SEVEN = datetime(2026, 11, 2, 23, tzinfo=UTC)  # seven in the morning of the third, in China
WORDS = "老板说下个月再给,电话不接了"


def look(page, name):
    """Keep a picture where somebody wants to look (WANJIA_LOOK names the folder)."""
    if folder := os.environ.get("WANJIA_LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def fits(page):
    """Tell whether nothing reaches over the side of the page."""
    return page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth + 1")


@pytest.fixture
def clock(monkeypatch):
    """Let the day go by: `clock(9)` is nine hours after the market opens."""

    def at(hours):
        monkeypatch.setattr("django.utils.timezone.now", lambda: SEVEN + timedelta(hours=hours))

    at(0)
    return at


@pytest.fixture
def station(house):
    """The station of labour at the township, with somebody at its counter; the county where the work is."""
    from wanjia.casework.tests.factories import area, unit, worker

    area("530621000000", "鲁甸县", Level.COUNTY)
    at_counter = worker("zhan", "鲁窗口", unit("细沙乡人社中心", Tier.TOWNSHIP, house.xisha, Line.LABOUR), Role.STATION_WORKER)
    at_counter.set_password(PASSWORD)
    at_counter.save(update_fields=["password"])
    return at_counter


def test_what_is_owed_becomes_one_need_with_one_owner(clock, house, station, sits):
    counter = sits("zhan")

    # The station opens its market: in which village it stands decides which township takes up what is owed.
    counter.go("/labour/markets/").press("开办零工市场")
    assert counter.sees("欠薪的诉求由这里的乡镇(街道)接")
    counter.fill(area=str(house.datong.pk), name="大同零工市场", place="大同村集市东头", opens="06:00", closes="18:00").press("开办零工市场")

    # Two stand in the line; somebody from Ludian wants two for a building site over there. They are sent, and they are there.
    for name, phone in (("陈师傅", "13887000021"), ("李大姐", "13887000022")):
        counter.press("新来的人")
        counter.fill(name=name, phone=phone, birth_on="1980-05-01", came="person").press("登记并排队")
    counter.press("登记用工单")
    counter.fill(employer_name="鲁甸某建筑有限公司", credit_code=code(1), contact_name="孙经理", contact_phone="13887000099", words="搬砖、和灰", trade="build", headcount="2")
    counter.fill(day="2026-11-03", from_at="08:00", hours="8", area="530621", place="龙头山工地", pay="200", pay_per="day")
    counter.fill(settle_on="2026-11-03", settle_way="cash", safety="戴安全帽", insured="accident").press("登记用工单")
    order = DayOrder.objects.get()
    assert counter.go(f"/labour/day-orders/{order.pk}/").sees("在鲁甸县做")
    counter.press("派工").press("派这 2 个人")
    clock(1)
    counter.go(f"/labour/day-orders/{order.pk}/arrivals/").press("到岗确认")
    assert counter.sees("干完活问本人结清没有")

    # In the evening, signed in again after the day: one was paid and one was not. It stands in red on the desk and at the head of the markets.
    clock(10)
    counter = sits("zhan")
    for _who, paid in (("陈师傅", "200"), ("李大姐", "50")):
        counter.go(f"/labour/day-orders/{order.pk}/").press("登记结算")
        counter.fill(paid=paid, asked="face").press("登记结算")
    assert counter.go("/").sees("没有结清")
    counter.go("/labour/markets/")
    assert counter.sees("到了结算的日子,还没有结清") and counter.sees("李大姐") and counter.sees("150") and not counter.sees("陈师傅")
    look(counter.page, "owed-1280")

    # One press and one sentence of hers: the need stands in the ledger, with the place of the work in its first line.
    counter.press("登记欠薪")
    look(counter.page, "arrears-1280")
    counter.fill(words=WORDS).press("登记欠薪")
    need = apps.get_model("casework.Need").objects.get()
    assert counter.sees(f"已登记成诉求 {need.number},由诉求台账的一个单位负责到底")
    assert (need.requester_name, need.category, need.holder.name) == ("李大姐", "rights", "细沙乡人民政府")
    assert "鲁甸县" in need.summary and "还差 150 元" in need.summary
    look(counter.page, "opened-1280")
    assert not counter.go("/labour/markets/").sees("李大姐"), "it has its owner now"

    # It is one: the order's page names it and asks for no second, and a second sent by hand is refused.
    work = DayWork.objects.get(need=need.number)
    counter.go(f"/labour/day-orders/{order.pk}/")
    assert counter.sees(need.number) and counter.page.locator("main a:has-text('登记欠薪')").count() == 0
    assert counter.go(f"/labour/day-works/{work.pk}/arrears/").sees(f"这一笔已经登记成诉求 {need.number}")

    # The township has it on a telephone: where the work was and what is owed at once, her own sentence for a reason that is written down. The neighbour has no page of it.
    clerk = sits("xisha", width=375)
    clerk.go(f"/needs/{need.pk}/")
    assert clerk.sees("鲁甸县") and clerk.sees("还差 150 元") and clerk.sees("细沙乡人民政府") and not clerk.sees(WORDS) and fits(clerk.page)
    look(clerk.page, "need-375")
    clerk.page.click("summary:has-text('看电话和详细情况')")
    clerk.fill(reason="问她公司的电话").press("记入日志并查看")
    assert clerk.sees(WORDS) and clerk.sees("13887000022")
    assert not sits("makou").go(f"/needs/{need.pk}/").sees("鲁甸县")
    assert apps.get_model("casework.Need").objects.count() == 1
