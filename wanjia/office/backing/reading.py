"""One unchanging view of a database, on a connection of its own: writers go on meanwhile and are not seen. Writes nothing."""

import contextlib
import hashlib
import marshal
import sqlite3
from pathlib import Path

from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext_lazy as _

from wanjia.verdict import Refused

from . import rules

FETCHED = 5000
BLOCK = {"sqlite": 512, "postgresql": 32}  # rows that lie together on SQLite, pages of 8 KB on PostgreSQL


class Snapshot:
    """vendor: sqlite or postgresql; `run` gives all rows of a statement, `stream` reads a table without holding it."""

    def __init__(self, vendor, raw):
        self.vendor, self.raw = vendor, raw

    def run(self, statement):
        """Return every row."""
        return self.raw.execute(statement).fetchall()

    def stream(self, model):
        """Yield each row of the model's table as its spelt line, in the order of the database."""
        names = ", ".join(self._column(column, field) for column, field in rules.columns(model))
        statement, spellers = f'SELECT {names} FROM "{model._meta.db_table}"', rules.spellers(model)
        cursor = self.raw.cursor() if self.vendor == "sqlite" else self.raw.cursor(name="wanjia_backup")
        with contextlib.closing(cursor):
            cursor.execute(statement)
            while rows := cursor.fetchmany(FETCHED):
                for row in rows:
                    yield rules.spell(row, spellers)

    def blocks(self, model):
        """Yield (mark, function → spelt lines) of each block of the table: rows that lie together on the disk.

        The mark is made from the values themselves and the kinds of their columns, by which they are spelt, and the number of
        the spelling: the same mark, the same lines. To know that nothing in a block changed is far cheaper than to spell it (ADR 85).
        """
        names, spellers = ", ".join(self._column(column, field) for column, field in rules.columns(model)), rules.spellers(model)
        told = f"{rules.FORMAT}.{rules.SPELLING} {names} {[rules.kind(field) for _column, field in rules.columns(model)]}"
        for mark, rows in _BLOCKS[self.vendor](self, model._meta.db_table, names, told):
            yield mark, lambda rows=rows: [rules.spell(row, spellers) for row in rows()]

    def _column(self, column, field):
        # A driver that reads JSON itself would cost an object a row twice.
        return f'"{column}"::text' if self.vendor == "postgresql" and rules.kind(field) == "JSONField" else f'"{column}"'


