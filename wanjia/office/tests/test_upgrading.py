"""The office of 0.1.0 comes to today's schema, loses nothing, and goes back by word."""

import contextlib
import json
import signal
import sqlite3
import time

import psycopg
import pytest

from tests.whole import assert_whole_apart

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
        rows = [tuple(map(meant, row)) for row in raw.execute(f'SELECT {listed} FROM "{table}"')]
        found[table] = (names, sorted(rows, key=repr))
    raw.close()
    return found


def meant(value):
    """JSON by what it means: a restore writes it with other spaces. (A list's order and every value still count.)"""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        with contextlib.suppress(ValueError):
            return json.dumps(json.loads(value), sort_keys=True)
    return value


def kept(file, before):
    """What an upgrade keeps of `before`, read from the upgraded file: all of it, but for what three migrations say they change.

    ADR 72: a need's version becomes the number of its lines. The sheet of an import under way lies in a table of its own. How a
    name is spelt for the search is worked out from the name, which must be the same: 曾 is read zēng as a surname.
    """
    expected = {table: (list(names), [list(row) for row in rows]) for table, (names, rows) in before.items()}
    raw = sqlite3.connect(file)
    lines = dict(raw.execute("SELECT need_id, COUNT(*) FROM casework_step GROUP BY need_id").fetchall())
    bodies = dict(raw.execute("SELECT upload_id, body FROM registry_uploadcontent").fetchall())
    raw.close()
    names, rows = expected["casework_need"]
    for row in rows:
        row[names.index("version")] = lines.get(row[names.index("id")], row[names.index("version")])
    names, rows = expected["registry_upload"]
    for row in rows:
        assert row.pop(names.index("body")) == bodies.get(row[names.index("id")], b"")
    names.remove("body")
    for table, column in (("registry_person", "pinyin"), ("registry_person", "initials"), ("casework_need", "requester_initials")):
        names, rows = expected[table]
        for row in rows:
            row.pop(names.index(column))
        names.remove(column)
    return {table: (names, sorted(map(tuple, rows), key=repr)) for table, (names, rows) in expected.items()}


def test_the_upgrade_loses_nothing_and_goes_back(old_office):
    before = contents(old_office.file)
    answer = old_office.answer("upgrade")
    assert answer["migrations"] > 0
    assert old_office.answer("journal", "verify")["lines"] == 1580
    assert old_office.answer("check")["differences"] == 0
    expected = kept(old_office.file, before)
    after = contents(old_office.file, expected)
    for table, there in expected.items():
        assert after[table] == there, table

    old_office.answer("upgrade", "--back")

    assert contents(old_office.file) == before
    assert json.loads((old_office.folder / "upgrade.json").read_text())["backup"] == answer["backup"]
    with pytest.raises(sqlite3.IntegrityError):
        old_office.run("UPDATE kernel_entry SET act = 'x'")


def applied(office):
    """Return how many migrations the database says it has had."""
    with contextlib.suppress(sqlite3.OperationalError):  # it is just being written
        return office.run("SELECT COUNT(*) FROM django_migrations")[0][0]
    return 0


@pytest.mark.parametrize("steps", [1, 10])
def test_an_upgrade_killed_midway_goes_on_and_keeps_its_first_backup(old_office, steps):
    before, had = contents(old_office.file), applied(old_office)
    running = old_office.start("upgrade")
    while running.poll() is None and applied(old_office) < had + steps:
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait()
    cut = applied(old_office)
    assert cut >= had + steps  # it was killed while it migrated, not before

    answer = old_office.answer("upgrade")
    assert applied(old_office) == cut + answer["migrations"] > cut  # and not after
    assert_whole_apart(old_office.env)
    again = old_office.answer("upgrade")  # nothing to migrate: the way back stays
    assert again == {"backup": answer["backup"], "migrations": 0}
    old_office.answer("upgrade", "--back")

    assert contents(old_office.file) == before


def add_a_line(office):
    """Write one more line behind every guard, as if somebody had worked."""
    names = "at, kind, act, by_id, by_name, by_org, subject, subject_id, area_code, before, after, reason, detail"
    office.run(f"INSERT INTO kernel_entry (seq, {names}, previous, digest) SELECT seq + 1, {names}, digest, 'x' FROM kernel_entry "
               "WHERE seq = (SELECT seq FROM kernel_head)")  # fmt: skip
    office.run("UPDATE kernel_head SET seq = seq + 1, digest = 'x'")


def test_work_done_since_an_upgrade_is_given_up_by_word_only(sqlite_office):
    note = sqlite_office.folder / "upgrade.json"
    made = sqlite_office.answer("upgrade")["backup"]
    assert json.loads(note.read_text()) == {"backup": made, "done": True}
    add_a_line(sqlite_office)
    code, printed = sqlite_office.wanjia("upgrade", "--back")
    assert (code, "--older-on-purpose" in printed) == (2, True)
    sqlite_office.answer("upgrade", "--back", "--older-on-purpose")


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


def test_an_office_goes_back_on_its_own_database(office):
    """On PostgreSQL the guards of the backup are laid in the schema beside, not on the living tables."""
    office.answer("upgrade")  # nothing to do but the backup

    office.answer("upgrade", "--back")

    assert_whole_apart(office.env)
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.IntegrityError)):
        office.run("UPDATE kernel_entry SET act = 'x'")
