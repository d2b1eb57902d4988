"""Two hands draw the same paper on the reserve at the same moment: it is paid once, on both databases."""

import threading

import pytest
from django.db import connection, transaction

from tests.house.worlds import World
from wanjia.kernel.tests.crowds import wait_for
from wanjia.verdict import Refused

from ..income import queries
from ..income.commands import draw_voucher
from ..models import MoneyVoucher
from .money_factories import DAY, who

pytestmark = pytest.mark.slow


@pytest.fixture
def race(races):
    """Return what lets both draw at once, the second while the first has not ended yet; it gives the refusals of the second."""
    world = World()
    asked = {"village": world.datong, "category": "use_reserve", "day": DAY, "words": "修村道", "yuan": "150", "paper": "No.71", **who(world.register.yang)}

    def run(patience=2):
        drawn, over, refused = threading.Event(), threading.Event(), []

        def first():
            with transaction.atomic():
                draw_voucher(**asked)
                drawn.set()
                wait_for(over, patience)  # whoever comes second waits for this one, who waits for nobody for ever
            connection.close()

        def second():
            drawn.wait(10)
            try:
                draw_voucher(**asked)
            except Refused as error:
                refused.append(str(error.reason))
            over.set()
            connection.close()

        threads = [threading.Thread(target=one) for one in (first, second)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        return refused

    return run


def test_a_paper_that_two_hands_draw_at_once_is_paid_once(race):
    (refused,) = race()
    assert "已经登记过" in refused and MoneyVoucher.objects.count() == 1


def test_without_its_lock_it_is_paid_twice(race, monkeypatch):
    """Negative control. SQLite lets one write at a time anyhow."""
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time")
    monkeypatch.setattr(queries, "alone_in", lambda _village: None)
    assert race(patience=60) == [] and MoneyVoucher.objects.count() == 2
