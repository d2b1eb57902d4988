"""What every test shares: a private var folder, a fast password hasher, triggers that survive the flush."""

import contextlib
import functools
import gc
import os
import re
import shutil
import sqlite3
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests import stamp, template

ROOT = Path(__file__).parent
_VAR = tempfile.mkdtemp(prefix="wanjia-test-")
# For the child processes of tests.
os.environ["WANJIA_VAR"] = _VAR
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")
os.environ.setdefault("WANJIA_SECRET_KEY", "only-for-tests")


def pytest_configure(config):
    """Turn every path of the settings to the private folder: pytest-django has read them before this file."""
    if not config.pluginmanager.hasplugin("django"):
        return
    from django.conf import settings

    settings.WANJIA_KEYRING = os.path.join(_VAR, "keyring.json")
    settings.WANJIA_ANCHORS = os.path.join(_VAR, "anchors.jsonl")
    settings.MEDIA_ROOT = os.path.join(_VAR, "files")
    _make_ring(settings.WANJIA_KEYRING)
    # A load called within this process would put the rest of its tests behind everybody else; a process of its own is tried by test_giving_way.
    from wanjia.labour.loading import start

    start.give_way = lambda: None


def pytest_collection_finish():
    """What was read to collect the tests stands to the end: looked through for what may go, again and again, it costs a test in six."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_ignore_collect(collection_path):
    """In a house without some apps (WANJIA_WITHOUT), leave out the tests that name one of them: what remains is the other apps' own."""
    without = [app for app in os.environ.get("WANJIA_WITHOUT", "").split(",") if app]
    if not without or collection_path.suffix != ".py":
        return None
    return _names(collection_path, without) or None


def _names(path, apps):
    """Tell whether a test names one of these apps, or a file beside it whose words it uses does."""
    text = path.read_text(encoding="utf-8")
    if any(f"wanjia.{app}" in text or f"{app}:" in text for app in apps):
        return True
    used = [*(path.with_name(f"{name}.py") for name in re.findall(r"^from \.(\w+) import", text, re.MULTILINE)),
            *(ROOT / f"{name.replace('.', '/')}.py" for name in re.findall(r"^from ((?:tests|wanjia\.\w+\.tests)\.[\w.]+) import", text, re.MULTILINE))]  # fmt: skip
    return any(_names(one, apps) for one in used if one.is_file())


@pytest.fixture(autouse=True)
def questions_put_anew(request):
    """Whoever patches what a question is made by asks none that was put into SQL before, and leaves none behind."""
    if "monkeypatch" not in request.fixturenames:
        yield
        return
    _forget_questions()
    yield
    _forget_questions()


def _forget_questions():
    from wanjia.shapes import EVERY

    for shape in list(EVERY):
        shape.made.clear()


def _make_ring(path):
    """The first set-up of this run's installation: a ring is never made in passing."""
    import json

    keys = {"k1": {"suite": "AES-GCM", "secret": "11" * 32}, "i1": {"suite": "HMAC-SHA256", "secret": "22" * 32}}
    with open(path, "w", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        json.dump({"current": "k1", "index": "i1", "keys": keys}, file)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Test on a file of this run's own: in memory, SQLite's threads share a cache and cannot wait for a lock.

    No waiting for the disk in this process: what must survive a kill is tested on databases apart, with the real settings.
    """
    from django.db import connections

    for connection in connections.all():
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = os.path.join(_VAR, "test.sqlite3")
            options = connection.settings_dict["OPTIONS"]
            options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


@pytest.fixture(autouse=True, scope="session")
def fast_passwords():
    """Argon2 costs a quarter of a second a hash: tests use a hasher that is fast and worthless."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb, django_db_modify_db_settings):
    """Begin with a copy of a database that the same migrations made before (tests/template.py), if there is one."""
    from django.db import connection

    return django_db_keepdb or template.lay(connection)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_keepdb, django_db_blocker, fast_passwords):
    """Prove the ring once for the suite's database: each test is rolled back and would prove it anew, four fifths of a small world.

    Its check values are taken away again, so that tests with a ring of their own meet a database that knows none.
    """
    from django.db import connection

    from wanjia.kernel.models import KeyCheck
    from wanjia.sealing import proof

    with django_db_blocker.unblock():
        if not django_db_keepdb:
            template.keep(connection)
        proof.prove()
        KeyCheck.objects.all().delete()
        for one in stamp.STAMPS:
            one.take()
        _remember(connection)
        # Of the class: within a browser's event loop Django opens another connection to the same database.
        type(connection.ops).sql_flush = functools.partialmethod(_flush, str(connection.settings_dict["NAME"]), type(connection.ops).sql_flush)
    yield
    if django_db_keepdb and connection.vendor == "sqlite":
        with django_db_blocker.unblock():
            connection.close()
        Path(connection.settings_dict["NAME"]).unlink(missing_ok=True)


