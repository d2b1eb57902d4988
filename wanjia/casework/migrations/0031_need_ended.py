"""Needs are found by how and when they ended. The index is made while everybody works."""

from django.conf import settings
from django.db import migrations, models

from wanjia.orgs.migrations._aside import AddIndexAside


class Migration(migrations.Migration):
    """One index, outside a transaction."""

    atomic = False
    dependencies = [
        ("casework", "0030_the_protection_path_is_audited"),
        ("orgs", "0012_roles_are_brought"),
        ("registry", "0014_access_to_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [AddIndexAside("need", models.Index(fields=["state", "ended_at"], name="need_ended"))]
