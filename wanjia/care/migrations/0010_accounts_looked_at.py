"""Somebody else than who wrote an account of money has looked at it: what was handed over was looked at by who handed it over."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

LOOKED_AT = ("wish_delivered", "wish_confirmed", "wish_archived")


def by_who_handed_over(apps, editor):
    """Whoever handed the thing over had looked at the account that led to it."""
    claims = apps.get_model("care", "WishClaim").objects.using(editor.connection.alias)
    mine = claims.filter(wish__state__in=LOOKED_AT, wish__delivered_at__isnull=False, wish__delivered_by__isnull=False, money__isnull=False).distinct()
    for claim in mine.select_related("wish").iterator():
        claims.filter(pk=claim.pk).update(checked_at=claim.wish.delivered_at, checked_by=claim.wish.delivered_by_id)


class Migration(migrations.Migration):
    dependencies = [("care", "0009_mended"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AddField("wishclaim", "checked_at", models.DateTimeField(null=True)),
        migrations.AddField("wishclaim", "checked_by", models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
        migrations.RunPython(by_who_handed_over, migrations.RunPython.noop),
        migrations.AddConstraint(
            "wishclaim",
            models.CheckConstraint(
                condition=models.Q(("checked_at", None), ("checked_by", None)) | models.Q(("checked_at__isnull", False), ("checked_by__isnull", False)), name="claim_checked_by_somebody",
            ),
        ),
    ]
