from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0015_seal_child_requesters")]

    operations = [
        migrations.AddIndex(model_name="need", index=models.Index(fields=["village", "requester_name"], name="need_village_requester")),
    ]
