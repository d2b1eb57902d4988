from django.db import migrations

ENDED = ("applied", "rejected", "cancelled")


def forget(apps, schema):
    """An import that ended under an older version kept the names of its forecast; its counts stay, as of any other: row by row."""
    uploads = apps.get_model("registry", "Upload").objects.using(schema.connection.alias)
    for pk, forecast in uploads.filter(state__in=ENDED).order_by("pk").values_list("pk", "forecast").iterator(chunk_size=100):
        counts = {"counts": forecast["counts"]} if "counts" in forecast else {}
        if counts != forecast:
            uploads.filter(pk=pk).update(forecast=counts)


forget.batched = True


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("registry", "0010_surname_readings")]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
