"""What a first load sets aside and brings back: secondary indexes and foreign keys of the six tables it fills.

What is set aside is written down before it goes, and crossed out when all of it is back: a kill between leaves a row that says what is lacking, and
`bring_back` makes it whole, by the next load, the doctor or the clock. On SQLite foreign keys are not asked by this connection alone, and all
rows are held against them afterwards.
"""

import concurrent.futures
import queue

from django.db import connection, connections, transaction

from ..models import Load
from .building import TABLES

WAITS = "10s"
LANES = 2
SQLITE = "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (%s)"
POSTGRES_INDEXES = (
    "SELECT t.relname, i.relname, pg_get_indexdef(x.indexrelid) FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid "
    "WHERE NOT x.indisprimary AND t.relname IN (%s) AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = x.indexrelid AND c.contype IN ('u', 'x'))"
)
POSTGRES_RULES = (
    "SELECT t.relname, c.conname, pg_get_constraintdef(c.oid) FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid "
    "WHERE c.contype = %%s AND t.relname IN (%s)"
)


def set_aside(load):
    """Write down what goes, then take it away in one transaction."""
    kept = _standing()
    Load.objects.filter(pk=load.pk).update(aside=kept)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SET LOCAL lock_timeout = '{WAITS}'")
        for kind, table, name, _statement in reversed(kept):
            cursor.execute(f'DROP INDEX "{name}"' if kind == "index" else f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA foreign_keys = OFF")


def _standing():
    """Return [[kind, table, name, statement]] of what stands: indexes, then unique rules, then foreign keys."""
    marks = ", ".join(["%s"] * len(TABLES))
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(SQLITE % marks, TABLES)
            return [["index", *row] for row in cursor.fetchall()]
        cursor.execute(POSTGRES_INDEXES % marks, TABLES)
        found = [["index", *row] for row in cursor.fetchall()]
        for kind in ("u", "f"):
            cursor.execute(POSTGRES_RULES % marks, [kind, *TABLES])
            found += [["unique" if kind == "u" else "foreign", *row] for row in cursor.fetchall()]
    return found


def lacking():
    """Return the loads of which something is still aside."""
    return list(Load.objects.exclude(aside=[]))


def bring_back(load):
    """Make again what is not there, prove the foreign keys, and cross it out. Repeat-safe. Raises IntegrityError where a row breaks a rule."""
    wanted = [one for one in load.aside if not _stands(*one[:3])]
    if connection.vendor == "sqlite":
        _back_on_sqlite(wanted)
    else:
        _back_on_postgres(load.aside, wanted)
    Load.objects.filter(pk=load.pk).update(aside=[])


def _stands(kind, table, name):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [name])
        elif kind == "index":
            cursor.execute("SELECT 1 FROM pg_class c JOIN pg_index x ON x.indexrelid = c.oid WHERE c.relname = %s AND x.indisvalid", [name])
        else:
            cursor.execute("SELECT 1 FROM pg_constraint WHERE conname = %s AND conrelid = %s::regclass", [name, table])
        return cursor.fetchone() is not None


def _back_on_sqlite(wanted):
    with connection.cursor() as cursor:
        for _kind, _table, _name, statement in wanted:
            cursor.execute(statement)
        broken = []
        for table in TABLES:
            cursor.execute(f"PRAGMA foreign_key_check({table})")
            broken += cursor.fetchmany(5)
        cursor.execute("PRAGMA foreign_keys = ON")
    if broken:
        raise RuntimeError(f"rows whose foreign key leads nowhere: {broken[:5]}")


def _back_on_postgres(known, wanted):
    """Indexes and unique rules on two connections at once, those of the widest table first; then the foreign keys, unproved, and their proof."""
    sizes = _bytes_of({table for _kind, table, _name, _statement in known})
    made, foreign = ([one for one in wanted if (one[0] == "foreign") is kind] for kind in (False, True))
    made.sort(key=lambda one: -sizes[one[1]])
    _at_once([statement if kind == "index" else f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {statement}' for kind, table, name, statement in made])
    with connection.cursor() as cursor:
        for _kind, table, name, statement in foreign:
            cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {statement} NOT VALID')
    proofs = sorted((one for one in known if one[0] == "foreign"), key=lambda one: -sizes[one[1]])
    _at_once([f'ALTER TABLE "{table}" VALIDATE CONSTRAINT "{name}"' for _kind, table, name, _statement in proofs])
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f'ANALYZE "{table}"')  # or the next question is planned for the empty tables of before


def _bytes_of(tables):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, pg_relation_size(oid) FROM pg_class WHERE relname = ANY(%s)", [sorted(tables)])
        return dict(cursor.fetchall())


def _at_once(statements):
    """Run statements on two connections, each as soon as one is free."""
    waiting = queue.SimpleQueue()
    for sql in statements:
        waiting.put(sql)
    with concurrent.futures.ThreadPoolExecutor(LANES) as pool:
        for done in [pool.submit(_run, waiting) for _lane in range(LANES)]:
            done.result()


def _run(waiting):
    try:
        with connection.cursor() as cursor:
            # Two lanes are what two processors bear: helpers of one statement would take the other's.
            cursor.execute("SET maintenance_work_mem = '512MB'; SET max_parallel_maintenance_workers = 0")
            while True:
                try:
                    sql = waiting.get_nowait()
                except queue.Empty:
                    return
                cursor.execute(sql)
    finally:
        connections["default"].close()
