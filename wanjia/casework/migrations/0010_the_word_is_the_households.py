"""Who issued a slip, the seeds of the draws; and the draws of needs that stand before their closing, by the rule they were under."""

import hashlib
import uuid

import django.db.models.deletion
from django.db import migrations, models

import wanjia.sealing.fields
from wanjia.kernel import triggers

SHARE = 0.05  # as it was when this migration was written


def keep_old_draws(apps, schema_editor):
    """Write the draw that the former rule gives on each need that waits to be struck off, and on its last line."""
    from wanjia.casework.models import Need as Live
    from wanjia.casework.models import Step as LiveStep

    using = schema_editor.connection.alias
    Need, Step = apps.get_model("casework", "Need"), apps.get_model("casework", "Step")
    waiting = Need.objects.using(using).filter(state="verified", drawn=None)
    if not waiting.exists():
        return
    triggers.lift(using, models=[LiveStep, Live])
    for need in waiting.only("id", "reopenings", "involves_child").iterator(chunk_size=500):
        lot = int.from_bytes(hashlib.sha256(f"{need.pk}|{need.reopenings}".encode()).digest()[:4]) / 2**32
        drawn = need.involves_child or lot < SHARE
        Need.objects.using(using).filter(pk=need.pk).update(drawn=drawn)
        last = Step.objects.using(using).filter(need=need.pk).order_by("n").last()
        if last is not None:
            last.changed = {**last.changed, "drawn": drawn}
            last.save(update_fields=["changed"])

keep_old_draws.batched = True  # row by row of those that wait to be struck off: few


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0005_one_line_a_number"),
        ("orgs", "0002_user_session_epoch"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecheckSeed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("month", models.CharField(max_length=6, unique=True, verbose_name="月份")),
                ("seed", wanjia.sealing.fields.EncryptedText(blank=True, default="")),
                ("commitment", models.CharField(max_length=64, verbose_name="种子的摘要")),
                ("share", models.DecimalField(decimal_places=3, max_digits=4, verbose_name="抽查比例")),
                ("begun_at", models.DateTimeField()),
            ],
            options={"ordering": ["-month"]},
        ),
        migrations.AddField(model_name="slip", name="by_call_back", field=models.BooleanField(default=False)),
        migrations.AddField(
            model_name="slip",
            name="issued_org",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organisation"),
        ),
        migrations.RunPython(keep_old_draws, migrations.RunPython.noop),
    ]
