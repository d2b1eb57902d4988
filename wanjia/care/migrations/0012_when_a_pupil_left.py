"""A pupil of a roll of gifts says since when it stands there and when it left the school: what a figure counts of a past day stands still."""

from datetime import timedelta, timezone

from django.db import migrations, models

CHINA = timezone(timedelta(hours=8))


def take_from_journal(apps, editor):
    """Take the day of leaving from the journal's line; where that is gone, the day on which the roll was opened: it is counted on no day, as before."""
    alias = editor.connection.alias
    gone = apps.get_model("care", "Gift").objects.using(alias).filter(state="left_school").select_related("distribution")
    lines = apps.get_model("kernel", "Entry").objects.using(alias).filter(act="gift.leave", subject="care.gift")
    days = {line.subject_id: line.at for line in lines.iterator()} if gone.exists() else {}
    for gift in gone.iterator():
        gift.left_on = days.get(str(gift.pk), gift.distribution.opened_at).astimezone(CHINA).date()
        gift.save(update_fields=["left_on"])


take_from_journal.batched = True  # some hundreds of rows in a county


class Migration(migrations.Migration):
    dependencies = [("care", "0011_names_are_free_again"), ("kernel", "0006_lines_by_name_unit_and_act")]

    operations = [
        migrations.AddField("gift", "listed_on", models.DateField(null=True)),
        migrations.AddField("gift", "left_on", models.DateField(null=True)),
        migrations.RunPython(take_from_journal, migrations.RunPython.noop),
        migrations.AddConstraint(
            "gift",
            models.CheckConstraint(
                condition=models.Q(("left_on__isnull", False), ("state", "left_school")) | models.Q(models.Q(("state", "left_school"), _negated=True), ("left_on", None)),
                name="gift_left_with_its_day",
            ),
        ),
    ]
