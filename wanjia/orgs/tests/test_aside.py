"""What takes a table whole gives up where somebody holds it: nobody stands behind a migration."""

import time

import pytest
from django.db import OperationalError, connection

from wanjia.orgs.migrations import _aside

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one lock, and every connection its own patience"),
]
CHANGE = "ALTER TABLE orgs_area ALTER COLUMN name TYPE varchar(60)"


def test_a_table_that_is_held_is_waited_for_no_longer_than_said(monkeypatch):
    """By plain `migrate` it was waited for without end, and everybody who came after waited behind it."""
    monkeypatch.setattr(_aside, "WAITS", "300ms")
    reader = connection.copy()
    try:
        reader.set_autocommit(False)
        with reader.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM orgs_area")
        began = time.monotonic()
        with connection.schema_editor(atomic=False) as editor, pytest.raises(OperationalError, match="lock timeout"):
            _aside.at_once(editor, CHANGE)
        assert time.monotonic() - began < 20
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone()[0] == "0", "only what was asked for waits so"
    finally:
        reader.rollback()
        reader.close()
    with connection.schema_editor(atomic=False) as editor:
        _aside.at_once(editor, CHANGE)  # nobody holds it any more
