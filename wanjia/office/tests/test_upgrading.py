"""The office of 0.1.0 comes to today's schema, loses nothing, and goes back by word."""

import contextlib
import json
import signal
import sqlite3
import subprocess
import sys
import time

import psycopg
import pytest

from tests.whole import assert_whole_apart

from .conftest import HOUSE

pytestmark = pytest.mark.proof
GUARDED = (sqlite3.IntegrityError, psycopg.errors.IntegrityError)


BESIDE = {"django_migrations", "django_session", "django_content_type", "auth_permission"}
# ADR 91: a paper names its row by label and id.
RENAMED = {("reporting_paper", "need_id"): "subject_id"}


def tables(office):
    """Return {table: [column]} of the office's database."""
    if office.on_postgres:
        rows = office.run("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'")
    else:
        rows = office.run("SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c "
                          "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'")  # fmt: skip
    found = {}
    for table, column in sorted(rows):
        if table not in BESIDE:
            found.setdefault(table, []).append(column)
    return found


def contents(office, columns=None):
    """Return {table: (columns, sorted rows)}; columns: only those of an older schema."""
    found = {}
    for table, names in tables(office).items() if columns is None else [(table, names) for table, (names, _rows) in columns.items()]:
        listed = ", ".join(f'"{name}"' for name in (names if columns is None else [RENAMED.get((table, name), name) for name in names]))
        rows = [tuple(map(meant, row)) for row in office.run(f'SELECT {listed} FROM "{table}"')]
        found[table] = (names, sorted(rows, key=repr))
    return found


def meant(value):
    """JSON by what it means: a restore writes it with other spaces. (A list's order and every value still count.)"""
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True)
    if isinstance(value, str) and value[:1] in ("[", "{"):
        with contextlib.suppress(ValueError):
            return json.dumps(json.loads(value), sort_keys=True)
    return value


def kept(office, before):
    """What an upgrade keeps of `before`, read from the upgraded office: all of it, but for what migrations say they change.

    ADR 72: a need's version becomes the number of its lines. The sheet of an import under way lies in a table of its own. How a
    name is spelt for the search is worked out from the name, which must be the same: 曾 is read zēng as a surname.
    """
    expected = {table: (list(names), [list(row) for row in rows]) for table, (names, rows) in before.items()}
    lines = dict(office.run("SELECT need_id, COUNT(*) FROM casework_step GROUP BY need_id"))
    bodies = dict(office.run("SELECT upload_id, body FROM registry_uploadcontent"))
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
    before = contents(old_office)
    answer = old_office.answer("upgrade")
    assert answer["migrations"] > 0
    assert old_office.answer("journal", "verify")["lines"] == 1580
    assert old_office.answer("check")["differences"] == 0
    expected = kept(old_office, before)
    after = contents(old_office, expected)
    for table, there in expected.items():
        assert after[table] == there, table

    old_office.answer("upgrade", "--back")

    assert contents(old_office) == before
    assert json.loads((old_office.folder / "upgrade.json").read_text())["backup"] == answer["backup"]
    with pytest.raises(GUARDED):
        old_office.run("UPDATE kernel_entry SET act = 'x'")


def test_a_paper_of_a_need_says_so_after_the_upgrade(old_office):
    """ADR 91: its foreign key goes, the row stays and names what it is about; a notice is about no row."""
    old_office.run(
        "INSERT INTO reporting_paper (id, kind, number, period, occasion, printed_at, area_id, need_id, printed_by_id) "
        "SELECT id, 'closing', 'x', '', 1, recorded_at, village_id, id, (SELECT id FROM orgs_user LIMIT 1) FROM casework_need LIMIT 1"
    )
    before = old_office.run("SELECT need_id FROM reporting_paper WHERE number = 'x'")
    old_office.answer("upgrade")
    after = old_office.run("SELECT subject, subject_id FROM reporting_paper WHERE subject_id IS NOT NULL OR subject <> ''")
    assert before and ("casework.need", before[0][0]) in after
    assert {subject for subject, _id in after} == {"casework.need"}
    with pytest.raises(GUARDED):
        old_office.run("UPDATE reporting_paper SET subject = 'x'")


def applied(office):
    """Return how many migrations the database says it has had."""
    with contextlib.suppress(sqlite3.OperationalError):  # it is just being written
        return office.run("SELECT COUNT(*) FROM django_migrations")[0][0]
    return 0


@pytest.mark.parametrize("steps", [1, 10])
def test_an_upgrade_killed_midway_goes_on_and_keeps_its_first_backup(old_office, steps):
    before, had = contents(old_office), applied(old_office)
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

    assert contents(old_office) == before