def _flush(ops, suites, plainly, style, tables, **how):
    """Put the database back, after a test with real transactions, to what it was before the first; leave nothing for Django's flush to do.

    Emptying some hundred tables and laying their thousand triggers anew costs more than most races. SQLite gets the pages back as they
    were, triggers too. On PostgreSQL the rows of those tables go that hold any, past the triggers; only if a trigger or what migrations
    wrote is not as it was (a control lifted it, a test took a migration back), all is emptied and laid anew.
    suites, plainly: the name of the suite's database, and Django's own way, for any other.
    """
    connection = ops.connection
    if str(connection.settings_dict["NAME"]) != suites:
        return plainly(ops, style, tables, **how)
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(_UNTOUCHED)) as untouched:
            untouched.backup(connection.connection)
        return []
    filled, as_laid = _filled(connection, tables), _laid(connection)
    kept = _BEFORE.get("kept", {})
    whole = as_laid == _BEFORE.get("laid") and kept.items() <= filled.items()
    gone = [f'DELETE FROM "{table}"' for table in filled if not (whole and table in kept)]
    if gone:
        gone.insert(0, "SET LOCAL session_replication_role = replica")
    if not whole:
        return gone
    connection.ops.execute_sql_flush(gone)
    return []


_UNTOUCHED = os.path.join(_VAR, "untouched.sqlite3")
_BEFORE = {}  # on PostgreSQL: how many rows of which tables, and what triggers


def _remember(connection):
    """Keep what `_flush` puts back."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(_UNTOUCHED)) as untouched:
            connection.connection.backup(untouched)
        return
    _BEFORE.update(laid=_laid(connection), kept=_filled(connection, connection.introspection.django_table_names(only_existing=True, include_views=False)))


def _filled(connection, tables):
    """Return {table: how many rows} of those that hold any."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f'(SELECT count(*) FROM "{table}")' for table in tables))
        return {table: n for table, n in zip(tables, cursor.fetchone(), strict=True) if n}


def _laid(connection):
    """Return a digest of what PostgreSQL's triggers are and do."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT md5(string_agg(pg_get_triggerdef(t.oid) || t.tgenabled::text || p.prosrc, '' ORDER BY t.tgrelid, t.tgname))"
            " FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal"
        )
        return cursor.fetchone()[0]


@pytest.fixture
def races(transactional_db, request):
    """Real transactions for tests with threads; after the race everything must be one truth, unless the test is marked `spoils`.

    Each begins with empty tables and every trigger (`_flush`).
    """
    from tests.whole import assert_whole

    yield
    if not request.node.get_closest_marker("spoils"):
        assert_whole()


@pytest.fixture
def monday(monkeypatch):
    """The clock stands at nine on Monday, 2 November 2026, the day on which the acts of the house are tried."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 11, 2, 1, tzinfo=UTC))


@pytest.fixture
def own_ring(tmp_path, settings):
    """A copy of the ring, so that a key added here stays here."""
    copy = tmp_path / "ring.json"
    shutil.copy(settings.WANJIA_KEYRING, copy)
    settings.WANJIA_KEYRING = str(copy)


@pytest.fixture
def quick_restore(monkeypatch):
    """What is restored begins with a copy of the suite's empty database where its migrations are today's: what they make is tried elsewhere (test_round_trip, test_migrating)."""
    from django.db import connections
    from django.db.migrations.loader import MigrationLoader

    from wanjia.office import places

    plainly = places.migrate

    def migrate(alias, targets):
        todays = targets is not None and set(MigrationLoader(connections[alias]).graph.leaf_nodes()) == {tuple(one) for one in targets}
        if not (todays and template.restored(alias)):
            plainly(alias, targets)

    monkeypatch.setattr(places, "migrate", migrate)
