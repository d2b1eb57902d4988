"""No migration from 0.2.0 on may hold a large table locked: promise 13, read from the migrations themselves."""

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

# Before 0.2.0: they only ever run on an empty database, or are measured.
GRANDFATHERED = {
    "kernel": 1, "orgs": 2, "registry": 6, "casework": 2, "reporting": 1,
}  # fmt: skip
# Those that hold rows by the hundred thousand: every other table is small.
LARGE = {
    "person", "household", "membership", "need", "step", "holding", "entry", "receipt", "uploadrow", "benefit", "visit", "datedstatus", "absence",
}  # fmt: skip
OURS = ("kernel", "orgs", "registry", "casework", "reporting", "office", "site")
# (app, migration): the reason why it may. Read and measured, not waved through.
ALLOWED = {
    ("casework", "0003_lines_carry_what_they_changed"): "a county's timelines are some 100,000 lines: the index is made in under a second",
    ("casework", "0005_one_line_a_number"): "the same lines; the number must be unique before the first act under the new rule",
    ("casework", "0018_papers_of_needs"): "papers are printed by hand: some thousands, one statement",
    ("reporting", "0006_papers_name_their_subject"): "RunPython drops a foreign key, no row is read",
    ("casework", "0016_live_village_requester"): "an index over 200,000 needs of 1.5 KB each took PostgreSQL 0.5 s, with its safe settings",
    ("casework", "0019_need_tabs"): "the index is made while acts go on (CONCURRENTLY on PostgreSQL)",
    ("casework", "0027_honesty"): "two indexes over needs, of which a county has some 20,000 a year: a tenth of what 0016 took 0.5 s for",
    ("registry", "0012_people_counted"): "the same, over three million people in the end: nobody waits for it",
    ("kernel", "0006_lines_by_name_unit_and_act"): "three indexes over a million lines took PostgreSQL 6 s on a loaded machine, 2.6 s the longest; readers go on",
}


def faults(migration):
    """Return a sentence for each operation that would lock long."""
    made = {op.name.lower() for op in migration.operations if isinstance(op, migrations.CreateModel)}
    for op in migration.operations:
        table = getattr(op, "model_name", "").lower()
        if table in made:
            continue
        large = table in LARGE
        if isinstance(op, migrations.AddField) and _without_default(op.field):
            yield f"{table}.{op.name}: a column that may not be empty needs a constant default"
        if isinstance(op, migrations.AddField) and op.field.has_default() and callable(op.field.default) and large and op.field.default not in (str, dict, list):
            yield f"{table}.{op.name}: a default that is worked out rewrites every row"
        if isinstance(op, migrations.AddIndex) and large and type(op).__name__ == "AddIndex":
            yield f"{table}.{op.index.name}: AddIndexConcurrently on a large table"
        if isinstance(op, migrations.AddConstraint) and large and type(op).__name__ == "AddConstraint":
            yield f"{table}.{op.constraint.name}: NOT VALID first, then VALIDATE, on a large table"
        if isinstance(op, migrations.AlterField) and large and _changes_type(op):
            yield f"{table}.{op.name}: a changed type rewrites a large table"
        if isinstance(op, migrations.RunPython) and not getattr(op.code, "batched", False):
            yield f"RunPython {op.code.__name__}: work in batches and say so (function.batched = True)"


def _without_default(field):
    return not (field.null or field.many_to_many or field.has_default() or field.primary_key or (getattr(field, "blank", False) and field.empty_strings_allowed))


def _changes_type(op):
    return isinstance(op.field, models.IntegerField | models.UUIDField | models.DateField)


def ours():
    for (app, name), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        if app in OURS and int(name[:4]) > GRANDFATHERED.get(app, 0):
            yield pytest.param(app, name, migration, id=f"{app}.{name}")


@pytest.mark.parametrize(("app", "name", "migration"), list(ours()))
def test_no_migration_locks_long(app, name, migration):
    assert (app, name) in ALLOWED or list(faults(migration)) == []


BAD = {
    "no default": migrations.AddField("person", "x", models.IntegerField()),
    "worked out": migrations.AddField("person", "x", models.UUIDField(default=__import__("uuid").uuid4)),
    "index": migrations.AddIndex("person", models.Index(fields=["name"], name="x")),
    "constraint": migrations.AddConstraint("need", models.CheckConstraint(condition=models.Q(id__gt=0), name="x")),
    "type": migrations.AlterField("entry", "seq", models.IntegerField()),
    "whole": migrations.RunPython(lambda apps, editor: None),
}


@pytest.mark.parametrize("name", BAD)
def test_the_linter_sees(name):
    """Negative control: each kind of fault is found."""
    migration = migrations.Migration("x", "kernel")
    migration.operations = [BAD[name]]
    assert len(list(faults(migration))) == 1


def test_the_linter_lets_a_quick_change_through():
    migration = migrations.Migration("x", "kernel")
    migration.operations = [
        migrations.AddField("person", "x", models.IntegerField(default=0)),
        migrations.AddField("person", "y", models.CharField(max_length=5, null=True)),
    ]
    assert list(faults(migration)) == []


def test_rows_are_asked_of_the_database_that_is_migrated():
    """A restore migrates a database beside the live one: a migration that names none would read and write the live one."""
    from pathlib import Path

    house = Path(__file__).resolve().parents[2] / "wanjia"
    careless = [
        f"{path.name}:{at}" for path in house.glob("*/migrations/0*.py") for at, line in enumerate(path.read_text().splitlines(), 1)
        if ".objects" in line and ".objects.using(" not in line
    ]  # fmt: skip
    assert not careless
