from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0004_export_kind'),
    ]

    operations = [
        migrations.AddField(
            model_name='publishednotice',
            name='lines',
            field=models.JSONField(null=True),
        ),
    ]
