from django.db import migrations, models


class Migration(migrations.Migration):
    """Kinds of papers and exports are brought by apps: no list stands in the column, and its words may be longer. Every row stays as it is."""

    dependencies = [("reporting", "0006_papers_name_their_subject")]
    operations = [
        migrations.AlterField(model_name="export", name="kind", field=models.CharField(max_length=20, verbose_name="导出什么")),
        migrations.AlterField(model_name="paper", name="kind", field=models.CharField(max_length=20, verbose_name="文种")),
    ]
