"""The check values that prove the key ring. A new, empty table: no lock on anything that holds rows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_anchors")]

    operations = [
        migrations.CreateModel(
            name="KeyCheck",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("value", models.CharField(max_length=64)),
            ],
        ),
    ]
