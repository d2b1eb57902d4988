"""Places on rolls, what became of a child there, and diners bear a name on the person's side: a merge of the register moves them. No column changes."""

import django.db.models.deletion
from django.db import migrations, models


def person(name):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=name, to="registry.person")


class Migration(migrations.Migration):
    dependencies = [("care", "0012_when_a_pupil_left")]

    operations = [
        migrations.AlterField("enrolment", "child", person("enrolments")),
        migrations.AlterField("presence", "child", person("presences")),
        migrations.AlterField("diner", "person", person("dines")),
    ]
