from django.db import migrations, models


def untie(apps, schema):
    """PostgreSQL: drop the foreign key that older databases have, and its index. SQLite leaves both behind when it makes the table anew below."""
    if schema.connection.vendor == "sqlite":
        return
    table = apps.get_model("reporting", "Paper")._meta.db_table
    with schema.connection.cursor() as cursor:
        known = schema.connection.introspection.get_constraints(cursor, table)
    for name, one in known.items():
        if one["columns"] != ["need_id"]:
            continue
        if one["foreign_key"]:
            schema.execute(f"ALTER TABLE {table} DROP CONSTRAINT {schema.quote_name(name)}")
        elif one["index"]:
            schema.execute(f"DROP INDEX {schema.quote_name(name)}")


class Migration(migrations.Migration):
    """A paper names what it is about by label and id: any app may have papers. Which label older papers bear, the app says that printed them."""

    dependencies = [("reporting", "0005_the_lines_a_notice_counts")]
    operations = [
        migrations.RunPython(untie, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="paper", name="one_paper_per_occasion"),
        migrations.RenameField(model_name="paper", old_name="need_id", new_name="subject_id"),
        migrations.AddField(
            model_name="paper", name="subject", field=models.CharField(blank=True, default="", max_length=60), preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.UniqueConstraint(fields=("subject", "subject_id", "kind", "occasion"), name="one_paper_per_occasion"),
        ),
    ]
