"""A team that was dissolved and a canteen that was closed keep nobody from the name: next autumn's is called so too."""

from django.db import migrations, models


def named(model, fields, name):
    return [
        migrations.RemoveConstraint(model, name),
        migrations.AddConstraint(model, models.UniqueConstraint(fields=fields, condition=models.Q(("to_on", None)), name=name)),
    ]


class Migration(migrations.Migration):
    dependencies = [("care", "0010_accounts_looked_at")]

    operations = [*named("team", ("organisation", "name"), "team_named_once"), *named("canteen", ("area", "name", "meal"), "canteen_named_once")]
