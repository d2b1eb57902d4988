"""A meal that nobody opened and a roll that nobody called are rows of their day, noted by the clock. Of days before this nothing is made up: figures told stand."""

from django.db import migrations, models

MEALS = [("meal_open", "正在开饭"), ("meal_closed", "已收餐"), ("meal_silent", "没有开饭记录"), ("meal_told", "没有开饭,说明了原因")]
SESSIONS = [("session_open", "正在上课"), ("session_closed", "已下课,孩子都接走了"), ("roll_uncalled", "没有点名记录"), ("roll_explained", "没有点名,说明了原因")]


class Migration(migrations.Migration):
    dependencies = [("care", "0013_what_a_merge_moves")]

    operations = [
        migrations.AddField("canteen", "looked_on", models.DateField(blank=True, null=True)),
        migrations.AddField("careclass", "looked_on", models.DateField(blank=True, null=True)),
        migrations.AlterField("meal", "opened_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField("session", "opened_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField("meal", "state", models.CharField(choices=MEALS, default="meal_open", max_length=11)),
        migrations.AlterField("session", "state", models.CharField(choices=SESSIONS, default="session_open", max_length=14)),
        migrations.AddIndex("meal", models.Index(condition=models.Q(("state", "meal_silent")), fields=["canteen"], name="meals_silent")),
        migrations.AddIndex("session", models.Index(condition=models.Q(("state", "roll_uncalled")), fields=["care_class"], name="sessions_uncalled")),
    ]
