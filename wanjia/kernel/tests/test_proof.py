"""A missing, foreign or old ring stops every write with a sentence; a bad value is named and the rest goes on."""

import json
import os

import pytest
from django.db import transaction
from django.utils import translation

from wanjia.kernel.models import KeyCheck
from wanjia.sealing import columns, fields, keys, proof
from wanjia.verdict import Refused


@pytest.fixture(autouse=True)
def small_world(monkeypatch, request):
    """The small world's tables belong to no installed app: the proof is told of them."""
    if "tables" in request.fixturenames:
        tables = request.getfixturevalue("tables")
        monkeypatch.setattr(columns, "rotated_models", lambda: [tables.Parcel, tables.Note])


def other_ring():
    """Put a ring with the same names and other secrets in the place of the present one."""
    content = json.loads(json.dumps(keys.ring()))
    for name, key in content["keys"].items():
        content["keys"][name] = keys._new_key(key["suite"])
    keys.save(content)


def test_a_missing_ring_is_a_sentence_and_is_never_made_anew(tables, ring, settings):
    tables.Parcel.objects.create(phone="13800000001")
    os.unlink(settings.WANJIA_KEYRING)

    for act in (keys.ring, proof.prove, proof.first_set_up, lambda: tables.Parcel.objects.create(phone="13800000002")):
        with pytest.raises(keys.RingFault, match=r"ring\.json"), transaction.atomic():
            act()
    assert not os.path.exists(settings.WANJIA_KEYRING)
    with translation.override("en"), pytest.raises(keys.RingFault, match="recovery sheet"):
        keys.ring()


def test_the_first_set_up_makes_a_ring_for_an_empty_database(tables, ring, settings):
    os.unlink(settings.WANJIA_KEYRING)
    KeyCheck.objects.all().delete()

    proof.first_set_up()

    assert set(KeyCheck.objects.values_list("name", flat=True)) == {"k1", "i1"}


def test_a_foreign_ring_writes_nothing(tables, ring):
    tables.Parcel.objects.create(phone="13800000001")
    other_ring()

    with pytest.raises(keys.RingFault, match="不是这个数据库的"), transaction.atomic():
        tables.Parcel.objects.create(phone="13800000002")
    assert tables.Parcel.objects.count() == 1


def test_without_the_proof_a_foreign_ring_would_write(tables, ring, monkeypatch):
    """Negative control: the guard switched off, two rings mix in one table."""
    tables.Parcel.objects.create(phone="13800000001")
    other_ring()
    monkeypatch.setattr(fields, "prove", lambda: None)

    tables.Parcel.objects.create(phone="13800000002")

    assert [parcel.phone for parcel in tables.Parcel.objects.order_by("pk")].count(fields.UNOPENED) == 1


def test_a_database_without_check_values_is_proved_by_what_it_holds(tables, ring):
    tables.Parcel.objects.create(phone="13800000001")
    KeyCheck.objects.all().delete()
    other_ring()

    with pytest.raises(keys.RingFault):
        proof.prove()


def test_a_ring_that_lacks_a_used_key_is_too_old(tables, ring):
    old = json.loads(json.dumps(keys.ring()))
    keys.add_key("current", "AES-GCM")
    tables.Parcel.objects.create(phone="13800000001")
    keys.save(old)

    with pytest.raises(keys.RingFault, match="k2"):
        proof.prove()


def test_a_broken_ring_file_is_a_sentence(ring, settings):
    with open(settings.WANJIA_KEYRING, "w") as file:
        file.write("{}")

    with pytest.raises(keys.RingFault):
        keys.ring()


def test_a_bad_value_is_a_sentence_and_saving_the_row_keeps_it(tables, ring, sql):
    parcel = tables.Parcel.objects.create(phone="13800000001")
    sql("UPDATE kernel_tests_parcel SET phone = %s", b"k1:not sealed at all, nothing to open here")
    found = tables.Parcel.objects.get()

    assert found.phone == fields.UNOPENED
    found.save()
    with pytest.raises(Refused), transaction.atomic():
        tables.Parcel(pk=parcel.pk, phone=fields.UNOPENED).save()
    assert b"not sealed" in bytes(tables.Parcel.objects.get().__dict__["phone"].body)


def test_a_rotation_names_a_bad_row_and_goes_on(tables, ring, sql):
    rows = [tables.Parcel.objects.create(phone=f"1380000000{n}") for n in range(5)]
    keys.add_key("current", "AES-GCM")
    bad = rows[2].pk
    from django.db import connection

    sql("UPDATE kernel_tests_parcel SET phone = %s WHERE id = %s", b"k7:" + b"x" * 40, bad.hex if connection.vendor == "sqlite" else bad)

    batch = fields.rotate(tables.Parcel)

    assert (batch.rows, batch.faults) == (4, (f"kernel_tests_parcel|phone|{bad}",))
    assert sorted(parcel.phone for parcel in tables.Parcel.objects.exclude(pk=bad)) == ["13800000000", "13800000001", "13800000003", "13800000004"]


@pytest.mark.parametrize("damage", [
    pytest.param({"secret": "zz"}, id="no hex"), pytest.param({"secret": "ab12"}, id="cut short"), pytest.param({"suite": "ROT13"}, id="no suite of ours"),
    pytest.param({"secret": None}, id="no secret"),
])  # fmt: skip
@pytest.mark.parametrize("name", ["k1", "i1"])
def test_a_damaged_key_is_a_ring_fault_before_anything_is_sealed(tables, ring, settings, name, damage):
    content = json.loads(json.dumps(keys.ring()))
    content["keys"][name] |= damage
    keys.save(content)
    for act in (keys.ring, proof.prove, lambda: tables.Parcel.objects.create(phone="13800000002")):
        with pytest.raises(keys.RingFault, match="不是完整的密钥环"), transaction.atomic():
            act()


def test_a_damaged_key_that_is_let_in_breaks_when_it_is_used(tables, ring, monkeypatch):
    """Negative control."""
    content = json.loads(json.dumps(keys.ring()))
    content["keys"]["k1"]["secret"] = "zz"
    keys.save(content)
    monkeypatch.setattr(keys, "_read", lambda *_file: content)
    with pytest.raises(ValueError, match="non-hexadecimal"), transaction.atomic():
        proof.prove()
