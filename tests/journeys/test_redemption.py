"""A home redeems its points at the 爱心超市: at the counter on a paper that is signed, at its door from the clerk's telephone; beyond the balance it is refused in words; at the month's end all foots, another hand checks it, it is printed and put up."""

from datetime import timedelta

import pytest

from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.checking.queries import differences
from wanjia.village.models import Good, PointAccount, Redemption, StockMove
from wanjia.village.tests import point_factories as points
from wanjia.village.tests.factories import body

from .hand import Hand

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture
def clock(monkeypatch):
    """Let days go by: `clock(4)` is four days after Monday."""

    def at(days):
        monkeypatch.setattr("django.utils.timezone.now", lambda: MONDAY + timedelta(days=days))

    at(0)
    return at


def redeems(hand, house, pieces, way):
    """The clerk opens the shop, takes the soap off its shelf for the Wang home."""
    hand.go("/village/shop/").tap("main td a:has-text('兑换')")
    hand.at.fill(home=str(house.register.home.pk), pieces=str(pieces), way=way)
    hand.tap("main button:has-text('兑换')")


def at_the_counter(clerk, house):
    """One piece at the counter; its receipt is printed and signed. A second of the same would be one too many."""
    clerk.go("/village/shop/").sees("各户手里 20 分").keep("shop")
    redeems(clerk, house, 1, "at_shop")
    clerk.sees("用了 10 分,现在还有 10 分").keep("shop-receipt")
    assert clerk.paper("shop-receipt") == 1
    redeems(clerk, house, 2, "at_shop")
    clerk.sees("这一户只有 10 分,不够。积分不能欠。").keep("shop-too-few")
    assert Redemption.objects.count() == 1 and Good.objects.get().on_hand == 2


def at_the_door(phone, house):
    """He calls; it is carried to his door and written down there. Then nobody offers his home any more."""
    redeems(phone, house, 1, "at_home")
    phone.sees("用了 10 分,现在还有 0 分").keep("shop-receipt")
    phone.go("/village/shop/").tap("main td a:has-text('兑换')").keep("shop-nobody")
    assert phone.page.locator(f"option[value='{house.register.home.pk}']").count() == 0
    phone.go(f"/village/points/accounts/{PointAccount.objects.get(purse='home').pk}/").keep("shop-account")
    lines = [one.strip() for one in phone.page.locator("main").inner_text().split("\n")]
    assert "洗衣粉" in " ".join(lines)


def closed(clerk, second, month):
    """The month is drawn up by one, checked by another, printed."""
    clerk.go("/village/points/months/").sees(f"还没结的月份:{month}").keep("shop-months")
    clerk.tap("main a:has-text('算积分月结')").at.fill(month=month)
    clerk.tap("main button:has-text('算积分月结')").sees("谁算的谁不能核对").keep("shop-month-drawn")
    assert clerk.page.locator("main a:has-text('核对签字')").count() == 0
    second.go("/village/points/months/").tap(f"main a:has-text('{month}')").tap("main a:has-text('核对签字')").tap("main button:has-text('核对签字')")
    second.sees("已核对").keep("shop-month-checked")
    assert second.paper("shop-month") == 1
    return dict(zip(second.page.locator("main dt").all_inner_texts(), second.page.locator("main dd").all_inner_texts(), strict=True))


def test_a_home_redeems_its_points(clock, house, chromium):
    body(house)
    points.soap(house, pieces=3)
    for day in (points.DAY - timedelta(days=1), points.DAY):
        points.claim(house, "claim_posted", day=day)
    points.book_points(by=points.CLOCK, at=points.BOOKED)
    clock(4)
    clerk, phone = Hand(chromium, house, "datong", 1440), Hand(chromium, house, "datong", 375)
    at_the_counter(clerk, house)
    at_the_door(phone, house)

    # Stock and balance foot: three came, two went; twenty were given, twenty spent.
    clerk.go(f"/village/shop/goods/{Good.objects.get().pk}/").sees("库存 1 件").keep("shop-good")
    assert sorted(StockMove.objects.values_list("pieces", flat=True)) == [-1, -1, 3]
    clerk.go("/village/points/months/new/").at.fill(month="2026-11").press("算积分月结")
    clerk.sees("这个月还没有过完")

    clock(30)  # who signed in a month ago signs in again
    clerk, second = Hand(chromium, house, "datong", 1440), Hand(chromium, house, "xisha", 375)
    said = closed(clerk, second, "2026-11")
    assert (said["月初积分"], said["本月记分"], said["本月兑换"], said["月末货值"]) == ("0", "+20", "−20 (2 笔)", "10.00 元"), said
    assert said["月末积分"].startswith("0 ")
    stranger = Hand(chromium, house, None, 375)
    stranger.go(f"/g/{house.datong.pk}/").sees("2026-11:记分 20,冲正 0,兑换 20(2 笔),月末各户共 0 分。").keep("shop-public")
    assert "王建国" not in stranger.page.content()
    assert list(differences()) == [] and [one for who in (clerk, phone, second) for one in who.at.faults] == []
