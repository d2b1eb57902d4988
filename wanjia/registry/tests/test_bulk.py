"""Many rows at once are the rows that one by one would be: by COPY on PostgreSQL, by one statement on SQLite. And keys that lie side by side."""

from datetime import date
from types import SimpleNamespace
from uuid import RFC_4122, uuid4

import pytest
from django.db import IntegrityError, transaction

from wanjia.registry import bulk, row_keys
from wanjia.registry.finding import by_number
from wanjia.registry.households.commands import keep_rows
from wanjia.registry.importing.pace import Pace
from wanjia.registry.models import Absence, Household, Membership, Person, UploadRow
from wanjia.registry.people.queries import people_found
from wanjia.sealing import keys

from .factories import NOW, World, number

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def folk(world, count, **more):
    """Unsaved people, some with everything, some with nothing but a name."""
    full = {"sex": "男", "birth_on": date(1980, 2, 1), "boards": False, "monthly_income": 3500, "health": "腿\t疼\n\\N", "home_on": date(2026, 2, 1)}
    return [
        bulk.fresh(
            Person, village=world.datong, name=f"杨{n}", registered_at=NOW, citizen_id=number(date(1980, 2, 1), n), phone=f"138{n:08d}",
            **(full if n % 2 else {}), **more,
        )
        for n in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, bulk.FEW + 5])
def test_many_at_once_are_as_one_by_one(world, count):
    """Every column comes back as saving the same person would have left it, sealed values and indexes too."""
    rows = folk(world, count)
    bulk.insert(Person, rows)
    assert not any(row._state.adding for row in rows)
    for row in rows:
        alone = Person(**{field.attname: row.__dict__[field.attname] for field in Person._meta.concrete_fields if field.name != "id"})
        alone.citizen_id = ""  # one number is one person
        alone.save()
        kept, like = Person.objects.get(pk=row.pk), Person.objects.get(pk=alone.pk)
        assert (kept.citizen_id, by_number(row.citizen_id)) == (row.citizen_id, kept)
        for field in Person._meta.concrete_fields:
            if field.name not in ("id", "citizen_id", "citizen_index"):
                assert getattr(kept, field.attname) == getattr(like, field.attname), field.name


def test_a_rule_that_refuses_a_row_refuses_the_whole(world):
    rows = folk(world, bulk.FEW + 5)
    rows[-1].citizen_id = rows[0].citizen_id
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(Person, rows)
    assert not Person.objects.filter(name__startswith="杨").exists()


def test_nothing_goes_in_outside_a_transaction(world, monkeypatch):
    write = bulk.ready(Person, folk(world, 2))
    monkeypatch.setattr(bulk, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(RuntimeError):
        write()


def test_the_pace_learns_when_the_first_lock_was_taken(world):
    """By COPY as by INSERT: else a chunk would be as long as it likes."""
    pace, rows = Pace(), folk(world, bulk.FEW + 5)
    with pace.holding():
        bulk.insert(Person, rows)
        assert pace._locked is not None


def test_what_is_sealed_is_sealed_in_its_own_place(world):
    rows = folk(world, bulk.FEW + 5)
    bulk.insert(Person, rows)
    health = Person._meta.get_field("health")
    table = Person.objects.values_list("pk", "health").filter(pk__in=[row.pk for row in rows]).exclude(health=b"")
    sealed = {pk: body for pk, body in table if body}
    for pk, body in sealed.items():
        assert keys.open_sealed(body.body, health.place(Person(pk=pk))) == "腿\t疼\n\\N"
        with pytest.raises(keys.Unopened):
            keys.open_sealed(body.body, health.place(Person(pk=uuid4())))
    assert len(sealed) == len(rows) // 2


def test_keys_lie_side_by_side_and_bear_their_moment():
    made = [row_keys.ordered_key() for _ in range(2000)]
    assert len(set(made)) == 2000
    assert {(key.version, key.variant) for key in made} == {(7, RFC_4122)}
    # Within one tick of the clock chance decides; from one tick to the next none goes back.
    heads = [key.int >> 64 for key in made]
    assert heads == sorted(heads)
    assert len({key.int & (1 << 62) - 1 for key in made}) == 2000


def test_a_childs_key_tells_nobody_when_it_came(world):
    """Grown-ups that a file brings get ordered keys; a child, and whose birth is not known, a random one."""
    members = [
        {"relation": "户主", "name": "杨大山", "citizen_id": number(date(1980, 2, 1), 11), "birth_on": date(1980, 2, 1)},
        {"relation": "儿子", "name": "杨小山", "citizen_id": number(date(2026, 9, 1), 13), "birth_on": date(2026, 9, 1)},
        {"relation": "其他", "name": "杨不详"},
    ]
    keep_rows(rows=[{"number": "530625202201901", "village": world.datong.code, "members": members}], source="x", by=world.clerk, at=NOW)
    found = dict(Person.objects.filter(name__startswith="杨").values_list("name", "id"))
    assert {name: key.version for name, key in found.items()} == {"杨大山": 7, "杨小山": 4, "杨不详": 4}
    assert Household.objects.get(number="530625202201901").pk.version == 7
    assert Person._meta.get_field("id").default is uuid4, "who is registered by hand may be a child"
    assert Membership.objects.filter(household__number="530625202201901").count() == 3


def test_a_given_name_finds_whom_the_whole_name_would(world):
    """王建国 by 建国, not by 国; a child by neither where its file does not open."""
    assert [one.name for one in people_found(world.li, "建国")] == ["王建国"]
    assert list(people_found(world.li, "国")) == []
    assert [one.name for one in people_found(world.li, "小雨")] == ["王小雨"], "the village opens its children's files"
    assert list(people_found(world.leader, "小雨")) == list(people_found(world.leader, "王小雨")) == []
    assert [one.name for one in people_found(world.leader, "桂芳")] == ["张桂芳"]


def test_who_was_merged_into_another_is_still_found_by_number(world):
    gone = Person.objects.create(name="王建国", village=world.datong, registered_at=NOW, citizen_id=number(date(1985, 3, 2), 13), merged_into=world.head)
    assert by_number(gone.citizen_id) == world.head
    assert by_number(world.head.citizen_id) == world.head


def test_rows_without_a_key_of_their_own_and_rows_with_words_go_in_alike(world):
    """An automatic key is the database's; nothing of a home is sealed; an absence bears an ordered key."""
    people = folk(world, bulk.FEW + 5)
    bulk.insert(Person, people)
    bulk.insert(Membership, [bulk.fresh(Membership, household=world.home, person=one, relation="其他") for one in people])
    bulk.insert(Absence, [bulk.fresh(Absence, person=one, place="宁波", recorded_at=NOW) for one in people])
    assert Membership.objects.filter(person__in=people).count() == Absence.objects.filter(person__in=people).count() == len(people)
    bulk.insert(UploadRow, [])
