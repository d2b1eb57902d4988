"""Encrypted columns: bound to their place, found by a keyed index, rotated without a stop. For both suites."""

import json
import os
import uuid

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection

from wanjia.sealing import fields, keys
from wanjia.verdict import Refused

SUITES = [("AES-GCM", "HMAC-SHA256"), ("SM4-GCM", "HMAC-SM3")]


@pytest.fixture(params=SUITES, ids=["AES and SHA", "SM4 and SM3"])
def suites(request, ring):
    """A ring whose keys in use are of one suite."""
    for role, suite in zip(("current", "index"), request.param, strict=True):
        keys.add_key(role, suite)
    return request.param


def stored(model, column="phone"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table} ORDER BY id")
        return [bytes(value) if value is not None else value for (value,) in cursor.fetchall()]


def look_for(tables, text):
    field = tables.Parcel._meta.get_field("phone_index")
    return list(tables.Parcel.objects.filter(phone_index__in=field.look_for(text)))


def test_the_database_holds_no_plain_text_and_the_row_opens_it(tables, suites):
    tables.Parcel.objects.create(phone="13800000001")

    assert b"13800000001" not in stored(tables.Parcel)[0]
    assert tables.Parcel.objects.get().phone == "13800000001"


def test_empty_text_stays_empty_and_has_no_index(tables, ring):
    tables.Parcel.objects.create()
    parcel = tables.Parcel.objects.get()

    assert (parcel.phone, parcel.phone_index) == ("", None)
    assert stored(tables.Parcel) == [b""]


def test_a_ciphertext_moved_to_another_row_does_not_open(tables, suites, sql):
    first = tables.Parcel.objects.create(phone="13800000001")
    second = tables.Parcel.objects.create(phone="13800000002")
    sql(
        "UPDATE kernel_tests_parcel SET phone = (SELECT phone FROM kernel_tests_parcel WHERE id = %s) WHERE id = %s",
        *(parcel.pk.hex if connection.vendor == "sqlite" else parcel.pk for parcel in (first, second)),
    )

    assert tables.Parcel.objects.get(pk=first.pk).phone == "13800000001"
    assert tables.Parcel.objects.get(pk=second.pk).phone == fields.UNOPENED


def test_without_binding_the_moved_ciphertext_would_open(ring, monkeypatch):
    """The negative control: take the place away, and a value can be carried to another row."""
    assert keys.decrypt(keys.encrypt("13800000001", ""), "") == "13800000001"
    with pytest.raises(InvalidTag):
        keys.decrypt(keys.encrypt("13800000001", "t|c|1"), "t|c|2")


def test_a_ciphertext_moved_to_another_column_or_changed_does_not_open(ring):
    sealed = keys.encrypt("13800000001", "person|phone|1")

    with pytest.raises(InvalidTag):
        keys.decrypt(sealed, "person|health|1")
    with pytest.raises(InvalidTag):
        keys.decrypt(sealed[:-1] + bytes([sealed[-1] ^ 1]), "person|phone|1")


def test_bulk_create_seals_and_indexes(tables, suites):
    tables.Parcel.objects.bulk_create([tables.Parcel(phone="138 0000 0001"), tables.Parcel(phone="13800000002")])

    assert [parcel.phone for parcel in look_for(tables, "13800000001")] == ["138 0000 0001"]


def test_update_and_filter_by_plain_text_are_refused(tables, ring):
    parcel = tables.Parcel.objects.create(phone="13800000001")

    with pytest.raises(TypeError, match="encrypted per row"):
        tables.Parcel.objects.update(phone="13800000002")
    with pytest.raises(TypeError, match="encrypted per row"):
        tables.Parcel.objects.filter(phone="13800000001").exists()
    parcel.phone = "13800000003"
    with pytest.raises(TypeError, match="encrypted per row"):
        tables.Parcel.objects.bulk_update([parcel], ["phone"])


def test_lists_and_prints_show_stars(tables, ring):
    tables.Parcel.objects.create(phone="13800000001")

    assert str(tables.Parcel.objects.values_list("phone", flat=True).get()) == "******"
    assert "******" in repr(tables.Parcel.objects.values().get())


def test_a_deferred_column_opens_on_first_reading(tables, ring, django_assert_num_queries):
    tables.Parcel.objects.create(phone="13800000001")
    parcel = tables.Parcel.objects.only("name").get()

    with django_assert_num_queries(1):
        assert parcel.phone == "13800000001"


def test_saving_a_row_keeps_what_was_not_opened(tables, ring):
    tables.Parcel.objects.create(phone="13800000001")
    parcel = tables.Parcel.objects.get()
    before = stored(tables.Parcel)
    parcel.name = "书包"
    parcel.save()

    assert stored(tables.Parcel) == before
    assert look_for(tables, "13800000001") == [parcel]


def test_the_index_follows_the_text(tables, ring):
    parcel = tables.Parcel.objects.create(phone="13800000001")
    parcel.phone = "13800000002"
    parcel.save()

    assert look_for(tables, "13800000001") == []
    assert look_for(tables, "13800000002") == [parcel]


def test_equal_values_of_different_columns_have_different_indexes(ring):
    assert keys.blind("person.phone", "1") != keys.blind("person.citizen_id", "1")


