"""A role may be brought by another app: which there are says the code at hand, and no migration of orgs per role."""

from django.db import migrations, models

import wanjia.orgs.roles


class Migration(migrations.Migration):
    dependencies = [("orgs", "0011_handover")]

    operations = [
        migrations.AlterField("dutynotice", "role", models.CharField(choices=wanjia.orgs.roles.choices, max_length=20)),
        migrations.AlterField("post", "role", models.CharField(choices=wanjia.orgs.roles.choices, max_length=20, verbose_name="角色")),
    ]
