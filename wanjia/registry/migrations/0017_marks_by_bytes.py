"""Keyed indexes and the last four are compared byte by byte: an index over them is made in half the time, and a load writes along it faster.

On PostgreSQL what is not unique goes first, beside everybody, and comes again after. The one unique index is made anew within the change itself, for it may
not be away for a moment: its table waits as long as that takes (three million people: seconds; where somebody holds the table the try is given up). A
second index over a home's village goes: the one by village and day of the last look answers the same. SQLite compares by bytes anyway.
"""

import django.db.models.deletion
from django.db import migrations, models

import wanjia.registry.models.texts
from wanjia.orgs.migrations._aside import at_once, drop, make, of_column

TEXTS = {"Person": {"citizen_index": 80, "phone_index": 80, "citizen_last4": 4}, "Household": {"phone_index": 80}}


def by_bytes(apps, schema, collation='"C"'):
    """Let PostgreSQL compare them byte by byte."""
    if schema.connection.vendor != "postgresql":
        return
    for name, columns in TEXTS.items():
        model = apps.get_model("registry", name)
        indexes = [index for index in model._meta.indexes if index.fields and index.fields[0] in columns]
        drop(schema, *(index.name for index in indexes))
        changes = ", ".join(f"ALTER COLUMN {column} TYPE varchar({most}) COLLATE {collation}" for column, most in columns.items())
        at_once(schema, f"ALTER TABLE {model._meta.db_table} {changes}")
        for index in indexes:
            make(schema, model, index)


def by_language(apps, schema):
    """The way back."""
    by_bytes(apps, schema, '"default"')


def drop_idle(apps, schema):
    """Drop the plain indexes over a home's village."""
    home = apps.get_model("registry", "Household")
    drop(schema, *of_column(schema, home._meta.db_table, "village_id"))


def make_idle(apps, schema):
    """The way back: a plain one."""
    make(schema, apps.get_model("registry", "Household"), models.Index(fields=["village"], name="household_village_plain"))


for code in (by_bytes, by_language, drop_idle, make_idle):
    code.batched = True  # they touch no row


class Migration(migrations.Migration):
    """State first; then what the database has to do."""

    atomic = False
    dependencies = [("registry", "0016_aid_climbs")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("person", "citizen_last4", wanjia.registry.models.texts.BytewiseText(blank=True, max_length=4, verbose_name="身份证后四位")),
                migrations.AlterField(
                    "household", "village",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="households", to="orgs.area", verbose_name="村(社区)"),
                ),
            ],
        ),
        migrations.RunPython(by_bytes, by_language),
        migrations.RunPython(drop_idle, make_idle),
    ]
