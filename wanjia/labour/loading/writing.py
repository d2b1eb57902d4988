"""One part of a load, in one transaction: the rows by COPY (SQLite: moved over from a database in memory), the sums, the chunk, one line of the journal."""

import sqlite3
import struct
from datetime import UTC, date, datetime, timedelta

from django.db import connection, models

from wanjia.kernel import journal
from wanjia.kernel.command import command
from wanjia.registry.models import DatedStatus, Household, Membership, Person
from wanjia.sealing.fields import EncryptedText
from wanjia.verdict import Conflict

from ..models import Chunk, Load, Spell, Worker
from ..states import LoadState
from ..tallying.commands import add_up, changed, forget_departed
from . import rules
from .building import HOME, MEMBER, PERSON, SPELL, STATUS, TABLES, TOLD, WORKER
from .encoding import Same, moved
from .meeting import meet

MODELS = {HOME: Household, PERSON: Person, MEMBER: Membership, STATUS: DatedStatus, WORKER: Worker, SPELL: Spell}
EPOCH, FIRST_DAY = datetime(2000, 1, 1, tzinfo=UTC), date(1970, 1, 1)  # of PostgreSQL's binary form, and of numpy's days
ATTACHED = "part"
_LAID = {}  # the part that is attached, by its number


def same_of(said):
    """Return {table: [encoding.Same]}: what the columns say that no row of a file tells. said: {(table, field): value} where it is not the field's default."""
    found = {}
    for table, model in MODELS.items():
        rest = [field for field in model._meta.concrete_fields if field.column not in TOLD[table] and not isinstance(field, models.AutoField)]
        found[table] = [_same(field, said.get((table, field.name), field.get_default())) for field in rest]
    return found


def _same(field, value):
    if isinstance(field, EncryptedText):
        value = b""  # empty text stays empty
    bound = value if isinstance(value, bytes) else field.get_db_prep_save(value, connection)
    return Same(field.column, _copied(value), bound)


def _copied(value):
    """Return a value in PostgreSQL's binary form, None for NULL: text, bytes, bool, whole number (of four bytes), day, moment, key."""
    if value is None:
        return None
    if isinstance(value, bool):
        return bytes([value])
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, int):
        return struct.pack(">i", value)
    if isinstance(value, datetime):
        return struct.pack(">q", round((value - EPOCH).total_seconds() * 1_000_000))
    if isinstance(value, date):
        return struct.pack(">i", (value - EPOCH.date()).days)
    return value.bytes if hasattr(value, "bytes") else bytes(value)


def ready(built):
    """Lay the rows of a part ready for SQLite, before the transaction begins: whoever waits for the one lock of the house waits for the moving alone."""
    if connection.vendor != "sqlite" or not built.bodies or connection.in_atomic_block:
        return
    connection.ensure_connection()
    raw = connection.connection
    if ATTACHED in {row[1] for row in raw.execute("PRAGMA database_list")}:
        raw.execute(f"DETACH {ATTACHED}")  # or it would look for the tables where they lay in the part before
    raw.execute(f"ATTACH ':memory:' AS {ATTACHED}")
    raw.deserialize(built.bodies[""], name=ATTACHED)
    _LAID["number"] = built.number


@command("labour.load_chunk")
def load_chunk(*, load_id, built, by, at):
    """Write one part of a load. Raises Conflict when the load is no longer being written, or the part was written meanwhile."""
    load = Load.objects.select_for_update().get(pk=load_id)
    rules.can_go_on(by, load).or_raise()
    if load.state != LoadState.LOADING or load.chunks.filter(number=built.number).exists():
        raise Conflict()
    counts, (tallies, begun, verified) = dict(built.counts), built.sums
    _write(built)
    if built.met:
        found, differences, spelt = meet(built.met, load, by=by, at=at)
        counts |= found
    Chunk.objects.create(load=load, number=built.number, first_row=built.first_row, last_row=built.last_row, counts=counts, digest=built.digest, at=at)
    begun, verified = ({(*key[:-1], FIRST_DAY + timedelta(days=key[-1])): n for key, n in one.items()} for one in (begun, verified))
    add_up(tallies, begun, verified, since=load.as_of if tallies else None)  # whoever enters now changes no month before
    if tallies:
        forget_departed({key[0] for key in verified}, date.min)  # yet his spells may have begun within a campaign
    if built.met:
        changed(differences, since=date.min if spelt or any(differences.values()) else None)  # a spell of the past changes no sum of today
    journal.record(act="load.chunk", subject=load, by=by, at=at, chunk=built.number, rows=[built.first_row, built.last_row], digest=built.digest, counts=counts)
    return counts


def _write(built):
    if not built.bodies:
        return
    box = _boxed(built) if connection.vendor == "sqlite" and built.number != _LAID.get("number") else None
    _LAID.clear()
    with connection.cursor() as cursor:
        for table in TABLES:
            if table not in built.columns:
                continue
            if box is not None:
                _from_box(cursor, box, table, built.columns[table])
                continue
            if connection.vendor == "sqlite":
                cursor.execute(*_moving(table, built.columns[table]))
                continue
            names = ", ".join(f'"{name}"' for name in built.columns[table])
            cursor._execute_with_wrappers(f'COPY "{table}" ({names}) FROM STDIN (FORMAT BINARY)', None, False, _copying(built.bodies[table]))


def _boxed(built):
    """Return a connection to the rows of a part, where the transaction had begun before anything could be attached."""
    box = sqlite3.connect(":memory:")
    box.deserialize(built.bodies[""])
    return box


def _from_box(cursor, box, table, columns):
    bound = [_bindable(column.bound) if isinstance(column, Same) else None for column in columns]
    at = [n for n, column in enumerate(columns) if not isinstance(column, Same)]
    names = ", ".join(f'"{column.name}"' for column in columns)
    rows = []
    for found in box.execute(f"SELECT * FROM {table} ORDER BY rowid"):
        row = list(bound)
        for n, value in zip(at, found, strict=True):
            row[n] = value
        rows.append(row)
    cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(columns))})", rows)


def _moving(table, columns):
    sql, bound = moved(table, columns)
    return sql.replace("?", "%s"), [_bindable(value) for value in bound]


def _bindable(value):
    return value if value is None or isinstance(value, str | int | float | bytes) else str(value)


def _copying(body):
    """Return what Django's wrappers call in the place of a plain statement."""

    def copy(sql, _params, _many, context):
        with context["connection"].wrap_database_errors, context["cursor"].cursor.copy(sql) as stream:
            stream.write(body)

    return copy
