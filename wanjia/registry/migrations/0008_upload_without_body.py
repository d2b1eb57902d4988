"""The emptied column goes. In a transaction of its own: PostgreSQL changes no table whose rows are still being referred to."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_the_file_lies_beside")]

    operations = [migrations.RemoveField(model_name="upload", name="body")]
