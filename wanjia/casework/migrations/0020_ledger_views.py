import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Each person's own columns and kept questions of the ledger."""

    dependencies = [("casework", "0019_need_tabs"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="LedgerView",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("columns", models.JSONField(default=list)),
                ("questions", models.JSONField(default=list)),
                ("user", models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT, related_name="ledger_view", to=settings.AUTH_USER_MODEL)),
            ],
            options={"ordering": ["pk"]},
        ),
    ]
