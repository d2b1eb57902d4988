"""A claim of wages that was written down by mistake is withdrawn with a reason: its days are free again, and nobody claims a day twice."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from tests.house.quicker import done
from tests.house.worlds import World
from wanjia.kernel.command import COMMANDS
from wanjia.kernel.models import Entry
from wanjia.labour.models import WageClaim
from wanjia.labour.stations.commands import claim_wages, withdraw_claim
from wanjia.verdict import Refused

from . import demand_world as d
from .acts import ACTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def withdrawn(world, claim, reason="记成了另一个人"):
    """It was a mistake."""
    return withdraw_claim(own_id=claim.worker_id, claim=claim, reason=reason, **d.who(world.away))


def test_a_mistaken_claim_bars_its_days_no_longer(world):
    claim = d.claim(world)
    with pytest.raises(Refused, match=claim.number):
        claim_wages(own_id=claim.worker_id, **d.OWED | {"owes": 600}, **d.who(world.away))
    withdrawn(world, claim)
    right = claim_wages(own_id=claim.worker_id, **d.OWED | {"owes": 600}, **d.who(world.away))
    assert right.number != claim.number and WageClaim.objects.count() == 2, "the line stays"
    claim.refresh_from_db()
    assert claim.withdrawn_because == "记成了另一个人" and claim.withdrawn_by == world.away
    assert Entry.objects.filter(act="station.unclaim").exists()
    with pytest.raises(Refused, match=right.number):
        claim_wages(own_id=claim.worker_id, **d.OWED, **d.who(world.away))


def test_it_is_withdrawn_once_with_a_reason_and_by_its_own_station(world):
    claim = d.claim(world)
    with pytest.raises(Refused, match="至少写"):
        withdrawn(world, claim, "错")
    other = d.at_station(world, "驻深圳站", "shenzhen")
    with pytest.raises(Refused):
        withdraw_claim(own_id=claim.worker_id, claim=claim, reason="记成了另一个人", **d.who(other[1]))
    withdrawn(world, claim)
    with pytest.raises(Refused):
        withdrawn(world, claim)


def test_the_page_says_that_it_was_withdrawn(world, client):
    claim = d.claim(world)
    withdrawn(world, claim)
    client.force_login(d.anew(world.away), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/station/").content.decode()
    assert claim.number in page and "记成了另一个人" in page


def test_the_table_itself_takes_no_day_twice(world):
    claim = d.claim(world)
    facts = {name: getattr(claim, name) for name in ("worker", "outpost", "spell", "from_on", "last_on", "owes", "at")}
    with pytest.raises(IntegrityError), transaction.atomic():
        WageClaim.objects.create(number="X", **facts)
    withdrawn(world, claim)
    assert WageClaim.objects.create(number="X", **facts).pk, "the negative control: of one that was withdrawn it does"


def taken_back(world, number):
    """His household takes the need back, and is asked by the unit that calls."""
    need = apps.get_model("casework.Need").objects.get(number=number)
    COMMANDS["casework.ask_withdrawal"](need_id=need.pk, words="厂里已经给了一半,家里先不办了", **d.who(world.clerk))
    COMMANDS["casework.withdraw_need"](need_id=need.pk, way="phone", words="先不办了", **d.who(world.caller))
    return need


def judged(world, claim):
    """His township found the need reasonable: only such a one is reopened."""
    COMMANDS["casework.admit_need"](need_id=apps.get_model("casework.Need").objects.get(number=claim.number).pk, **d.who(world.clerk))


def test_a_need_that_is_withdrawn_on_the_ledger_frees_its_days(world, client):
    claim = d.claim(world)
    taken_back(world, claim.number)
    claim.refresh_from_db()
    assert claim.withdrawn_at and claim.withdrawn_by is None and Entry.objects.filter(act="station.freed", detail__need=claim.number).count() == 1
    client.force_login(d.anew(world.away), backend="django.contrib.auth.backends.ModelBackend")
    assert "台账上的诉求已撤回" in client.get("/station/").content.decode(), "the station reads why"
    assert claim_wages(own_id=claim.worker_id, **d.OWED, **d.who(world.away)).number != claim.number


def test_whom_nobody_tells_frees_nothing(world, monkeypatch):
    """The negative control: with nothing brought under the kind the days stay claimed."""
    monkeypatch.setattr("wanjia.casework.commands.gather", lambda _kind: [])
    claim = d.claim(world)
    taken_back(world, claim.number)
    with pytest.raises(Refused, match=claim.number):
        claim_wages(own_id=claim.worker_id, **d.OWED, **d.who(world.away))


def test_a_need_taken_up_again_takes_its_days_again(world):
    claim = d.claim(world)
    judged(world, claim)
    need = taken_back(world, claim.number)
    COMMANDS["casework.reopen_need"](need_id=need.pk, words="厂里又不给了", **d.who(world.clerk))
    claim.refresh_from_db()
    assert claim.withdrawn_at is None and not claim.withdrawn_because
    with pytest.raises(Refused, match=claim.number):
        claim_wages(own_id=claim.worker_id, **d.OWED, **d.who(world.away))


@pytest.mark.parametrize("how", ["claimed anew", "by the station"])
def test_it_takes_none_that_was_claimed_anew_or_was_a_mistake(world, how):
    claim = d.claim(world)
    judged(world, claim)
    if how == "by the station":
        withdrawn(world, claim)
    need = taken_back(world, claim.number)
    if how == "claimed anew":
        claim_wages(own_id=claim.worker_id, **d.OWED, **d.who(world.away))
    COMMANDS["casework.reopen_need"](need_id=need.pk, words="厂里又不给了", **d.who(world.clerk))
    claim.refresh_from_db()
    assert claim.withdrawn_at and WageClaim.objects.filter(withdrawn_at=None).count() == (how == "claimed anew")


def test_a_days_arrears_are_put_on_the_ledger_anew(world):
    what = ACTS["labour.open_arrears"].make(world)
    work = done(world, "labour.open_arrears", what)
    first = work.need
    with pytest.raises(Refused, match=first):
        done(world, "labour.open_arrears", what)
    taken_back(world, first)
    assert done(world, "labour.open_arrears", what).need not in ("", first)
