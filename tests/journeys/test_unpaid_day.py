"""An unpaid day: an order at seven in the morning, three are sent, two are paid, one is not, and his need stands in the ledger with one owner."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.test import Client

from wanjia.labour.models import DayOrder, DayWork, Market
from wanjia.labour.tests.acts_markets import PLACE, SOMEBODY, WANTED
from wanjia.labour.tests.factories import World

pytestmark = pytest.mark.django_db
SEVEN = datetime(2026, 11, 2, 23, tzinfo=UTC)  # seven in the morning of the third, in China


def test_an_unpaid_day(monkeypatch):
    world = World()
    monkeypatch.setattr("django.utils.timezone.now", lambda: SEVEN)
    clerk = Client()
    clerk.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")

    def send(path, **what):
        answer = clerk.post(path, what)
        assert answer.status_code == 302, answer.content.decode()[:3000]

    send("/labour/markets/new/", area=world.datong.pk, **PLACE)
    market = Market.objects.get()
    for n, name in enumerate(("陈师傅", "周师傅", "李大姐", "郑大哥")):
        send("/labour/cards/new/", market=market.pk, **SOMEBODY | {"name": name, "phone": f"1388700002{n}"})
    send(f"/labour/markets/{market.pk}/orders/new/", **WANTED | {"day": "2026-11-03", "settle_on": "2026-11-03", "headcount": 3})
    order = DayOrder.objects.get()
    assert "郑大哥" not in clerk.get(f"/labour/day-orders/{order.pk}/fill/").content.decode(), "the fourth waits"
    send(f"/labour/day-orders/{order.pk}/fill/")
    send(f"/labour/day-orders/{order.pk}/arrivals/")
    one, two, three = DayWork.objects.order_by("waiting__number")
    for work in (one, two):
        send(f"/labour/day-works/{work.pk}/settle/", paid=200, asked="face")
    send(f"/labour/day-works/{three.pk}/settle/", paid=0, asked="face")
    assert "李大姐" in clerk.get("/labour/markets/").content.decode(), "alarmed on the day of settling"
    send(f"/labour/day-works/{three.pk}/arrears/", words="老板说下个月再给")
    need = apps.get_model("casework.Need").objects.get()
    assert (need.requester_name, need.category, need.holder.name) == ("李大姐", "rights", "细沙乡人民政府")
    assert need.number in clerk.get(f"/labour/day-orders/{order.pk}/").content.decode()
    assert "李大姐" not in clerk.get("/labour/markets/").content.decode(), "it has its owner now"
