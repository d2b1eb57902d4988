from django.db import migrations, models


class Migration(migrations.Migration):
    """A list says which units had a part in what it names."""

    dependencies = [
        ("office", "0002_retention"),
    ]

    operations = [
        migrations.AddField(model_name="disposal", name="handled", field=models.JSONField(default=list)),
    ]