def _sqlite_blocks(view, table, names, told):
    """By the row's own number, which stays when the row is changed. The numbers may have gaps: only blocks with rows are asked."""
    size, least = BLOCK["sqlite"], view.raw.execute(f'SELECT MIN(rowid) FROM "{table}"').fetchone()[0]
    while least is not None:
        end = (least // size + 1) * size
        rows = view.raw.execute(f'SELECT {names} FROM "{table}" WHERE rowid >= ? AND rowid < ? ORDER BY rowid', (least, end)).fetchall()
        yield _mark(told, marshal.dumps(rows, 2)), lambda rows=rows: rows  # 2: later versions depend on which objects are shared
        least = view.raw.execute(f'SELECT MIN(rowid) FROM "{table}" WHERE rowid >= ?', (end,)).fetchone()[0]


def _postgres_blocks(view, table, names, told):
    """By the page the row lies in; the server itself makes the mark, so that only changed rows travel."""
    (pages,) = view.run(f"SELECT pg_relation_size('\"{table}\"') / current_setting('block_size')::int")[0]
    for first in range(0, pages, BLOCK["postgresql"]):
        rows = f"SELECT {names} FROM \"{table}\" WHERE ctid >= '({first},0)' AND ctid < '({first + BLOCK['postgresql']},0)' ORDER BY ctid"
        (said,) = view.run(f"SELECT md5(string_agg(md5(one::text), '')) FROM ({rows}) one")[0]
        if said is not None:
            yield _mark(told, said.encode()), lambda rows=rows: view.run(rows)


def _mark(told, content):
    return hashlib.blake2b(content, digest_size=16, key=hashlib.blake2b(told.encode()).digest()).hexdigest()


_BLOCKS = {"sqlite": _sqlite_blocks, "postgresql": _postgres_blocks}


@contextlib.contextmanager
def snapshot(alias="default"):
    """Yield a Snapshot of the database `alias` as it is now."""
    connection = connections[alias]
    connection.ensure_connection()  # it sets the write-ahead log, without which a reader would lock the writers out
    if connection.vendor == "sqlite":
        raw = sqlite3.connect(f"file:{connection.settings_dict['NAME']}?mode=ro", uri=True, isolation_level=None, timeout=20)
        raw.execute("BEGIN")
        raw.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()  # the view begins with the first reading
    else:
        raw = connection.Database.connect(**connection.get_connection_params())
        raw.execute("SET TIME ZONE 'UTC'")  # the framework's own reader of moments takes it for granted
        raw.commit()
        raw.isolation_level, raw.read_only = connection.Database.IsolationLevel.REPEATABLE_READ, True
    with contextlib.closing(raw):
        yield Snapshot(connection.vendor, raw)


def mark(alias="default"):
    """Return a value that is another one after anything was written to the database.

    On PostgreSQL it moves with the whole server, also by what other databases and the server itself write: a backup too many.
    """
    connection = connections[alias]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_wal_insert_lsn()::text")
            return cursor.fetchone()[0]
    files = [Path(f"{connection.settings_dict['NAME']}{ending}") for ending in ("", "-wal")]
    return [(file.stat().st_mtime_ns, file.stat().st_size) for file in files if file.exists()]


def schema(view):
    """Return the migrations applied in the view, as a list of [app, name]: they say what its tables look like."""
    return [list(row) for row in view.run("SELECT app, name FROM django_migrations ORDER BY app, name")]


def models(applied):
    """Return the models as they were after the migrations `applied`, each with a table. Raises Refused for an unknown one."""
    loader = MigrationLoader(None)  # from the programs' own files: no database is asked
    if unknown := sorted(pair for pair in map(tuple, applied) if pair not in loader.graph.nodes):
        raise Refused(_("这份数据里有本版本不认识的升级步骤 %(name)s:它来自更新的版本。请先换上更新的程序。") % {"name": ".".join(unknown[0])})
    state = loader.project_state(_leaves(applied, loader.graph))
    found = [model for model in state.apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy]
    return sorted((model for model in found if model._meta.db_table not in rules.SKIPPED), key=lambda model: model._meta.db_table)


def leaves(applied):
    """Return the last migration of each app among `applied`: where `migrate` has to stop."""
    return _leaves(applied, MigrationLoader(None).graph)


def _leaves(applied, graph):
    wanted = {tuple(pair) for pair in applied} & graph.nodes.keys()

    def followed(key):
        return any(child.key in wanted and child.key[0] == key[0] for child in graph.node_map[key].children)

    return sorted(key for key in wanted if not followed(key))


def triggers(view):
    """Return the statements that lay the triggers of the view anew: an older schema needs its own, not today's."""
    if view.vendor == "sqlite":
        return [row[0] for row in view.run("SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")]
    functions = view.run(
        "SELECT pg_get_functiondef(p.oid) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE n.nspname = current_schema() AND p.prorettype = 'trigger'::regtype ORDER BY p.proname"
    )
    laid = view.run(
        "SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND NOT t.tgisinternal ORDER BY t.tgname"
    )
    # PostgreSQL names the schema in both: laid as they are, the living functions would be replaced and their own tables stay bare.
    home = view.run("SELECT quote_ident(current_schema())")[0][0]
    return [row[0].replace(f"{home}.", "") for row in (*functions, *laid)]


def facts(view):
    """Return what tells one office's database from another's: its first journal line, its last, its keys' check values."""
    first = view.run("SELECT digest FROM kernel_entry WHERE seq = (SELECT MIN(seq) FROM kernel_entry)")
    head = view.run("SELECT seq, digest FROM kernel_head WHERE id = 1")
    known = ["kernel", "0003_key_check"] in schema(view)
    checks = dict(view.run("SELECT name, value FROM kernel_keycheck")) if known else {}
    return {
        "first": first[0][0] if first else None,
        "head": {"seq": head[0][0], "digest": head[0][1]} if head else {"seq": 0, "digest": None},
        "keys": checks,
    }
