"""A line that is being written while its person is erased: the erasure waits for it and empties it too (ADR 87)."""

import sqlite3
import threading
from contextlib import closing

import pytest
from django.db import OperationalError, connection, transaction

from wanjia.casework.commands import note_step, take
from wanjia.casework.models import Need, Step
from wanjia.casework.tests.factories import later
from wanjia.kernel import gate, journal
from wanjia.kernel.command import COMMANDS, command
from wanjia.office.erasing import commands as erasing
from wanjia.office.erasing import queries as ordered
from wanjia.registry.models import Visit

from .erased_world import MARK, Planted, found
from .test_erasing import DAY, erase

on_postgres = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time: the last test here")


@pytest.fixture
def office(races, tmp_path, monkeypatch, django_db_blocker):
    monkeypatch.setattr(ordered, "orders_path", lambda: tmp_path / ordered.FILE)
    with django_db_blocker.unblock():
        yield Planted()


@pytest.fixture
def slowly(office):
    """An act that writes a line about the need and a visit to the home, and is held before it ends."""
    written, go_on = threading.Event(), threading.Event()

    @command("tests.write_slowly")
    def write_slowly(*, need_id, by, at):
        need, at = take(need_id, at)
        note_step(need, "progress", by=by, at=at, words=f"{MARK}说下周再来")
        Visit.objects.create(household=office.home, planned_on=DAY, planned_by=by, planned_at=at, purpose_words=f"看{MARK}")
        written.set()
        go_on.wait(30)

    yield lambda: write_slowly(need_id=office.needs[0].pk, by=office.world.clerk, at=later(days=8)), written, go_on
    del COMMANDS["tests.write_slowly"]


def race(office, slowly, found_rows, wanted, broken_off=None):
    """Let the slow act begin, the erasure look, the act end, the erasure end; return where the name still stands.

    broken_off: a list that takes the deadlocks that may be met; without it, none may.
    """
    act, written, go_on = slowly
    faults = []

    def apart(do):
        try:
            do()
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    writer = threading.Thread(target=apart, args=(act,))
    eraser = threading.Thread(target=apart, args=(lambda: erase(office),))
    writer.start()
    assert written.wait(30)
    eraser.start()
    assert found_rows.wait(wanted) is (wanted > 5), "whether the erasure looked while the act was under way"
    go_on.set()
    for one in (writer, eraser):
        one.join(60)
    if broken_off is not None:
        broken_off += [fault for fault in faults if isinstance(fault, OperationalError) and "deadlock" in str(fault)]
    assert [fault for fault in faults if fault not in (broken_off or ())] == []
    return found((MARK,))


@pytest.fixture
def looked(monkeypatch):
    """Set when the erasure has found its rows."""
    event, rows_of = threading.Event(), erasing.finding.rows_of

    def watched(*given):
        rows = rows_of(*given)
        event.set()
        return rows

    monkeypatch.setattr(erasing.finding, "rows_of", watched)
    return event


@on_postgres
def test_a_line_that_is_being_written_is_emptied_too(office, slowly, looked):
    assert race(office, slowly, looked, 1) == []
    assert Step.objects.filter(need=office.needs[0]).order_by("-n").first().act == "progress"


@on_postgres
@pytest.mark.spoils
def test_without_the_gate_its_words_stay(office, slowly, looked, monkeypatch):
    """The negative control: the erasure finds its rows while the line is not yet there for it to see; or the two wait for each other at the end."""
    monkeypatch.setattr(gate, "_pass", lambda lock: None)
    broken_off = []
    stands = set(race(office, slowly, looked, 20, broken_off))
    assert broken_off or {"casework_step.words", "registry_visit.purpose_words"} <= stands


@on_postgres
def test_who_comes_while_somebody_is_erased_reads_what_is_left(office, looked):
    """An act that began earlier and reads later would write back what it read: it waits at the gate before it reads."""
    read, told = threading.Event(), []

    @command("tests.read_name")
    def read_name(*, by, at):
        told.append(Need.objects.get(pk=office.needs[0].pk).summary)
        read.set()

    def apart():
        read_name(by=office.world.clerk, at=later(days=8))
        connection.close()

    try:
        with transaction.atomic(), journal.held_back():
            gate.alone()
            one = threading.Thread(target=apart)
            one.start()
            assert not read.wait(1)
            erase(office)
        one.join(60)
    finally:
        del COMMANDS["tests.read_name"]
    assert told == [Need.objects.get(pk=office.needs[0].pk).summary] and MARK not in told[0]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has the gate")
@pytest.mark.parametrize(("mode", "held"), [("IMMEDIATE", True), ("DEFERRED", False)])
def test_on_sqlite_an_act_takes_the_place_of_the_one_writer_before_it_reads(office, mode, held, monkeypatch):
    """Why no gate is needed there. DEFERRED is the negative control: another could write between the look and the emptying."""
    seen, usual = [], connection.transaction_mode

    def watched(*given):
        with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0, isolation_level=None)) as other:
            try:
                other.execute("BEGIN IMMEDIATE")
                seen.append("free")
            except sqlite3.OperationalError:
                seen.append("held")
        raise RuntimeError("enough seen")

    monkeypatch.setattr(erasing.finding, "records_of", watched)
    connection.transaction_mode = mode
    try:
        with pytest.raises(RuntimeError, match="enough seen"):
            erase(office)
    finally:
        connection.transaction_mode = usual
    assert seen == ["held" if held else "free"]
