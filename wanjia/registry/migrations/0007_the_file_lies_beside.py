"""The sealed bytes of a workbook move out of the upload's row, which is written with every chunk of an import."""

import django.db.models.deletion
from django.db import migrations, models

import wanjia.sealing.fields


def move(apps, editor):
    """Move what is kept: the files of imports under way, a few at most, one at a time as each is sealed to its new place."""
    Upload, Content = apps.get_model("registry", "Upload"), apps.get_model("registry", "UploadContent")
    for pk in Upload.objects.using(editor.connection.alias).exclude(body=b"").values_list("pk", flat=True).iterator(chunk_size=20):
        Content.objects.using(editor.connection.alias).create(upload_id=pk, body=Upload.objects.using(editor.connection.alias).get(pk=pk).body)


def move_back(apps, editor):
    """Put the files back into the uploads' rows."""
    Upload, Content = apps.get_model("registry", "Upload"), apps.get_model("registry", "UploadContent")
    for kept in Content.objects.using(editor.connection.alias).iterator(chunk_size=20):
        upload = Upload.objects.using(editor.connection.alias).get(pk=kept.upload_id)
        upload.body = kept.body
        upload.save(update_fields=["body"])


move.batched = move_back.batched = True


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_partial_merge_index")]

    operations = [
        migrations.CreateModel(
            name="UploadContent",
            fields=[
                (
                    "upload",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="content", serialize=False,
                        to="registry.upload",
                    ),
                ),
                ("body", wanjia.sealing.fields.EncryptedText(blank=True, default="")),
            ],
        ),
        migrations.RunPython(move, move_back),
    ]
