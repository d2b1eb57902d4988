"""A concern says since which day it is on the ledger of needs: a figure of a day before does not know it yet."""

from datetime import timedelta, timezone

from django.db import migrations, models

CHINA = timezone(timedelta(hours=8))


def take_from_journal(apps, editor):
    """Take the day from the journal's line; one that was on the ledger from the first was raised that day."""
    alias = editor.connection.alias
    concerns = apps.get_model("care", "Concern").objects.using(alias).exclude(need="")
    lines = apps.get_model("kernel", "Entry").objects.using(alias).filter(act="child.concern_need")
    days = {str(line.detail.get("need")): line.at.astimezone(CHINA).date() for line in lines.iterator()} if concerns.exists() else {}
    for concern in concerns.iterator():
        concern.handed_on = days.get(concern.need, concern.on)
        concern.save(update_fields=["handed_on"])


class Migration(migrations.Migration):
    dependencies = [("care", "0007_whose_word"), ("kernel", "0006_lines_by_name_unit_and_act")]

    operations = [
        migrations.AddField("concern", "handed_on", models.DateField(blank=True, null=True, verbose_name="哪天登记到诉求台账")),
        migrations.RunPython(take_from_journal, migrations.RunPython.noop),
        migrations.AddConstraint(
            "concern",
            models.CheckConstraint(
                condition=models.Q(("handed_on", None), ("need", "")) | models.Q(models.Q(("need", ""), _negated=True), ("handed_on__isnull", False)), name="concern_handed_on_a_day",
            ),
        ),
    ]
