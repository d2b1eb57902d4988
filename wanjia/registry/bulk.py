"""Many fresh rows at once: `bulk_create` without building a statement per batch. For the importer, inside a command.

Django's `bulk_create` spends most of its time compiling the same INSERT again for every 27 rows of a wide table (SQLite's 999
parameters). Here a batch goes column by column: what is sealed is sealed a column at a time; PostgreSQL takes the rows by COPY, SQLite by
one statement that is written once. Encrypted columns and blind indexes are computed as ever.
"""

import functools

from django.db import connection, connections, models
from django.db.models.base import ModelState

from wanjia.sealing.fields import BlindIndex, EncryptedText

PLAIN = {str, int, bool, type(None)}
FEW = 8  # rows that PostgreSQL takes sooner by INSERT than by COPY


def fresh(model, **values):
    """Return an unsaved instance as `model(**values)` would, several times faster: no signals, no look-up per field.

    values: by field name or column name; a related row may be given under its field's name.
    """
    blank, made, related = _blank(model)
    row = model.__new__(model)
    row.__dict__.update(blank)
    row._state = ModelState()
    for name, make in made:
        if name not in values:
            row.__dict__[name] = make()
    for name, value in values.items():
        if name in related and isinstance(value, models.Model):
            row._state.fields_cache[name] = value
            row.__dict__[related[name]] = value.pk
        else:
            row.__dict__[related.get(name, name)] = value
    return row


@functools.cache
def _blank(model):
    """Return ({column: default}, [(column, default made anew)], {relation: column}) of a model."""
    fields = model._meta.concrete_fields
    made = [(field.attname, field.get_default) for field in fields if callable(field.default)]
    return {field.attname: None if callable(field.default) else field.get_default() for field in fields}, made, {f.name: f.attname for f in fields if f.is_relation}


def insert(model, rows, batch=2000):
    """Insert unsaved instances of one model that hold no file or many-to-many values. Runs in the caller's transaction.

    Rows with an automatic key are inserted without one and do not learn it.
    """
    ready(model, rows, batch)()


def update(model, changes):
    """Write some columns of rows that stand, each its own: one statement written once for all that change the same columns. Runs in the caller's transaction.

    changes: [(row, names of fields)]. What is sealed or indexed is so anew, as `save` does it; nobody is told that a row is no longer there.
    """
    own, alike = connections[connection.alias], {}
    quote, key = own.ops.quote_name, model._meta.pk
    for row, names in changes:
        alike.setdefault(tuple(sorted(names)), []).append(row)
    with connection.cursor() as cursor:
        for names, rows in alike.items():
            fields = [model._meta.get_field(name) for name in names]
            columns = [[field.get_db_prep_save(field.pre_save(row, False), own) for row in rows] for field in fields]
            keys = [key.get_db_prep_save(row.pk, own) for row in rows]
            told = ", ".join(f"{quote(field.column)} = %s" for field in fields)
            cursor.executemany(f"UPDATE {quote(model._meta.db_table)} SET {told} WHERE {quote(key.column)} = %s", list(zip(*columns, keys, strict=True)))


def ready(model, rows, batch=2000):
    """Return the function that inserts the rows, with everything sealed and spelt beforehand: it takes its locks for the writing alone."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    # The connection itself: the proxy would look it up anew for every value.
    own = connections[connection.alias]
    columns = _columns(model, fields, rows, own) if rows else []
    by_copy = own.vendor == "postgresql" and len(rows) > FEW
    write_rows = _copying(own, model, fields, columns) if by_copy else _inserting(own, model, fields, columns, batch)

    def write():
        if not rows:
            return
        if not connection.in_atomic_block:
            raise RuntimeError("bulk.insert runs inside the transaction of its act")
        with connection.cursor() as cursor:
            write_rows(cursor)
        for row in rows:
            row._state.adding = False
            row._state.db = connection.alias

    return write


def _columns(model, fields, rows, connection):
    """Return the values of each field, as the database takes them: a plain text, number or blank needs no conversion."""
    texts = [str(row.pk) for row in rows] if any(isinstance(field, EncryptedText) for field in fields) else None
    binary = connection.Database.Binary
    return [
        [binary(body) for body in field.seal_all(rows, texts)] if isinstance(field, EncryptedText)
        else field.index_all(rows) if isinstance(field, BlindIndex) else _column(field, rows, connection)
        for field in fields
    ]  # fmt: skip


def _column(field, rows, connection):
    name = field.attname
    values = [row.__dict__.get(name) for row in rows]
    if set(map(type, values)) <= PLAIN:
        return values
    known = {}  # a batch shares its days, its moments, its villages
    return [value if type(value) in PLAIN else _prepared(field, row, value, known, connection) for row, value in zip(rows, values, strict=True)]


def _prepared(field, row, value, known, connection):
    if isinstance(value, dict | list | models.Model) or not value.__hash__:
        return field.get_db_prep_save(field.pre_save(row, True), connection)
    if value not in known:
        known[value] = field.get_db_prep_save(field.pre_save(row, True), connection)
    return known[value]


def _inserting(connection, model, fields, columns, batch):
    """Return the function that inserts the columns' rows by one statement written once."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({', '.join(['%s'] * len(fields))})"
    values = list(zip(*columns, strict=True))

    def write(cursor):
        for start in range(0, len(values), batch):
            cursor.executemany(statement, values[start : start + batch])

    return write


def _copying(connection, model, fields, columns):
    """Return the function that copies the columns' rows in, in PostgreSQL's binary form: each column's type is told, no value is spelt."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    statement = f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN (FORMAT BINARY)"
    kinds = [field.db_type(connection).partition("(")[0] for field in fields]

    def copy(sql, _params, _many, context):
        with context["connection"].wrap_database_errors, context["cursor"].cursor.copy(sql) as stream:
            stream.set_types(kinds)
            for row in zip(*columns, strict=True):
                stream.write_row(row)

    # By way of Django's wrappers, as every statement goes: one of them tells the pace when the first lock was taken.
    return lambda cursor: cursor._execute_with_wrappers(statement, None, False, copy)


def weigh(*models):
    """Let PostgreSQL count tables that were just filled, within the transaction that fills them: until its own round comes, minutes later, it
    takes them for empty, and joins a season's seats row by row (measured: 223 s for one count).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in models:
                cursor.execute(f'ANALYZE "{model._meta.db_table}"')
