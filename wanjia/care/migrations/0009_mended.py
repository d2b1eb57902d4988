"""Who covered a picture, noted its consent and published it: the third is neither of the others. Pictures shown before say nobody. What becomes of a gift whose child left."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def staff():
    return models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)


ANOTHER = models.Q(
    ("published_by", None),
    models.Q(
        models.Q(("covered_by", None), models.Q(("published_by", models.F("covered_by")), _negated=True), _connector="OR"),
        models.Q(("consent_by", None), models.Q(("published_by", models.F("consent_by")), _negated=True), _connector="OR"),
    ),
    _connector="OR",
)


class Migration(migrations.Migration):
    dependencies = [("care", "0008_handed_on"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AddField("photo", "covered_by", staff()),
        migrations.AddField("photo", "consent_by", staff()),
        migrations.AddField("photo", "published_by", staff()),
        migrations.AddConstraint("photo", models.CheckConstraint(condition=ANOTHER, name="photo_published_by_another")),
        migrations.AddField("gift", "goes", models.CharField(blank=True, choices=[("gift_spare", "留作备用、换码"), ("gift_follows", "转给孩子(新学校、家里)")], max_length=12, verbose_name="离校孩子那一份怎么办")),
        migrations.AddConstraint("gift", models.CheckConstraint(condition=models.Q(("goes", ""), ("state", "left_school"), _connector="OR"), name="gift_goes_of_who_left")),
    ]
