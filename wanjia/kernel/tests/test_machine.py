import pytest

from wanjia.kernel import journal
from wanjia.kernel.machine import machine_of
from wanjia.kernel.models import Entry
from wanjia.verdict import Conflict, Refused

from .factories import CLERK, PARCEL, now


def test_the_table_says_what_may_follow():
    assert PARCEL.allows("send", "packed")
    assert not PARCEL.allows("keep", "packed")
    assert PARCEL.pairs() == {("packed", "sent"), ("sent", "kept"), ("sent", "packed"), ("kept", "packed")}


def test_a_move_changes_the_row_its_other_fields_and_the_journal(tables):
    parcel = tables.Parcel.objects.create(phone="138 0000 0001")
    parcel.sent_on, parcel.phone = now().date(), "13800000002"

    journal.move(parcel, PARCEL, "send", by=CLERK, at=now(), saving=["sent_on", "phone", "phone_index"], reason="天冷了")

    kept = tables.Parcel.objects.get()
    assert (kept.state, kept.version, kept.sent_on, kept.phone) == ("sent", 1, now().date(), "13800000002")
    assert kept.phone_index in tables.Parcel._meta.get_field("phone_index").look_for("138 0000 0002")
    entry = Entry.objects.get()
    assert (entry.act, entry.before, entry.after, entry.reason) == ("parcel.send", "packed", "sent", "天冷了")


def test_a_move_that_the_table_does_not_name_is_refused_in_words(tables):
    parcel = tables.Parcel.objects.create()

    with pytest.raises(Refused, match="“已打包”的事项不能“收下”"):
        journal.move(parcel, PARCEL, "keep", by=CLERK, at=now())

    assert tables.Parcel.objects.get().state == "packed"
    assert not Entry.objects.exists()


def test_of_two_copies_one_moves_and_the_other_meets_a_conflict(tables):
    parcel = tables.Parcel.objects.create()
    stale = tables.Parcel.objects.get()
    journal.move(parcel, PARCEL, "send", by=CLERK, at=now())

    with pytest.raises(Conflict):
        journal.move(stale, PARCEL, "send", by=CLERK, at=now())

    assert Entry.objects.count() == 1


def test_a_copy_that_came_back_to_the_same_state_is_still_stale(tables):
    parcel = tables.Parcel.objects.create()
    stale = tables.Parcel.objects.get()
    journal.move(parcel, PARCEL, "send", by=CLERK, at=now())
    journal.move(parcel, PARCEL, "open", by=CLERK, at=now())

    with pytest.raises(Conflict):
        journal.move(stale, PARCEL, "send", by=CLERK, at=now())


def test_a_column_called_machine_is_no_table_of_moves(tables):
    class Lent:
        machine = "拖拉机"

    assert machine_of(Lent) is None
    assert machine_of(tables.Parcel) is PARCEL
