"""Two people at once on one labourer: one place a day, one version, sums that hold; on both databases."""

import pytest

from wanjia.kernel.tests.crowds import beside
from wanjia.orgs.models import User

from ..calls.commands import note_contact
from ..keeping import commands as keeping
from ..models import Contact, Spell, Worker
from ..workers.commands import record_spell, set_facts
from .factories import AWAY, NOW, World, recounted, told


def test_two_record_a_spell_at_once(races):
    world = World()
    users = [User.objects.get(pk=one.pk) for one in (world.li, world.yang)]
    refusals = beside(*(lambda by=by: record_spell(worker_id=world.he.pk, **AWAY, by=by, at=NOW) for by in users))
    assert (Spell.objects.filter(worker=world.he).count(), len(refusals)) == (1, 1)
    assert told() == recounted()


def test_two_answers_at_once_are_both_kept(races):
    world = World()
    by = User.objects.get(pk=world.li.pk)
    beside(*(lambda r=r: note_contact(worker_id=world.he.pk, result=r, by=by, at=NOW) for r in ("no_answer", "off", "there")))
    assert Contact.objects.count() == 3 and told() == recounted()


def test_two_villagers_at_once_keep_one_sum(races):
    """Both rows go from one sum to another: neither loses the other's difference."""
    world = World()
    by = User.objects.get(pk=world.li.pk)
    assert beside(*(lambda one=one: record_spell(worker_id=one.pk, **AWAY, by=by, at=NOW) for one in (world.he, world.she))) == []
    assert told() == recounted() and sorted(told().values()) == [2]


@pytest.mark.spoils
def test_without_the_compare_the_sums_would_not_hold(races, monkeypatch):
    """The control: two hands that read the same row and write it without looking take it out of the old sum twice."""
    world = World()
    stale, other = world.anew(world.he), world.anew(world.he)
    facts = {"place": "county", "since_on": AWAY["from_on"], "how": "self"}
    from django.db import transaction

    with transaction.atomic():
        keeping.keep(stale, **facts)
        Worker.objects.filter(pk=other.pk).update(version=other.version)
        keeping.keep(other, **facts | {"place": "city"})
    assert told() != recounted()


def test_facts_beside_a_spell(races):
    world = World()
    by = User.objects.get(pk=world.li.pk)
    beside(lambda: set_facts(worker_id=world.he.pk, trade="cook", by=by, at=NOW), lambda: record_spell(worker_id=world.he.pk, **AWAY, by=by, at=NOW))
    he = world.anew(world.he)
    assert (he.trade, he.place) == ("cook", "outside")
