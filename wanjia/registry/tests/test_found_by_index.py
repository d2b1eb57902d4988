"""Over a whole county each way of finding somebody goes by an index of its own, whatever language the database sorts by."""

import re

import pytest
from django.db import connection

from wanjia.orgs.models import Tier
from wanjia.orgs.roles import Role
from wanjia.registry.finding import bearing
from wanjia.registry.models import Person
from wanjia.registry.people.queries import people_found

from .factories import World, unit, worker

pytestmark = pytest.mark.django_db

WAYS = {
    "王建": {"name"}, "王": {"name"}, "建国": {"name", "given"}, "wangjian": {"pinyin", "initials"}, "wjg": {"pinyin", "initials"}, "0115": {"last4"},
    "530625198503020115": {"number"}, "13887000001": {"phone", "number"},
}  # fmt: skip
INDEXES = {
    "name": "registry_pe_name_", "given": "person_given", "pinyin": "registry_pe_pinyin_", "initials": "registry_pe_initial_", "last4": "registry_pe_citizen_",
    "number": "one_person_per_number", "phone": "person_phone",
}  # fmt: skip


# PostgreSQL goes by what it knows of a table's size: how it goes over 200,000 people is measured by `make bench-register`.
by_shape = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a small table is read by whatever index comes first")


@pytest.fixture
def county():
    """Somebody who sees a whole county's register."""
    world = World()
    return worker("yongshan", "县台账", unit("永善县委社会工作部", Tier.COUNTY, world.county), Role.LEDGER_OFFICE)


def plan(rows):
    """Return how the database would go."""
    return rows.order_by("pk").explain()


def scans(said):
    """Tell whether every person is read. Walking along an index over all its keys is as bad."""
    return bool(re.search(r"SCAN registry_person|ANY\(village_id\)", said))


@by_shape
@pytest.mark.parametrize("text", WAYS)
def test_each_way_of_finding_goes_by_an_index(county, text):
    said = plan(people_found(county, text))
    assert not scans(said), said
    assert [name for name in WAYS[text] if INDEXES[name] not in said] == [], said


@by_shape
def test_a_number_is_looked_up_along_the_rule_and_merged_records(county):
    tokens = Person._meta.get_field("citizen_index").look_for("530625198503020115")
    said = plan(Person.objects.filter(bearing(tokens)))
    assert not scans(said)
    assert INDEXES["number"] in said
    assert "person_merged_number" in said


@by_shape
def test_without_an_index_the_test_sees_it(county):
    """Negative control: what contains a text is found by reading everybody."""
    assert scans(plan(Person.objects.filter(name__contains="建")))


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite compares by bytes anyway")
def test_names_and_marks_are_compared_by_bytes():
    with connection.cursor() as cursor:
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = 'registry_person' AND collation_name = 'C'")
        assert {name for (name,) in cursor.fetchall()} == {"name", "pinyin", "initials", "citizen_index", "citizen_last4", "phone_index"}
