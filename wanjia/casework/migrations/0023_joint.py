from django.db import migrations, models


class Migration(migrations.Migration):
    """Room for a unit's question whose a need is (提请裁定); no need that is there has asked it."""

    dependencies = [("casework", "0022_two_clocks")]

    operations = [
        migrations.AddField(model_name="need", name="contested_at", field=models.DateTimeField(null=True, verbose_name="提请裁定时间")),
    ]
