"""A person, a home and what is true of them cost fewer indexes, and a given name is found. Nobody waits: what PostgreSQL needs long for goes CONCURRENTLY.

The names' columns get the collation "C": without an index over them that changes the catalogue alone, no row; so their indexes go first and come again
after. On SQLite the columns stay as they are: a table is rebuilt there for each column that is altered, and nothing about it would differ.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wanjia.registry.models.texts
import wanjia.registry.row_keys
import wanjia.sealing.fields
from wanjia.orgs.migrations._aside import AddIndexAside, at_once, drop, make, of_column

# Single-column indexes that others serve as well, or nobody asks along: (model, field).
IDLE = (
    ("Person", "village"), ("Person", "citizen_index"), ("Person", "phone_index"), ("Household", "phone_index"), ("Household", "verified_by"),
    ("DatedStatus", "recorded_by"), ("Absence", "recorded_by"),
)  # fmt: skip
NAMES = ("name", "pinyin", "initials")
ROOM = {"Person": 85, "Household": 85, "DatedStatus": 90, "Membership": 90}  # percent of a page that new rows fill: a changed row finds room beside


def drop_idle(apps, schema):
    """Drop what is idle, by looking at what stands."""
    for model, field in IDLE:
        meta = apps.get_model("registry", model)._meta
        declared = {index.name for index in meta.indexes}
        drop(schema, *(name for name in of_column(schema, meta.db_table, meta.get_field(field).column) if name not in declared))


def make_idle(apps, schema):
    """The way back: plain ones."""
    for model, field in IDLE:
        model = apps.get_model("registry", model)
        make(schema, model, models.Index(fields=[field], name=f"{model._meta.db_table[9:]}_{field}_plain"))


def by_bytes(apps, schema, collation='"C"'):
    """Let PostgreSQL compare names byte by byte."""
    if schema.connection.vendor != "postgresql":
        return
    person = apps.get_model("registry", "Person")
    indexes = [index for index in person._meta.indexes if index.fields and index.fields[0] in NAMES]
    drop(schema, *(index.name for index in indexes))
    lengths = {name: person._meta.get_field(name).max_length for name in NAMES}
    columns = ", ".join(f"ALTER COLUMN {name} TYPE varchar({lengths[name]}) COLLATE {collation}" for name in NAMES)
    at_once(schema, f"ALTER TABLE registry_person {columns}")
    for index in indexes:
        make(schema, person, index)


def by_language(apps, schema):
    """The way back."""
    by_bytes(apps, schema, '"default"')


def leave_room(apps, schema):
    """Let PostgreSQL leave room on each page that it fills from now on: a row that changes then stays on its page, and no index is touched."""
    if schema.connection.vendor == "postgresql":
        for model, percent in ROOM.items():
            at_once(schema, f"ALTER TABLE {apps.get_model('registry', model)._meta.db_table} SET (fillfactor = {percent})")


for code in (drop_idle, make_idle, by_bytes, by_language, leave_room):
    code.batched = True  # they touch no row


def _staff(**more):
    return models.ForeignKey(
        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **more
    )


def _ordered(model):
    field = models.UUIDField(default=wanjia.registry.row_keys.ordered_key, editable=False, primary_key=True, serialize=False)
    return migrations.AlterField(model_name=model, name="id", field=field)


class Migration(migrations.Migration):
    """State first where only the state differs; then what the database has to do."""

    atomic = False
    dependencies = [("orgs", "0012_roles_are_brought"), ("registry", "0014_access_to_files"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                *map(_ordered, ("absence", "datedstatus", "household")),
                migrations.AlterField("absence", "recorded_by", _staff()),
                migrations.AlterField("datedstatus", "recorded_by", _staff()),
                migrations.AlterField("household", "verified_by", _staff(blank=True, verbose_name="核实人")),
                migrations.AlterField("household", "phone_index", wanjia.sealing.fields.BlindIndex(db_index=False, of="phone")),
                migrations.AlterField("person", "citizen_index", wanjia.sealing.fields.BlindIndex(db_index=False, of="citizen_id")),
                migrations.AlterField("person", "phone_index", wanjia.sealing.fields.BlindIndex(db_index=False, of="phone")),
                migrations.AlterField("person", "name", wanjia.registry.models.texts.BytewiseText(max_length=60, verbose_name="姓名")),
                migrations.AlterField("person", "pinyin", wanjia.registry.models.texts.BytewiseText(blank=True, max_length=120)),
                migrations.AlterField("person", "initials", wanjia.registry.models.texts.BytewiseText(blank=True, max_length=40)),
                migrations.AlterField(
                    "person", "village",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="people", to="orgs.area", verbose_name="村(社区)"
                    ),
                ),
            ],
        ),
        AddIndexAside("household", models.Index(condition=models.Q(phone_index__isnull=False), fields=["phone_index"], name="home_phone")),
        AddIndexAside("person", models.Index(condition=models.Q(phone_index__isnull=False), fields=["phone_index"], name="person_phone")),
        AddIndexAside("person", models.Index(condition=models.Q(merged_into__isnull=False), fields=["citizen_index"], name="person_merged_number")),
        migrations.RunPython(by_bytes, by_language),
        AddIndexAside("person", models.Index(wanjia.registry.models.texts.Given("name"), models.F("village"), name="person_given")),
        migrations.RunPython(drop_idle, make_idle),
        migrations.RunPython(leave_room, migrations.RunPython.noop),
    ]
