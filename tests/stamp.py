"""A small world is built by its acts once in a process; every test after that has the same rows laid into its empty tables.

Two hundred statements become a dozen, and what a test finds is what the acts wrote: each stamp is laid once when it is taken and must
leave exactly the rows that were built. It is taken before the first test, so that no test's own patches are in it, and laid only where
the tables hold as much as they held then, in the same database and under the same ring; anywhere else the acts build the world.
"""

import functools
import pickle
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

STAMPS = []


def stamped(world):
    """Decorate what builds a small world: a class that is made, or a function that is called, without arguments."""
    stamp = Stamp(world)
    STAMPS.append(stamp)
    if not isinstance(world, type):
        return functools.wraps(world)(lambda: stamp.lay() if stamp.fits() else world())
    build = world.__init__

    @functools.wraps(build)
    def made(self):
        if not vars(self) and stamp.fits():
            vars(self).update(stamp.lay())
        else:
            build(self)

    world.__init__ = made
    return world


class Stamp:
    """What one world is: the statements that lay its rows, and what its builder returned."""

    def __init__(self, build):
        self.build = build
        self.place = self.before = self.answer = None
        self.statements = []

    def take(self):
        """Build the world, remember its rows and take it back; then prove that the rows laid are the rows built. The tables stay empty."""
        counted, before = _counts(), _rows()
        with transaction.atomic():
            built = self.build()
            after = _rows()
            self.statements = _laying(before, after)
            transaction.set_rollback(True)
        self.answer = pickle.dumps(vars(built) if isinstance(self.build, type) else built)
        with transaction.atomic():
            self.lay()
            assert _rows() == after, f"{self.build}: the rows laid are not those that its acts wrote"
            transaction.set_rollback(True)
        self.before, self.place = counted, _place()

    def fits(self):
        """Tell whether this test begins where the stamp was taken."""
        return self.place is not None and self.place == _place() and self.before == _counts()

    def lay(self):
        """Write the rows; return what the builder returned, anew for each test."""
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:  # whom a row names may be written after it
            for statement, rows in self.statements:
                cursor.execute(statement) if rows is None else cursor.executemany(statement, rows)
        return pickle.loads(self.answer)


def _place():
    return str(connection.settings_dict["NAME"]), Path(settings.WANJIA_KEYRING).read_bytes()


@functools.cache
def _columns(_database):
    """Return {table: its columns, as a statement names them}."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')
            found[table] = [f'"{column[0]}"' for column in cursor.description]
    return found


def _tables():
    return _columns(str(connection.settings_dict["NAME"]))


def _counts():
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f'(SELECT count(*) FROM "{table}")' for table in _tables()))
        return cursor.fetchone()


def _rows():
    """Return {table: its rows in the order of their first columns}; SQLite's as they are kept, not as Python's days and hours."""
    kept = "+" if connection.vendor == "sqlite" else ""
    found = {}
    with connection.cursor() as cursor:
        for table, columns in _tables().items():
            cursor.execute(f'SELECT {", ".join(kept + column for column in columns)} FROM "{table}" ORDER BY 1, 2')
            found[table] = [tuple(bytes(one) if isinstance(one, memoryview) else one for one in row) for row in cursor.fetchall()]
    return found


def _depth(table, tables, under=frozenset()):
    """Return how deep a table hangs under those its rows name. A row that is written before whom it names makes SQLite look through every table for it."""
    with connection.cursor() as cursor:
        named = {other for _column, other in connection.introspection.get_relations(cursor, table).values()}
    return max((1 + _depth(other, tables, under | {table}) for other in named & tables - under - {table}), default=0)


def _laying(before, after):
    """Return [(statement, rows)] that write what came in between; on PostgreSQL one text of all of them, for one way to the server."""
    fresh = {table: new for table, rows in after.items() if (new := [row for row in rows if row not in before[table]])}
    writes = [
        (f'INSERT INTO "{table}" ({", ".join(_tables()[table])}) VALUES ({", ".join("%s" for _column in rows[0])})', rows)
        for table, rows in sorted(fresh.items(), key=lambda one: _depth(one[0], frozenset(fresh)))
    ]  # fmt: skip
    if connection.vendor == "sqlite":
        return writes
    return [("; ".join(connection.ops.compose_sql(statement, row) for statement, rows in writes for row in rows), None)]
