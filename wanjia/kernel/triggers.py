"""What the database itself refuses: a state that skips, a line of history changed. For SQLite and PostgreSQL.

A model with `machine = NEED` gets triggers that let through only the moves of that table; a model with `append_only = True`
gets triggers that refuse UPDATE and DELETE; `never_delete = True` refuses DELETE alone. One door is left in them, as wide as one
erasure: a row that an erasure line names may be emptied exactly as its model declares (`erasure.door`). The ways around are shut too:
SQLite's REPLACE deletes without asking a DELETE trigger, so an INSERT under a key that stands is refused, and an UPDATE to a key that
another row has; on PostgreSQL a TRUNCATE is. They are laid anew after every `migrate` (SQLite loses a table's triggers when it
rebuilds the table), so the database always holds today's table of moves.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import connections

from wanjia.sealing.fields import BlindIndex, EncryptedText

from . import erasure
from .machine import machine_of

SENTENCE = "journal and history are only appended"
NAMES = ("state_skip", "state_start", "no_update", "no_emptying", "no_delete", "no_replace", "no_taking_over", "no_truncate")


def lay(using: str = "default", models: Iterable[Any] | None = None, **_signal: object) -> None:
    """Drop and create the triggers of every existing table; the receiver of `post_migrate`. models: only of these."""
    connection = connections[using]
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        for model in apps.get_models() if models is None else models:
            if model._meta.db_table in existing:
                for statement in (*_drop(connection.vendor, model), *_create(connection.vendor, model)):
                    cursor.execute(statement)


def lift(using: str = "default", models: Iterable[Any] | None = None) -> None:
    """Drop the triggers: for the negative controls of tests, and for a reviewed repair by hand."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for model in apps.get_models() if models is None else models:
            for statement in _drop(connection.vendor, model):
                cursor.execute(statement)


def _drop(vendor: str, model: Any) -> Iterator[str]:
    table = model._meta.db_table
    if not (machine_of(model) or getattr(model, "append_only", False) or getattr(model, "never_delete", False)):
        return
    for name in NAMES:
        if vendor == "sqlite":
            yield f"DROP TRIGGER IF EXISTS {table}_{name}"
        else:
            yield f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}"


def _create(vendor: str, model: Any) -> Iterator[str]:
    table = model._meta.db_table
    if machine := machine_of(model):
        legal = ", ".join(f"'{before}>{after}'" for before, after in sorted(machine.pairs()))
        first = ", ".join(f"'{state}'" for state in machine.initial)
        skips = f"OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ({legal})"
        yield from _trigger(vendor, table, "state_skip", "UPDATE OF state", skips, "this state may not follow")
        yield from _trigger(vendor, table, "state_start", "INSERT", f"NEW.state NOT IN ({first})", "this state may not be first")
    if getattr(model, "append_only", False):
        door = erasure.door(model, vendor) if erasure.of(model).gone else "1 = 0"
        yield from _trigger(vendor, table, "no_update", f"UPDATE{_unsealed(model)}", "1 = 1", SENTENCE, door)
        if emptied := erasure.emptied(model, vendor):
            yield from _trigger(vendor, table, "no_emptying", "UPDATE", emptied, SENTENCE, door)
    if getattr(model, "append_only", False) or getattr(model, "never_delete", False):
        yield from _trigger(vendor, table, "no_delete", "DELETE", "1 = 1", SENTENCE)
        yield from _no_replace(model) if vendor == "sqlite" else [_no_truncate(table)]


def _no_replace(model: Any) -> Iterator[str]:
    """SQLite: refuse an INSERT or UPDATE that meets another row with the same key, before REPLACE can take that row away.

    Where history is only appended, no UPDATE reaches a key: `no_update` stands before it.
    """
    table = model._meta.db_table
    keys = [(field.column,) for field in model._meta.concrete_fields if field.unique]
    keys += [tuple(model._meta.get_field(name).column for name in rule.fields) for rule in model._meta.total_unique_constraints]
    same = [" AND ".join(f"{column} = NEW.{column}" for column in key) for key in keys]
    meets = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {one})" for one in same)
    takes = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {one} AND rowid <> OLD.rowid)" for one in same)
    yield from _trigger("sqlite", table, "no_replace", "INSERT", meets, SENTENCE)
    frozen = {field.column for field in _clear(model)} if getattr(model, "append_only", False) else set()
    if columns := ", ".join(sorted({column for key in keys for column in key} - frozen)):
        yield from _trigger("sqlite", table, "no_taking_over", f"UPDATE OF {columns}", takes, SENTENCE)


def _no_truncate(table: str) -> str:
    """PostgreSQL: refuse to empty the table; the sentence is the one of the refused DELETE."""
    return f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_no_delete()"


def _unsealed(model: Any) -> str:
    """Name the columns that may not change. Sealed ones may: a key rotation seals the same text anew, and without the key
    nobody can write a text there that opens."""
    if not any(isinstance(field, EncryptedText) for field in model._meta.concrete_fields):
        return ""
    return " OF " + ", ".join(f'"{field.column}"' for field in _clear(model))


def _clear(model: Any) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not isinstance(field, EncryptedText | BlindIndex)]


def _trigger(vendor: str, table: str, name: str, event: str, condition: str, sentence: str, door: str = "") -> Iterator[str]:
    """door: when this holds, the change is let through after all. PostgreSQL asks it within the function: a WHEN may not look
    into another table."""
    if vendor == "sqlite":
        condition = f"({condition}) AND NOT ({door})" if door else condition
        yield (
            f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )
        return
    allow = f"IF {door} THEN RETURN NEW; END IF; " if door else ""
    yield (
        f"CREATE OR REPLACE FUNCTION {table}_{name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {allow}RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    yield (
        f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} FOR EACH ROW WHEN ({condition}) "
        f"EXECUTE FUNCTION {table}_{name}()"
    )
