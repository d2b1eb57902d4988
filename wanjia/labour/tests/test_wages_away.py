"""What is owed to a worker away: his station opens one need with one owner at his home, reads how far it is, and nothing more of him or of the need."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client

from tests.house.worlds import World
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.verdict import Conflict, Refused

from ..models import Belonging, Outpost, Spell, WageClaim
from ..stations import queries, rules
from ..stations.commands import choose_station, claim_wages, close_outpost, leave_station
from . import demand_world as d

pytestmark = pytest.mark.usefixtures("monday")

BACKEND = "django.contrib.auth.backends.ModelBackend"
STORY = d.OWED["words"]


@pytest.fixture
def world(db):
    return World()


def _page(user, path="/station/"):
    client = Client()
    client.force_login(d.anew(user), backend=BACKEND)
    return client.get(path)


def _need():
    return apps.get_model("casework.Need").objects.get()


def test_one_need_with_one_owner_at_his_home_names_where_the_work_is(world):
    claim = d.claim(world)
    need = _need()
    assert (need.number, need.category, need.requester, need.village) == (claim.number, "rights", world.register.head, claim.worker.village)
    assert need.holder == world.township and need.recorded_org == world.office
    assert "宁波" in need.summary and "6000 元" in need.summary and claim.outpost.phone in need.summary and STORY not in need.summary and need.story == STORY
    line = Entry.objects.get(act="station.claim")
    assert line.subject_id == str(claim.worker_id) and line.detail["need"] == claim.number and STORY not in str(line.detail)


def test_the_station_reads_how_far_it_is_and_nothing_else_of_the_need(world):
    world.register.head.phone = "13887004321"
    world.register.head.save(update_fields=["phone"])
    claim = d.claim(world)
    assert _need().requester_phone == "13887004321", "his township can call him"
    page = _page(world.away).content.decode()
    assert claim.number in page and "现在由细沙乡人民政府办理" in page and "6000" in page
    assert STORY not in page and "13887004321" not in page
    assert _page(world.away, f"/needs/{_need().pk}/").status_code in (403, 404)


def test_whom_the_station_no_longer_sees_it_reads_no_claim_of(world):
    """Consent taken back, the claim is his and the ledger's; the control is the page before."""
    claim = d.claim(world)
    assert claim.number in _page(world.away).content.decode()
    leave_station(away_id=claim.worker_id, **d.who(world.visitor))
    assert claim.number not in _page(world.away).content.decode()
    assert _need().is_open, "the need goes on without the station"


def test_another_station_neither_sees_nor_opens(world):
    worker, other = d.looked_after(world), d.at_station(world, "驻深圳站", "shenzhen")
    d.station(world, other[0], host="440300", name="昭通市驻深圳就业服务站")
    assert _page(other[1], f"/station/{worker.pk}/wages/").status_code == 404
    with pytest.raises(Refused):
        claim_wages(own_id=worker.pk, **d.OWED, **d.who(other[1]))
    assert not WageClaim.objects.exists() and not apps.get_model("casework.Need").objects.exists()


def test_days_are_claimed_once_and_later_days_are_another_need(world, monkeypatch):
    claim = d.claim(world)
    Spell.objects.filter(pk=claim.spell_id).update(from_on=d.DAY - timedelta(days=60))
    WageClaim.objects.filter(pk=claim.pk).update(from_on=d.DAY - timedelta(days=20), last_on=d.DAY - timedelta(days=10))
    what = {"own_id": claim.worker_id, "owes": 900, "words": "又没有发工资"}
    for first, last in ((20, 10), (15, 15), (30, 20), (30, 0), (10, 0)):  # the same days, within, touching on both sides, around
        with pytest.raises(Refused) as told:
            claim_wages(from_on=d.DAY - timedelta(days=first), last_on=d.DAY - timedelta(days=last), **what, **d.who(world.away))
        assert claim.number in str(told.value)
    later = {"from_on": d.DAY - timedelta(days=9), "last_on": d.DAY}
    second = claim_wages(**later, **what, **d.who(world.away))
    assert second.number != claim.number
    monkeypatch.setattr(rules, "are_days_owed", lambda *_all: rules.first_refusal())  # the control: without the rule the days are claimed twice
    assert claim_wages(from_on=later["from_on"] + timedelta(days=1), last_on=d.DAY, **what, **d.who(world.away)).number != second.number


def test_days_claimed_under_another_spell_are_claimed_no_second_time(world):
    """The spell put right, the same days stand under a new one: the wages of a day are owed once. The day after them is the control."""
    claim = d.claim(world)
    Spell.objects.filter(pk=claim.spell_id).update(from_on=d.DAY - timedelta(days=40), to_on=d.DAY - timedelta(days=30))
    assert d.working(world).pk != claim.spell_id
    with pytest.raises(Refused) as told:
        claim_wages(own_id=claim.worker_id, **d.OWED, **d.who(world.away))
    assert claim.number in str(told.value) and WageClaim.objects.count() == 1
    WageClaim.objects.update(from_on=d.DAY - timedelta(days=9), last_on=d.DAY - timedelta(days=1))
    assert claim_wages(own_id=claim.worker_id, **d.OWED, **d.who(world.away)).number != claim.number


def test_a_station_closed_meanwhile_gets_nobody_more(world, monkeypatch):
    """It was offered, and closed before the worker's choice was written: he would belong to a station that is no more, and could choose no other."""
    one, worker = d.station(world, world.office), d.working(world).worker
    close_outpost(outpost_id=one.pk, on=d.DAY, reason="并入杭州站", **d.who(world.labour))
    monkeypatch.setattr(queries, "of_worker", lambda *_all: Outpost.objects.all())
    with pytest.raises(Conflict):
        choose_station(away_id=worker.pk, station=one, consent="phone", **d.who(world.visitor))
    assert not Belonging.objects.exists()


def test_without_a_ledger_the_station_is_told_whom_to_call(world, monkeypatch):
    worker = d.looked_after(world)
    monkeypatch.setattr(rules, "gather", lambda _name: [])
    said = rules.can_claim(d.anew(world.away), worker, MONDAY)
    assert not said.allowed and "12333" in str(said.reason)


def test_whoever_is_sixteen_stands_in_the_need_by_initials_and_without_a_telephone(world):
    person = world.register.head
    person.birth_on = d.DAY.replace(year=d.DAY.year - 17)
    person.save(update_fields=["birth_on"])
    one = d.station(world, world.office)
    worker = d.working(world, person).worker
    choose_station(away_id=worker.pk, station=one, consent="phone", **d.who(world.visitor))
    claim_wages(own_id=worker.pk, **d.OWED, **d.who(world.away))
    need = _need()
    assert need.involves_child and need.requester_name != person.name and not need.requester_phone
    assert person.name not in _page(world.away).content.decode()
