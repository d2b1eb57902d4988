"""Who signed a sheet of gifts beside the one who handed out lies sealed with the pupils' rows, where an erasure reaches it."""

from django.db import migrations

import wanjia.sealing.fields


class Migration(migrations.Migration):
    dependencies = [("care", "0015_called_off")]

    operations = [migrations.AddField("gift", "witness", wanjia.sealing.fields.EncryptedText(blank=True, default="", verbose_name="签收单上另一个签字的人"))]