def add_a_line(office):
    """Write one more line behind every guard, as if somebody had worked."""
    names = "at, kind, act, by_id, by_name, by_org, subject, subject_id, area_code, before, after, reason, detail, words_digest"
    office.run(f"INSERT INTO kernel_entry (seq, {names}, previous, digest) SELECT seq + 1, {names}, digest, 'x' FROM kernel_entry "
               "WHERE seq = (SELECT seq FROM kernel_head)")  # fmt: skip
    office.run("UPDATE kernel_head SET seq = seq + 1, digest = 'x'")


def test_work_done_since_an_upgrade_is_given_up_by_word_only(office):
    note = office.folder / "upgrade.json"
    made = office.answer("upgrade")["backup"]
    assert json.loads(note.read_text()) == {"backup": made, "done": True}
    add_a_line(office)
    code, printed = office.wanjia("upgrade", "--back")
    assert (code, "--older-on-purpose" in printed) == (2, True)
    office.answer("upgrade", "--back", "--older-on-purpose")


def test_an_upgrade_beside_a_foreign_ring_changes_nothing(old_office):
    before = contents(old_office)
    ring = json.loads(old_office.ring.read_text())
    for key in ring["keys"].values():
        key["secret"] = "cd" * 32
    old_office.ring.write_text(json.dumps(ring))

    code, printed = old_office.wanjia("upgrade")

    assert (code, "不是这个数据库的" in printed) == (2, True)
    assert contents(old_office) == before


def test_going_back_without_an_upgrade_is_a_sentence(old_office):
    assert old_office.wanjia("upgrade", "--back")[0] == 2


def test_an_office_goes_back_on_its_own_database(office):
    """On PostgreSQL the guards of the backup are laid in the schema beside, not on the living tables."""
    office.answer("upgrade")  # nothing to do but the backup

    office.answer("upgrade", "--back")

    assert_whole_apart(office.env)
    with pytest.raises(GUARDED):
        office.run("UPDATE kernel_entry SET act = 'x'")


@contextlib.contextmanager
def somebody_at_work(office):
    """Another program's transaction that stays open: it reads needs on PostgreSQL, it writes on SQLite. Yields its connection."""
    if office.on_postgres:
        raw, statement = psycopg.connect(office.env["DATABASE_URL"]), "SELECT COUNT(*) FROM casework_need"
    else:
        raw, statement = sqlite3.connect(office.file, isolation_level=None), "BEGIN IMMEDIATE"
        raw.execute("PRAGMA journal_mode=WAL")  # as every program of ours leaves it
    with contextlib.closing(raw):
        raw.execute(statement)
        yield raw
        raw.rollback()


def test_an_upgrade_gives_up_behind_a_long_transaction_and_goes_on_after_it(old_office):
    before = contents(old_office)
    with somebody_at_work(old_office):
        code, printed = old_office.wanjia("upgrade")
        assert (code, "等不到一张表" in printed, "Traceback" in printed) == (2, True, False), printed
        backups = list((old_office.folder / "backups" / "before-upgrade").glob("*.backup"))
        assert len(backups) == 1

    answer = old_office.answer("upgrade")

    assert answer["migrations"] > 0
    assert_whole_apart(old_office.env)
    old_office.answer("upgrade", "--back")
    assert contents(old_office) == before


def test_a_database_that_another_program_holds_is_a_sentence(old_office):
    """Not in its write-ahead mode yet: then nobody can even begin."""
    if old_office.on_postgres:
        pytest.skip("SQLite's own mode")
    with contextlib.closing(sqlite3.connect(old_office.file, isolation_level=None)) as raw:
        raw.execute("BEGIN EXCLUSIVE")
        code, printed = old_office.wanjia("upgrade")
        assert (code, "别的程序正占着数据库" in printed, "Traceback" in printed) == (2, True, False), printed


WITHOUT_LIMITS = (
    "import django; django.setup(); from wanjia.office.upgrading import commands; commands.TIME_OUTS.clear(); "
    "from pathlib import Path; commands.upgrade(Path({folder!r}), say=print)"
)


@pytest.mark.spoils
def test_without_the_time_outs_everybody_stands_behind_the_upgrade(old_office):
    """Negative control: the upgrade waits behind the long transaction, and a third one that only reads waits behind the upgrade."""
    if not old_office.on_postgres:
        pytest.skip("SQLite's readers never wait for a writer")
    waits = "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND state = 'active' AND now() - query_start > '7s'"
    with somebody_at_work(old_office):
        running = subprocess.Popen([sys.executable, "-c", WITHOUT_LIMITS.format(folder=str(old_office.folder))], cwd=HOUSE, stdout=subprocess.DEVNULL,
                                   env=old_office.env | {"DJANGO_SETTINGS_MODULE": "wanjia.site.settings"})  # fmt: skip
        while not old_office.run(waits)[0][0]:
            assert running.poll() is None, "it did not wait"
            time.sleep(0.5)
        with pytest.raises(psycopg.errors.LockNotAvailable):
            old_office.run("SET lock_timeout = '1s'; SELECT COUNT(*) FROM casework_need")
        running.kill()
        running.wait()
