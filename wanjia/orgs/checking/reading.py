"""Rows as the check reads them: columns without model instances, keys and dates as text, moments as moments.

A county has a million lines. Django makes an instance, five UUID objects and four parsed dates of each line, which is half of what
the check costs; here a key is spelled once and remembered. What is read is the same columns, and each database gives its own
kind of value for them.
"""

import contextlib
from datetime import UTC
from functools import lru_cache
from uuid import UUID

from django.db import transaction
from django.db.models import DateField, DateTimeField, ExpressionWrapper, F, TextField, UUIDField


@contextlib.contextmanager
def one_view():
    """Within, every query of this thread reads the database as the first one found it: acts go on beside, and none is seen half.

    It holds nobody up. Inside a transaction of the caller's everything is read as that one reads it.
    """
    connection = transaction.get_connection()
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()  # it sets the mode anew
    acts = getattr(connection, "transaction_mode", None)  # SQLite alone has it: an act asks for the one writer's place as it begins
    connection.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        connection.transaction_mode = acts


def columns(model, names):
    """Return (expressions for `values_list`, one function for each that makes the value plain, or None)."""
    kinds = [_kind(model._meta, name) for name in names]
    return [ExpressionWrapper(F(name), TextField()) if kind else F(name) for name, kind in zip(names, kinds)], kinds


def plain(row, kinds):
    """Return a row's values, each made plain."""
    return [value if kind is None or value is None else kind(value) for value, kind in zip(row, kinds)]


def live_rows(model, names):
    """Return {key: {column: value}} of every row of a small table, as `plain` makes the values; names: the key's own first."""
    asked, kinds = columns(model, names)
    rows = (plain(row, kinds) for row in model.objects.order_by().values_list(*asked))
    return {row[0]: dict(zip(names, row)) for row in rows}


def against(what, live, told, lets_be=lambda _key, _row: False):
    """Yield (row, column, is, should) where {key: {column: value}} is otherwise than it was told; told None: the row was taken out.

    lets_be: which row that nobody told of needs no line of the journal.
    """
    for pk in sorted(told.keys() | live.keys()):
        is_, should = live.get(pk), told.get(pk)
        if should is None:
            if is_ is not None and not lets_be(pk, is_):
                yield f"{what} {pk}", what, " ".join(str(value) for value in is_.values() if value is not None), "no line of the journal writes it"
        elif is_ is None:
            yield f"{what} {pk}", what, "gone", "what the journal saw written"
        else:
            yield from ((f"{what} {pk}", name, is_[name], value) for name, value in should.items() if is_[name] != value)


def _kind(meta, name):
    field = meta.pk if name == "pk" else meta.get_field(name.removesuffix("_id"))
    while field.is_relation:
        field = field.target_field
    if isinstance(field, UUIDField):
        return key
    if isinstance(field, DateTimeField):
        return moment
    return day if isinstance(field, DateField) else None


@lru_cache(maxsize=10_000)
def key(value):
    """Spell a key with its dashes."""
    return str(value if isinstance(value, UUID) else UUID(value))


def moment(value):
    """Return a moment; SQLite keeps it in UTC and does not say so."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def day(value):
    """Spell a day."""
    return value.isoformat()
