"""Two acts that each hold two needs, at the same moment: needs are locked in the order of their keys, so that neither waits for the other for ever."""

import threading

import pytest
from django.db import OperationalError, connection, transaction

from wanjia.verdict import Conflict

from ..commands import take
from ..honesty import commands as honesty
from ..models import Need
from .clock_acts import fresh
from .factories import World, later
from .test_honesty import unseen
from .walk import bring

pytestmark = pytest.mark.slow


def crossed(world, monkeypatch, beside):
    """Say of a need that an earlier one, first in the order of keys, is not settled, while somebody who has that one takes the second; return both errors.

    beside: how the act takes the earlier need.
    """
    before, after = bring(world, "closed"), None
    while after is None or str(after.pk) < str(before.pk):
        after = world.need(at=later(days=40), summary="低保还是没有发")
    gate, errors = threading.Barrier(2, timeout=20), {}

    def waits(*args):
        gate.wait()
        return beside(*args)

    monkeypatch.setattr(honesty, "take_beside", waits)

    def in_order():
        with transaction.atomic():
            take(before.pk, later(41))
            gate.wait()
            take(after.pk, later(41))

    def run(name, does):
        try:
            does()
        except (Conflict, OperationalError) as error:
            errors[name] = error
        finally:
            connection.close()

    says = {"need_id": after.pk, "earlier": before, "same": True, "by": fresh(world.caller), "at": later(days=41)}
    threads = [threading.Thread(target=run, args=one) for one in (("says", lambda: honesty.say_again(**says)), ("orderly", in_order))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return errors, says


@pytest.fixture
def world(races, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite writers are alone by nature")
    unseen(monkeypatch)
    return World()


def test_who_says_again_waits_a_moment_and_nobody_deadlocks(world, monkeypatch):
    real = honesty.take_beside
    errors, says = crossed(world, monkeypatch, real)
    assert not any(isinstance(error, OperationalError) for error in errors.values())
    assert "orderly" not in errors
    monkeypatch.setattr(honesty, "take_beside", real)
    if "says" in errors:  # refused: said anew it stands
        honesty.say_again(**says)
    assert Need.objects.get(pk=says["need_id"]).follows == says["earlier"]


@pytest.mark.spoils
def test_taken_in_any_order_one_of_the_two_is_torn_off(world, monkeypatch):
    """Negative control: the database itself has to break the knot."""
    errors, _says = crossed(world, monkeypatch, lambda _need, other, at: take(other, at))
    assert any(isinstance(error, OperationalError) or isinstance(error.__cause__, OperationalError) for error in errors.values())
