import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from wanjia.kernel import erasure, journal, triggers
from wanjia.kernel.models import CalendarDay, Entry, EntryKind, Head

from .factories import CLERK, now

SUBJECT = CalendarDay(day="2024-02-10")


def write(n=3, **detail):
    return [
        journal.record(act="calendar.look", subject=SUBJECT, by=CLERK, at=now(), reason=f"第{i}次", **detail) for i in range(n)
    ]


def test_lines_are_numbered_chained_and_verified(db):
    first, second = write(2, count=1.5, words={"村": ["大同"]})

    assert (first.seq, second.seq) == (1, 2)
    assert first.previous == "0" * 64
    assert second.previous == first.digest
    assert journal.verify() == (2, None)
    assert journal.verify(since=1) == (1, None)


def test_an_empty_journal_verifies(db):
    assert journal.verify() == (0, None)


def test_a_line_names_its_writer_and_its_day(db):
    entry = write(1)[0]
    kept = Entry.objects.get()

    assert (kept.by_name, kept.by_org, kept.subject, kept.subject_id) == (
        "苏晓梅",
        "细沙乡人民政府",
        "kernel.calendarday",
        "2024-02-10",
    )
    assert kept.at == entry.at


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        pytest.param("UPDATE kernel_entry SET reason = '改' WHERE seq = 2", "第 2 条内容被改动过", id="changed words"),
        pytest.param("UPDATE kernel_entry SET by_name = '别人' WHERE seq = 3", "第 3 条内容被改动过", id="changed last"),
        pytest.param("DELETE FROM kernel_entry WHERE seq = 2", "第 2 条缺失", id="removed in the middle"),
        pytest.param("DELETE FROM kernel_entry WHERE seq = 1", "第 1 条缺失", id="removed at the start"),
        pytest.param("DELETE FROM kernel_entry WHERE seq = 3", "第 3 条到第 3 条不见了", id="removed at the end"),
        pytest.param("DELETE FROM kernel_entry", "第 1 条到第 3 条不见了", id="emptied"),
        pytest.param("UPDATE kernel_head SET digest = 'x'", "链头", id="head changed"),
        pytest.param("UPDATE kernel_head SET seq = 2", "多出了 1 条", id="head turned back"),
    ],
)
def test_tampering_past_the_triggers_is_found(db, sql, tamper, said):
    write(3)
    triggers.lift(models=[Entry])
    assert journal.verify() == (3, None)

    sql(tamper)

    assert said in journal.verify()[1]


def test_an_inserted_line_is_found(db):
    write(2)
    forged = Entry.objects.get(seq=2)
    forged.seq, forged.reason = 3, "从未发生"
    forged.words_digest = erasure.parted(forged)[1]
    forged.digest = journal.digest_of(forged)
    forged.save(force_insert=True)

    assert "多出了 1 条" in journal.verify()[1]
    Head.objects.update(seq=3, digest=forged.digest)
    assert "第 3 条与上一条接不上" in journal.verify()[1]


def test_a_line_is_kept_with_its_act_or_not_at_all(db):
    with pytest.raises(RuntimeError, match="stop"), transaction.atomic():
        write(1)
        raise RuntimeError("stop")

    assert journal.verify() == (0, None)


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_a_transaction_is_refused(races):
    with pytest.raises(RuntimeError, match="inside the transaction"):
        write(1)


def test_a_reading_says_why(db):
    entry = journal.record_reading(act="people.open", subject=SUBJECT, by=CLERK, at=timezone.now(), reason="核对监护人")

    assert (entry.kind, entry.reason) == (EntryKind.READING, "核对监护人")


def test_eight_writers_at_once_make_one_chain(races):
    def work():
        try:
            for _ in range(5):
                with transaction.atomic():
                    write(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert journal.verify() == (40, None)
