"""Changes of large tables while everybody works, for the migrations of every app: on PostgreSQL indexes CONCURRENTLY, outside a transaction
(`atomic = False`), and what takes a table whole waits for it no longer than nobody notices.

On SQLite an index is made or dropped under the one lock of the house; 200,000 people take a fifth of a second.
"""

from django.db import migrations, transaction

WAITS = "5s"  # for a table that is to be had whole: everybody who comes after waits behind it


def at_once(schema_editor, sql):
    """Change what takes a table whole on PostgreSQL, in a transaction of its own: where somebody holds it longer the try is given up, and the
    migration is run again."""
    with transaction.atomic(schema_editor.connection.alias):
        schema_editor.execute(f"SET LOCAL lock_timeout = '{WAITS}'")
        schema_editor.execute(sql)


class AddIndexAside(migrations.AddIndex):
    """AddIndex that keeps nobody waiting. What a try that was broken off left behind, an index that is not valid, goes first."""

    atomic = False

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        model = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            make(schema_editor, model, self.index)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        model = from_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            drop(schema_editor, self.index.name)


def make(schema_editor, model, index):
    """Make one index of a model (a models.Index), anew where it stands."""
    drop(schema_editor, index.name)
    beside = {"concurrently": True} if schema_editor.connection.vendor == "postgresql" else {}
    schema_editor.add_index(model, index, **beside)


def drop(schema_editor, *names):
    """Drop indexes by name, where they stand."""
    beside = "CONCURRENTLY " if schema_editor.connection.vendor == "postgresql" else ""
    for name in names:
        schema_editor.execute(f"DROP INDEX {beside}IF EXISTS {schema_editor.quote_name(name)}")


def of_column(schema_editor, table, column):
    """Return the names of the plain indexes over this column alone: its own and, on PostgreSQL, the one for LIKE."""
    with schema_editor.connection.cursor() as cursor:
        known = schema_editor.connection.introspection.get_constraints(cursor, table)
    return sorted(name for name, facts in known.items() if facts["index"] and facts["columns"] == [column] and not facts["unique"] and not facts["primary_key"])
