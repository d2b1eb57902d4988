"""After an erasure the bytes are gone from the database's files too, or it is said that they are not."""

import contextlib
import sqlite3
from datetime import date

import pytest
from django.db import connection, connections

from wanjia.office import places
from wanjia.office.erasing import commands
from wanjia.registry.models import Upload
from wanjia.registry.tests.factories import NOW
from wanjia.verdict import Refused

MARK = "OuyangLongyinStoodHere"


@pytest.fixture
def emptied(races):
    """A row that held the mark and was emptied since."""
    row = Upload.objects.create(template="household", size=9, digest="d" * 64, received_at=NOW, today=date(2026, 11, 2), detail=MARK + "说" * 150)
    Upload.objects.filter(pk=row.pk).update(detail="")


def lies_in_the_files():
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT position(%s in pg_read_binary_file(pg_relation_filepath('registry_upload')))", [MARK.encode()])
        return cursor.fetchone()[0] > 0


@pytest.mark.skipif(connection.vendor != "postgresql", reason="pages of PostgreSQL")
def test_no_byte_is_left_in_a_page(emptied):
    with connection.cursor() as cursor:
        cursor.execute("VACUUM registry_upload")
    assert lies_in_the_files()  # the negative control: a plain VACUUM only forgets where it lies
    commands.sweep()
    assert not lies_in_the_files()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the log of SQLite")
def test_a_reader_who_keeps_old_pages_is_told_of(races, tmp_path, settings, django_db_blocker):
    """Beside him nothing is folded from the log into the file: the old words stay in it."""
    with django_db_blocker.unblock(), places.beside("default") as place:
        with connections[place.alias].cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA busy_timeout=100")
            cursor.execute("CREATE TABLE words (said text)")
            cursor.execute("INSERT INTO words VALUES (%s)", [MARK])
        with contextlib.closing(sqlite3.connect(place.draft, isolation_level=None)) as reader, places.standing_in(place.alias):
            reader.execute("BEGIN")
            assert reader.execute("SELECT count(*) FROM words").fetchone() == (1,)
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM words")
            with pytest.raises(Refused, match="停下服务"):
                commands.sweep()
            reader.execute("COMMIT")
            commands.sweep()  # the negative control: when he is gone it is done
        with open(place.draft, "rb") as file:
            assert MARK.encode() not in file.read()
