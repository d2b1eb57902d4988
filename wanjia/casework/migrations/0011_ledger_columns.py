from django.db import migrations, models

import wanjia.sealing.fields


class Migration(migrations.Migration):
    """Room for every column of an imported ledger; the rows that are there have nothing in it."""

    dependencies = [("casework", "0010_the_word_is_the_households")]

    operations = [
        migrations.AddField("need", "ledger_handler", models.CharField(blank=True, default="", max_length=60, verbose_name="台账所记责任人"), preserve_default=False),
        migrations.AddField("need", "ledger_recorder", models.CharField(blank=True, default="", max_length=60, verbose_name="台账所记登记人"), preserve_default=False),
        migrations.AddField("need", "ledger_cells", wanjia.sealing.fields.EncryptedText(verbose_name="台账原表其他各栏")),
    ]
