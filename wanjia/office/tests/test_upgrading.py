"""The office of 0.1.0 comes to today's schema, loses nothing, and goes back by word."""

import json
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from tests.whole import assert_whole_apart

from .conftest import HOUSE

pytestmark = pytest.mark.proof


def contents(file, columns=None):
    """Return {table: (columns, sorted rows)}; columns: only those of an older schema."""
    raw = sqlite3.connect(file)
    found = {}
    for (table,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall():
        if table in ("django_migrations", "django_session", "django_content_type", "auth_permission") or (columns and table not in columns):
            continue
        names = columns[table][0] if columns else [row[1] for row in raw.execute(f'PRAGMA table_info("{table}")')]
        listed = ", ".join(f'"{name}"' for name in names)
        found[table] = (names, sorted(raw.execute(f'SELECT {listed} FROM "{table}"').fetchall(), key=repr))
    raw.close()
    return found


def test_the_upgrade_loses_nothing_and_goes_back(old_office):
    before = contents(old_office.file)
    answer = old_office.answer("upgrade")
    assert answer["migrations"] > 0
    assert old_office.answer("journal", "verify")["lines"] == 1580
    after = contents(old_office.file, before)
    for table, (names, rows) in before.items():
        assert after[table] == (names, rows), table

    old_office.answer("upgrade", "--back")

    assert contents(old_office.file) == before
    assert json.loads((old_office.folder / "upgrade.json").read_text())["backup"] == answer["backup"]
    raw = sqlite3.connect(old_office.file)
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute("UPDATE kernel_entry SET act = 'x'")
    raw.close()


def test_an_upgrade_killed_midway_goes_on_and_keeps_its_first_backup(old_office):
    before = contents(old_office.file)
    running = subprocess.Popen([sys.executable, "-m", "wanjia.site.cli", "upgrade"], env=old_office.env, cwd=HOUSE,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    time.sleep(4)
    running.send_signal(signal.SIGKILL)
    running.wait()

    old_office.answer("upgrade")
    assert_whole_apart(old_office.env)
    old_office.answer("upgrade", "--back")

    assert contents(old_office.file) == before


def test_an_upgrade_beside_a_foreign_ring_changes_nothing(old_office):
    before = contents(old_office.file)
    ring = json.loads(old_office.ring.read_text())
    for key in ring["keys"].values():
        key["secret"] = "cd" * 32
    old_office.ring.write_text(json.dumps(ring))

    code, printed = old_office.wanjia("upgrade")

    assert (code, "不是这个数据库的" in printed) == (2, True)
    assert contents(old_office.file) == before


def test_going_back_without_an_upgrade_is_a_sentence(old_office):
    assert old_office.wanjia("upgrade", "--back")[0] == 2
