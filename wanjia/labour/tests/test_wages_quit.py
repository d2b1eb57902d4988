"""Whoever quit unpaid: his station still puts on the ledger what he is owed, within the time of the law, and learns nothing of where he went."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.house.worlds import World
from wanjia.policy import demand
from wanjia.verdict import Refused

from ..models import Belonging, Spell, WageClaim
from ..stations import rules
from ..stations.commands import claim_wages, leave_station, withdraw_claim
from . import demand_world as d

pytestmark = pytest.mark.usefixtures("monday")
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def quitter(world):
    """Wang chose the station eighty days ago, worked a month, and quit unpaid."""
    worker = d.looked_after(world)
    Belonging.objects.update(from_on=d.DAY - timedelta(days=80))
    Spell.objects.filter(worker=worker).update(from_on=d.DAY - timedelta(days=70), to_on=d.DAY - timedelta(days=40))
    return worker


OWED = {"from_on": d.DAY - timedelta(days=60), "last_on": d.DAY - timedelta(days=41), "owes": 4000, "words": "走的时候厂里说以后再给"}


def page_of(world, path):
    client = Client()
    client.force_login(d.anew(world.away), backend=BACKEND)
    return client.get(path)


def owe(world, worker, **more):
    return claim_wages(own_id=worker.pk, **OWED | more, **d.who(world.away))


def test_whoever_quit_unpaid_is_served_all_the_same(world, quitter):
    assert not rules.own_workers(d.anew(world.away), d.DAY).exists(), "he works there no longer"
    listed = page_of(world, "/station/?tab=gone").content.decode()
    assert "王建国" in listed and f"{d.DAY - timedelta(days=40)}" in listed and "王建国" not in page_of(world, "/station/").content.decode()
    form = page_of(world, f"/station/{quitter.pk}/wages/").content.decode()
    assert f'value="{d.DAY - timedelta(days=70)}"' in form and f'value="{d.DAY - timedelta(days=41)}"' in form, "the days that he worked are put there"
    claim = owe(world, quitter)
    assert claim.spell == quitter.spells.get() and claim.number in page_of(world, "/station/").content.decode(), "the station reads how far it is"
    withdraw_claim(own_id=quitter.pk, claim=claim, reason="日子写错了", **d.who(world.away))
    assert owe(world, quitter).number != claim.number


@pytest.mark.parametrize("days", [{"last_on": d.DAY - timedelta(days=40)}, {"last_on": d.DAY}, {"from_on": d.DAY - timedelta(days=71)}])
def test_days_on_which_he_worked_there_no_more_are_not_owed(world, quitter, days):
    with pytest.raises(Refused, match="做工的日子"):
        owe(world, quitter, **days)
    assert not WageClaim.objects.exists()


def test_a_claim_is_of_one_work(world, quitter):
    """He began at another firm there: days of both are two claims, and each is of the right firm."""
    second = d.working(world, name="宁波另一家厂")
    Spell.objects.filter(pk=second.pk).update(from_on=d.DAY - timedelta(days=40))
    with pytest.raises(Refused, match="一份工登记一次"):
        owe(world, quitter, last_on=d.DAY)
    first = owe(world, quitter)
    later = owe(world, quitter, from_on=d.DAY - timedelta(days=40), last_on=d.DAY)
    assert (first.spell.employer_name, later.spell) == (d.FACTORY["name"], second)


@pytest.mark.parametrize(("over", "served"), [(0, True), (1, False)])
def test_it_is_claimed_until_the_time_of_the_law_is_over(world, quitter, over, served):
    """Up to the last day (劳动争议调解仲裁法第二十七条: a year); the day after is the control."""
    ended = demand.wages_claimed_from(d.DAY) - timedelta(days=over)
    Belonging.objects.update(from_on=ended - timedelta(days=40))
    quitter.spells.update(from_on=ended - timedelta(days=30), to_on=ended)
    assert rules.can_claim(d.anew(world.away), quitter, d.MONDAY).allowed is served


@pytest.mark.parametrize("how", ["took it back", "never seen", "left the roll"])
def test_whom_the_station_never_saw_or_sees_no_more_it_does_not_serve(world, quitter, how):
    if how == "took it back":
        leave_station(away_id=quitter.pk, **d.who(world.visitor))
    elif how == "never seen":  # he chose the station after that work
        Belonging.objects.update(from_on=d.DAY - timedelta(days=40))
    else:
        type(quitter).objects.filter(pk=quitter.pk).update(left_on=d.DAY, left_because="service")
    assert not rules.served_workers(d.anew(world.away), d.DAY).exists()
    assert page_of(world, f"/station/{quitter.pk}/wages/").status_code == 404
    with pytest.raises(Refused):
        owe(world, quitter)


def test_where_he_went_on_to_the_station_does_not_read(world, quitter):
    d.working(world, place="440300", name="深圳某厂")
    listed = page_of(world, "/station/?tab=gone").content.decode()
    assert "王建国" in listed and d.FACTORY["name"] in listed and "深圳某厂" not in listed
    with pytest.raises(Refused):  # nor does it claim for what is not its place
        owe(world, quitter, from_on=d.DAY, last_on=d.DAY)
