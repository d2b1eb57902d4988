from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="need", name="requester_initials", field=models.CharField(blank=True, db_index=True, max_length=40)
        ),
    ]
