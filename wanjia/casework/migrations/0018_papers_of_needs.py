from django.db import migrations

from wanjia.kernel import triggers


def name(apps, schema):
    """Write the label of needs on the papers printed before papers named their subject: all of them but notices were of needs."""
    from wanjia.reporting.models import Paper as Live

    using = schema.connection.alias
    unnamed = apps.get_model("reporting", "Paper").objects.using(using).filter(subject="", subject_id__isnull=False)
    if not unnamed.exists():
        return
    triggers.lift(using, models=[Live])
    unnamed.update(subject="casework.need")


class Migration(migrations.Migration):
    """Papers of needs say that they are."""

    dependencies = [("casework", "0017_cell_changes"), ("reporting", "0006_papers_name_their_subject")]
    operations = [migrations.RunPython(name, migrations.RunPython.noop)]
