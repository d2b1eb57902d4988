"""Sixty-four people in the line and eight clerks who send at once: nobody is sent to two works, no order is filled over its headcount."""

import threading
from collections import Counter

import pytest
from django.db import connection

from wanjia.orgs.models import User
from wanjia.verdict import Refused

from ..day_markets import subjects
from ..day_markets.orders import commands as sending
from ..day_states import AT_WORK
from ..models import DayOrder, DayWork, Market, Waiting
from .factories import NOW
from .test_day_markets import Morning

pytestmark = pytest.mark.slow
CROWD, CLERKS, PLACES = 64, 8, 10


@pytest.fixture
def crowd(races):
    """A line of sixty-four, and orders for eighty: each clerk presses “派工” of one of them at the same moment as the others."""
    morning = Morning()
    for n in range(CROWD):
        morning.comes(f"工{n:02d}")
    orders = [morning.order(headcount=PLACES, place=f"工地{n}") for n in range(CLERKS)]

    def run(of=lambda n: orders[n].pk):
        start, failed = threading.Barrier(CLERKS), []

        def send(n):
            clerk = User.objects.get(pk=morning.clerk.pk)
            start.wait()
            try:
                sending.fill_order(order_id=of(n), by=clerk, at=NOW)
            except Refused as refusal:
                failed.append(str(refusal))
            finally:
                connection.close()

        threads = [threading.Thread(target=send, args=(n,)) for n in range(CLERKS)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        return failed

    return run, orders


def works_of_each():
    return Counter(DayWork.objects.filter(state__in=AT_WORK).values_list("waiting_id", flat=True))


def test_nobody_is_sent_twice_and_everybody_is_sent(crowd):
    run, _orders = crowd
    run()
    assert set(works_of_each().values()) == {1}
    assert len(works_of_each()) == CROWD
    assert not Waiting.objects.filter(state="waiting").exists()
    assert sum(DayOrder.objects.values_list("left", flat=True)) == CLERKS * PLACES - CROWD


def test_eight_clerks_fill_one_order_to_its_headcount(crowd):
    run, orders = crowd
    failed = run(lambda _n: orders[0].pk)
    assert DayWork.objects.filter(order=orders[0]).count() == PLACES
    assert DayOrder.objects.get(pk=orders[0].pk).left == 0
    assert len(failed) == CLERKS - 1
    assert set(failed) == {"这张用工单的人已经派满。"}


def test_without_the_turn_the_rows_say_no_themselves(crowd, monkeypatch):
    """Negative control, where two transactions overlap at all: without the market's lock some clerk is told that somebody was quicker, and still nobody
    is sent twice; the second wall is compare-and-set and the constraints."""
    if connection.vendor == "sqlite":
        pytest.skip("writers are alone by nature")
    looked, suited = threading.Barrier(CLERKS), sending.queries.suited

    def asked(order):
        found = suited(order)
        looked.wait(60)
        return found

    monkeypatch.setattr(subjects, "hold_market", lambda market_id: Market.objects.get(pk=market_id))
    monkeypatch.setattr(sending.queries, "suited", asked)
    run, _orders = crowd
    failed = run()
    assert len(failed) == CLERKS - 1, "all saw the same first ten: one was quicker"
    assert set(works_of_each().values()) == {1}
    assert len(works_of_each()) == PLACES


@pytest.mark.spoils
def test_without_both_walls_somebody_is_sent_twice(crowd, monkeypatch):
    """Negative control: neither lock nor compare-and-set nor the constraint, and a worker is sent to several orders."""
    if connection.vendor == "sqlite":
        pytest.skip("writers are alone by nature")
    looked, suited = threading.Barrier(CLERKS), sending.queries.suited

    def asked(order):
        found = suited(order)
        looked.wait(60)
        return found

    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_work_a_day")
    monkeypatch.setattr(subjects, "hold_market", lambda market_id: Market.objects.get(pk=market_id))
    monkeypatch.setattr(sending.queries, "suited", asked)
    monkeypatch.setattr(sending, "move_place", lambda waiting, name, **_what: Waiting.objects.filter(pk=waiting.pk).update(state="sent"))
    run, _orders = crowd
    try:
        run()
        assert max(works_of_each().values()) > 1
    finally:
        DayWork.objects.update(state="absent")
        with connection.cursor() as cursor:
            cursor.execute("CREATE UNIQUE INDEX one_work_a_day ON labour_daywork (waiting_id) WHERE state IN ('sent','arrived','paid','unpaid')")
