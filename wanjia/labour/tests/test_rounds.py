"""Rounds: how far one is by village, nobody asked twice, one in a place, closed by its last day with what was done by then."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from wanjia.verdict import Refused

from ..calls import queries as calls
from ..calls.commands import note_contact
from ..models import Round, Worker
from ..rounds import commands, queries
from .factories import NOW, TODAY, later, wrote


@pytest.fixture
def stale(world):
    """Both were verified yesterday."""
    wrote(Worker.objects.all(), verified_on=TODAY - timedelta(1))
    return world


def opened(world, area=None, *, by=None, days=10, at=NOW):
    return commands.open_round(area=area or world.xisha, to_on=TODAY + timedelta(days), by=by or world.officer, at=at)


def told(one):
    return [(row.name, row.done, row.unreached, row.whole, row.left) for row in queries.progress(Round.objects.get(pk=one.pk))]


def test_progress_by_village_the_not_reached_apart(stale):
    world, one = stale, opened(stale)
    assert told(one) == [("大同村", 0, 0, 2, 2)]
    note_contact(worker_id=world.he.pk, result="no_answer", by=world.li, at=NOW)
    note_contact(worker_id=world.he.pk, result="off", by=world.li, at=later(1))
    assert told(one) == [("大同村", 0, 1, 2, 1)]
    note_contact(worker_id=world.he.pk, result="there", by=world.li, at=later(2))
    assert told(one) == [("大同村", 1, 0, 2, 1)]


def test_a_round_asks_whoever_is_fresh_and_nobody_twice(stale):
    world = stale
    assert not calls.waiting(world.li, world.datong, TODAY).exists()
    opened(world)
    assert set(calls.waiting(world.li, world.datong, TODAY)) == {world.he, world.she}
    note_contact(worker_id=world.he.pk, result="there", by=world.li, at=NOW)
    assert set(calls.waiting(world.li, world.datong, TODAY + timedelta(1))) == {world.she}


@pytest.mark.parametrize(("area", "by", "why"), [
    ("datong", "officer", "的摸排还没有结束"), ("county", "officer", "的摸排还没有结束"), ("xisha", "officer", "的摸排还没有结束"),
    ("makou", "li", "没有组织集中摸排的权限"),
])  # fmt: skip
def test_one_round_in_a_place_and_only_whoever_may(world, area, by, why):
    opened(world)
    with pytest.raises(Refused, match=re.escape(why)):
        opened(world, getattr(world, area), by=getattr(world, by))
    assert opened(world, world.makou).area == world.makou


def test_the_last_day_is_not_yesterday(world):
    with pytest.raises(Refused, match="最后一天不能早于今天"):
        opened(world, days=-1)


def test_the_database_knows_one_round_too(world):
    one = opened(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(area=one.area, from_on=TODAY, to_on=TODAY, opened_at=NOW)


def test_it_closes_itself_and_keeps_what_was_done_by_then(stale):
    world, one = stale, opened(stale, days=3)
    note_contact(worker_id=world.he.pk, result="there", by=world.li, at=NOW)
    commands.close_rounds(later(3))
    assert Round.objects.get().closed_on is None, "the last day is a day"
    commands.close_rounds(later(4))
    one.refresh_from_db()
    assert (one.closed_on, told(one)) == (later(4).date(), [("大同村", 1, 0, 2, 1)])
    note_contact(worker_id=world.she.pk, result="there", by=world.li, at=later(5))
    assert told(one) == [("大同村", 1, 0, 2, 1)]
    assert opened(world, at=later(5)).pk != one.pk


def test_closed_early_with_the_reason(stale):
    one = opened(stale)
    commands.close_round(round_id=one.pk, because="改为全县一起", by=stale.officer, at=NOW)
    with pytest.raises(Refused, match="已经结束了"):
        commands.close_round(round_id=one.pk, because="再来一次", by=stale.officer, at=NOW)


def test_its_pages(stale, client):
    one = opened(stale)
    client.force_login(stale.officer, backend="django.contrib.auth.backends.ModelBackend")
    assert "细沙乡" in client.get(reverse("labour:rounds")).content.decode()
    page = client.get(reverse("labour:round", args=[one.pk])).content.decode()
    assert "大同村" in page and f"{reverse('labour:calls')}?area={stale.datong.code}" in page
    client.force_login(stale.li, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("labour:round", args=[one.pk])).status_code == 200
    client.force_login(stale.stranger, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("labour:round", args=[one.pk])).status_code == 404