@pytest.mark.parametrize(("cipher", "index"), SUITES)
def test_a_rotation_stopped_half_way_is_found_and_finished(tables, ring, cipher, index):
    phones = [f"1380000{n:04}" for n in range(7)]
    tables.Parcel.objects.bulk_create([tables.Parcel(phone=phone) for phone in phones] + [tables.Parcel()])
    keys.add_key("current", cipher)
    keys.add_key("index", index)

    assert fields.rotate(tables.Parcel, batch=3) is not None  # killed after one batch
    assert [len(look_for(tables, phone)) for phone in phones] == [1] * 7  # found under either key meanwhile
    last, rows = None, 0
    while done := fields.rotate(tables.Parcel, batch=3, after=last):
        last, rows = done.last, rows + done.rows
    assert rows == 4

    current = keys.ring()["current"].encode() + b":"
    assert all(body == b"" or body.startswith(current) for body in stored(tables.Parcel))
    assert sorted(parcel.phone for parcel in tables.Parcel.objects.all()) == ["", *phones]
    assert [len(look_for(tables, phone)) for phone in phones] == [1] * 7
    assert fields.rotate(tables.Parcel) is None


def test_after_a_rotation_the_old_key_may_be_thrown_away(tables, ring):
    tables.Parcel.objects.create(phone="13800000001")
    old = keys.ring()["current"]
    keys.add_key("current", "SM4-GCM")
    fields.rotate(tables.Parcel)
    content = json.loads(json.dumps(keys.ring()))
    del content["keys"][old]
    keys.save(content)

    assert tables.Parcel.objects.get().phone == "13800000001"


def test_without_the_rotation_the_old_key_is_still_needed(tables, ring):
    """The negative control of the test above."""
    tables.Parcel.objects.create(phone="13800000001")
    old = keys.ring()["current"]
    keys.add_key("current", "SM4-GCM")
    content = json.loads(json.dumps(keys.ring()))
    del content["keys"][old]
    keys.save(content)

    assert tables.Parcel.objects.get().phone == fields.UNOPENED


def test_history_is_rotated_too(tables, ring):
    tables.Note.objects.create(group="甲", body="听说的")
    keys.add_key("current", "AES-GCM")

    assert fields.rotate(tables.Note) is not None
    assert stored(tables.Note, "body")[0].startswith(b"k2:")
    assert tables.Note.objects.get().body == "听说的"


def test_a_key_added_by_another_process_is_known_at_once(ring):
    content = json.loads(json.dumps(keys.ring()))
    content["keys"]["k9"] = {"suite": "AES-GCM", "secret": "00" * 32}
    content["current"] = "k9"
    keys.save(content)

    assert keys.encrypt("x", "p").startswith(b"k9:")


def test_two_first_starts_agree_on_one_ring(ring):
    first = keys.ring()
    keys.save({"current": "k1", "keys": {}}, first=True)

    assert keys.ring() == first


def test_the_ring_is_readable_by_its_owner_alone(ring, settings):
    keys.ring()

    assert os.stat(settings.WANJIA_KEYRING).st_mode & 0o777 == 0o600


def test_a_role_takes_only_its_own_suites(ring):
    with pytest.raises(ValueError, match="not a suite"):
        keys.add_key("index", "AES-GCM")


def test_rows_have_their_key_before_they_are_sealed(tables, ring):
    assert isinstance(tables.Parcel(phone="1").pk, uuid.UUID)


@pytest.mark.parametrize("suite", ["AES-GCM", "SM4-GCM"])
def test_a_column_sealed_at_once_is_what_one_by_one_would_be(tables, ring, suite):
    """Each value opens in its own place and in no other, and no two share a nonce."""
    keys.add_key("current", suite)
    texts = ["13800000001", "", "13800000001", "王"]
    sealed = keys.encrypt_all(texts, [f"t|c|{at}" for at in range(4)])
    assert [keys.decrypt(body, f"t|c|{at}") for at, body in enumerate(sealed)] == texts
    assert len({body.partition(b":")[2][: keys.NONCE_BYTES] for body in sealed}) == 4
    with pytest.raises(InvalidTag):
        keys.decrypt(sealed[0], "t|c|2")


@pytest.mark.parametrize("suite", ["HMAC-SHA256", "HMAC-SM3"])
def test_a_column_indexed_at_once_is_what_one_by_one_would_be(ring, suite):
    keys.add_key("index", suite)
    assert keys.blind_all("t.c", ["1", "", "1X"]) == [keys.blind("t.c", text) for text in ("1", "", "1X")]


def test_what_a_key_works_with_is_remembered_by_its_secret_not_its_name(ring):
    """Negative control of the memory: another ring under the same names neither opens nor finds what the first one made."""
    sealed, index = keys.encrypt("x", "p"), keys.blind("d", "x")
    content = json.loads(json.dumps(keys.ring()))
    content["keys"]["k1"]["secret"], content["keys"]["i1"]["secret"] = "11" * 32, "22" * 32
    keys.save(content)
    assert keys.blind("d", "x") != index
    with pytest.raises(keys.Unopened):
        keys.open_sealed(sealed, "p")


def test_rows_sealed_at_once_open_as_ever_and_keep_their_texts(tables, ring):
    rows = [tables.Parcel(phone=phone) for phone in ("13800000001", "", "13800000002")]
    column, index = (tables.Parcel._meta.get_field(name) for name in ("phone", "phone_index"))
    bodies, indexes = column.seal_all(rows), index.index_all(rows)
    assert [row.phone for row in rows] == ["13800000001", "", "13800000002"]
    assert [keys.decrypt(body, column.place(row)) if body else "" for row, body in zip(rows, bodies, strict=True)] == [row.phone for row in rows]
    assert indexes == [index.pre_save(row, True) for row in rows]
    unopened = tables.Parcel(phone=fields.UNOPENED)
    with pytest.raises(Refused):
        column.seal_all([unopened])
