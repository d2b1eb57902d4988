"""While an office moves, whoever writes here is told to wait and nothing of his is half kept; afterwards nothing is taken here any more."""

import contextlib
import sqlite3
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from wanjia.office.moving import commands
from wanjia.orgs.models import Area, Level
from wanjia.site.faults import LEFT, WAITED, fault_of
from wanjia.verdict import Refused

pytestmark = [pytest.mark.spoils, pytest.mark.skipif("connection.vendor != 'sqlite'", reason="an office moves from SQLite")]


@pytest.fixture
def moving(races, monkeypatch, tmp_path):
    """A move whose other side is made up; `writer` acts in the middle of it. Returns what the writer met."""
    Area.objects.create(code="530625000000", name="永善县", short_name="永善", level=Level.COUNTY)
    place = SimpleNamespace(alias="there", refuse_if_used=lambda: None, swap=lambda: None)
    monkeypatch.setattr(commands.places, "SchemaPlace", lambda settings: place)
    monkeypatch.setattr(commands.places, "opened", lambda place: contextlib.nullcontext())
    seen = []

    def load(path, manifest, alias, *, say):
        with contextlib.closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0.1)) as other:
            seen.append(other.execute("SELECT name FROM orgs_area").fetchall())  # reading goes on
            try:
                with other:
                    other.execute("UPDATE orgs_area SET name = '改过的'")
            except sqlite3.OperationalError as error:
                seen.append(str(error))

    monkeypatch.setattr(commands.backing, "load", load)

    def move():
        manifest = commands.move({}, tmp_path / "backups", say=lambda sentence: None)
        return seen, manifest["rows"]

    yield move
    with connection.cursor() as cursor:
        for name in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'moved~_%' ESCAPE '~'").fetchall():
            cursor.execute(f'DROP TRIGGER "{name[0]}"')


def test_a_writer_meanwhile_is_held_and_told_to_wait(moving):
    (read, met), rows = moving()
    assert (read, rows > 0) == ([("永善县",)], True)
    fault = fault_of(OperationalError(met))
    assert fault == WAITED and "没有保存" in str(fault.sentence)
    assert Area.objects.get().name == "永善县"  # nothing here that is not there


def test_a_service_that_still_runs_on_the_old_side_takes_nothing(moving, client):
    """As it was, what people entered before the service was started anew stood in the old database alone."""
    moving()
    with pytest.raises(DatabaseError) as met:
        Area.objects.update(name="改过的")
    assert fault_of(met.value) == LEFT
    assert Area.objects.get().name == "永善县"


def test_an_office_that_has_moved_moves_no_second_time(moving):
    moving()
    with pytest.raises(Refused, match="已经搬走了"):
        moving()


def test_without_the_closing_the_old_side_goes_on_taking(moving, monkeypatch):
    """The control."""
    monkeypatch.setattr(commands, "close", lambda database: None)
    moving()
    assert Area.objects.update(name="改过的") == 1


def test_without_the_writers_place_taken_a_change_would_be_left_behind(moving, monkeypatch):
    """The control: the guard is off, the change is kept here and is in no backup that went over."""
    monkeypatch.setattr(commands, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
    seen, _rows = moving()
    assert len(seen) == 1
    assert Area.objects.get().name == "改过的"
    assert transaction.get_connection().in_atomic_block is False
