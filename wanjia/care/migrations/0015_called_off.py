"""A claim on the wish of a child who died ends with what became of the thing."""

from django.db import migrations, models

END = [("lapsed", "到期没有送来"), ("given_up", "认领人放弃"), ("fulfilled", "送到了"), ("needless", "用不上了,已和认领人办清")]
RETURNED = [("gave_back", "退还认领人"), ("passed_on", "认领人同意,转给别的孩子"), ("not_come", "东西还没有来")]
SAYS = (models.Q(("end", "needless")) & ~models.Q(("returned", ""))) | (~models.Q(("end", "needless")) & models.Q(("returned", "")))


class Migration(migrations.Migration):
    dependencies = [("care", "0014_what_nobody_opened")]

    operations = [
        migrations.AlterField("wishclaim", "end", models.CharField(blank=True, choices=END, max_length=9)),
        migrations.AddField("wishclaim", "returned", models.CharField("东西怎么办的", blank=True, choices=RETURNED, default="", max_length=9), preserve_default=False),
        migrations.AddConstraint("wishclaim", models.CheckConstraint(condition=SAYS, name="needless_claim_says_where_the_thing_is")),
    ]
