"""An empty database beside the living one, filled in peace and swapped in at once: a file on SQLite, a schema on PostgreSQL."""

import contextlib
import fcntl
import os
import secrets
import sqlite3
from datetime import UTC, datetime

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import triggers
from wanjia.verdict import Refused

ROOM = "wanjia_restoring"
BUSY = _("另一次恢复、核对或搬迁正在进行(每晚的核对也算)。请等它做完再运行。什么也没有改动。")


class FilePlace:
    """SQLite: a file with the living one's name and an ending."""

    def __init__(self, name):
        self.name, self.alias = str(name), f"restoring_{secrets.token_hex(3)}"
        self.draft = f"{self.name}.restoring"
        # The place has one name: whoever threw away another's would have it swap in a half copy.
        self.held = os.open(f"{self.draft}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self.held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self.held)
            raise Refused(BUSY) from None
        _forget(self.draft)
        given = connections.databases["default"] if "default" in connections.databases else {}
        connections.databases[self.alias] = {
            **given, "NAME": self.draft, "OPTIONS": {"timeout": 20, "init_command": "PRAGMA foreign_keys=OFF; PRAGMA synchronous=OFF;"},
        }  # fmt: skip

    def ready(self):
        """Raise Refused when the swap could not be made: asked before anything beside the database is touched."""
        connections["default"].close()
        if os.path.exists(self.name):
            self._settle()

    def swap(self):
        """Put the new file in the old one's place; the old one stays beside it under the hour of the swap."""
        connections[self.alias].close()
        with open(self.draft, "rb+") as file:
            os.fsync(file.fileno())
        connections["default"].close()
        if os.path.exists(self.name):
            self._settle()
            os.link(self.name, f"{self.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}")
        os.replace(self.draft, self.name)

    def _settle(self):
        """Fold the old file's write-ahead log into it: a log left behind would be played into the new file."""
        with contextlib.closing(sqlite3.connect(self.name, timeout=2, isolation_level=None)) as old:
            try:
                mode = old.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
            except sqlite3.OperationalError:
                mode = "wal"
        if mode != "delete":
            raise Refused(_("还有程序在用数据库。请先停下服务(systemctl stop wanjia),再做一次。数据库没有换,原来的都还在。"))

    def close(self):
        """Throw away what was not swapped in."""
        connections[self.alias].close()
        _forget(self.draft)
        os.close(self.held)


class SchemaPlace:
    """PostgreSQL: a schema of its own in the database of `given` (settings of a connection)."""

    def __init__(self, given):
        self.alias = f"restoring_{secrets.token_hex(3)}"
        connections.databases[self.alias] = {
            **given, "CONN_MAX_AGE": 0, "OPTIONS": {**given.get("OPTIONS", {}), "options": f"-c search_path={ROOM}"},
        }  # fmt: skip
        with connections[self.alias].cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [ROOM])  # until the connection is closed
            if not cursor.fetchone()[0]:
                self._leave()
                raise Refused(BUSY)
            _drop(cursor)
            cursor.execute(f"CREATE SCHEMA {ROOM}")

    def _leave(self):
        connections[self.alias].close()
        del connections[self.alias]
        connections.databases.pop(self.alias)

    def refuse_if_used(self):
        """Raise Refused when the living schema already holds an office: it is not this one's to replace."""
        with connections[self.alias].cursor() as cursor:
            cursor.execute("SELECT to_regclass('public.django_migrations')")
            if cursor.fetchone()[0] is not None:
                raise Refused(_("那个 PostgreSQL 数据库里已经有数据。请建一个空的数据库再搬。两边都没有改动。"))

    def ready(self):
        """Nothing is asked: the renaming waits for whoever still reads, five seconds at most."""

    def swap(self):
        """Rename both schemas in one transaction; the old one keeps the hour of the swap as its name."""
        old = f"wanjia_before_{datetime.now(UTC):%Y%m%dt%H%M%S%f}"
        connection = connections[self.alias]
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
            cursor.execute(f"BEGIN; ALTER SCHEMA public RENAME TO {old}; ALTER SCHEMA {ROOM} RENAME TO public; COMMIT")

    def close(self):
        """Throw away what was not swapped in."""
        with connections[self.alias].cursor() as cursor:
            _drop(cursor)
        connections[self.alias].close()


@contextlib.contextmanager
def beside(alias):
    """Yield an empty place beside the database `alias`; what was not swapped in is thrown away."""
    connection = connections[alias]
    given = connection.settings_dict
    place = FilePlace(given["NAME"]) if connection.vendor == "sqlite" else SchemaPlace(given)
    with opened(place):
        yield place


@contextlib.contextmanager
def opened(place):
    """Yield the place, close it in the end, and forget its connection."""
    try:
        yield place
    finally:
        place.close()
        del connections[place.alias]
        connections.databases.pop(place.alias, None)


@contextlib.contextmanager
def standing_in(alias):
    """Within, every query of this thread that names no database goes to `alias`, never to the living office.

    A migration's function, a check of the books, a walk over the journal: none of them was written with a second database in
    mind, and one that forgets to name it would read or write the living one.
    """
    living = connections["default"]
    connections["default"] = connections[alias]
    try:
        yield
    finally:
        connections["default"] = living


def migrate(alias, targets):
    """Bring the database to the migrations `targets`, or to the newest of each app."""
    with standing_in(alias):
        executor = MigrationExecutor(connections[alias])
        executor.migrate(targets if targets is not None else executor.loader.graph.leaf_nodes())


def lay_triggers(alias):
    """Lay today's triggers."""
    triggers.lay(using=alias)


def _drop(cursor):
    """Drop the schema table by table: at once it would take a lock for every table, index and trigger, more than a server has."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [ROOM])
    for (table,) in cursor.fetchall():
        cursor.execute(f'DROP TABLE {ROOM}."{table}" CASCADE')
    cursor.execute(f"DROP SCHEMA IF EXISTS {ROOM} CASCADE")


def _forget(name):
    for ending in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name + ending)
